import { graphql } from '../../api/generated';

/** One line, as the chart, its table and the rows show it. */
export const PositionLineFields = graphql(`
  fragment PositionLineFields on PositionLine {
    key
    name
    owner {
      kind
      id
      name
    }
    productSlug
    source
    purchased
    inGrace
    deployed
    compliancePercent
    surplus
    position
    trueUpCost @include(if: $money) {
      amount
      currency
    }
  }
`);

/** The figures and the lines with the largest gaps. */
export const PositionQuery = graphql(`
  query Position(
    $by: PositionGrouping!
    $filter: ReportFilter
    $asOf: Date
    $includeTrials: Boolean!
    $positions: [LicensePosition!]
    $search: String
    $first: Int!
    $money: Boolean!
    $currency: CurrencyCode!
  ) {
    effectiveLicensePosition(by: $by, filter: $filter, asOf: $asOf, includeTrials: $includeTrials) {
      totals {
        purchased
        inGrace
        deployed
        deployedUsers
        deployedActivations
        deployedTrials
        unattributed
        compliancePercent
        surplus
        deficit
        trueUpCost @include(if: $money) {
          amounts {
            amount
            currency
          }
          converted(to: $currency) {
            money {
              amount
              currency
            }
            rates {
              currency
              rateDate
              source
            }
          }
        }
        byPosition {
          position
          lines
        }
      }
      lines(first: $first, positions: $positions, search: $search, orderBy: { field: GAP, direction: DESC }) {
        totalCount
        nodes {
          ...PositionLineFields
        }
      }
      meta {
        ...ReportMetaFields
      }
    }
  }
`);

/** The lines, page by page. */
export const PositionRows = graphql(`
  query PositionRows(
    $by: PositionGrouping!
    $filter: ReportFilter
    $asOf: Date
    $includeTrials: Boolean!
    $positions: [LicensePosition!]
    $search: String
    $orderBy: PositionOrder
    $first: Int!
    $after: String
    $withTotal: Boolean!
    $money: Boolean!
  ) {
    effectiveLicensePosition(by: $by, filter: $filter, asOf: $asOf, includeTrials: $includeTrials) {
      lines(first: $first, after: $after, positions: $positions, search: $search, orderBy: $orderBy) {
        nodes {
          ...PositionLineFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount @include(if: $withTotal)
      }
    }
  }
`);
