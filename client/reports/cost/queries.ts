import { graphql } from '../../api/generated';

/** Spend and users of one source in one currency. */
export const SourceCostFields = graphql(`
  fragment SourceCostFields on SourceCost {
    source
    currency
    annualSpend @include(if: $money) {
      amount
      currency
    }
    converted(to: $reporting) @include(if: $money) {
      money {
        amount
        currency
      }
      rateDate
      source
    }
    licenses
    activeUsers
    basis
    costPerActiveUser @include(if: $money) {
      amount
      currency
    }
    reason
  }
`);

/** Spend and users of one owner in one currency. */
export const OwnerCostFields = graphql(`
  fragment OwnerCostFields on OwnerCost {
    owner {
      kind
      id
      name
    }
    source
    currency
    annualSpend @include(if: $money) {
      amount
      currency
    }
    licenses
    activeUsers
    basis
    costPerActiveUser @include(if: $money) {
      amount
      currency
    }
    reason
  }
`);

/** The figures per source and currency. */
export const CostQuery = graphql(`
  query Cost($filter: ReportFilter, $asOf: Date, $windowDays: Int!, $money: Boolean!, $reporting: CurrencyCode!) {
    costPerActiveUser(filter: $filter, asOf: $asOf, windowDays: $windowDays) {
      bySource {
        ...SourceCostFields
      }
      meta {
        ...ReportMetaFields
      }
    }
  }
`);

/** The owners' lines, page by page; the chart draws the first of them. */
export const CostOwners = graphql(`
  query CostOwners(
    $filter: ReportFilter
    $asOf: Date
    $windowDays: Int!
    $currency: CurrencyCode
    $search: String
    $orderBy: CostOrder
    $first: Int!
    $after: String
    $withTotal: Boolean!
    $money: Boolean!
  ) {
    costPerActiveUser(filter: $filter, asOf: $asOf, windowDays: $windowDays) {
      owners(first: $first, after: $after, currency: $currency, search: $search, orderBy: $orderBy) {
        nodes {
          ...OwnerCostFields
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
