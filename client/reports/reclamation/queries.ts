import { graphql } from '../../api/generated';

/** The saving, the classes, the reasons and the months. */
export const ReclamationQuery = graphql(`
  query Reclamation($filter: ReportFilter, $asOf: Date, $thresholdDays: Int!, $money: Boolean!, $currency: CurrencyCode!) {
    reclamation(filter: $filter, asOf: $asOf, thresholdDays: $thresholdDays) {
      candidates
      reclaimableSeats
      premiumInForce
      saving @include(if: $money) {
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
      classes {
        class
        licenses
        quantity
      }
      reasons {
        reason
        licenses
        seats
        saving @include(if: $money) {
          amounts {
            amount
            currency
          }
        }
      }
      byExpiration {
        month
        licenses
        seats
        saving @include(if: $money) {
          amounts {
            amount
            currency
          }
        }
      }
      meta {
        ...ReportMetaFields
      }
    }
  }
`);

/** One licence with seats that can be given up. */
export const ReclamationRowFields = graphql(`
  fragment ReclamationRowFields on ReclamationRow {
    reason
    lastActivityAt
    daysSinceActivity
    activeUsers
    reclaimableSeats
    saving @include(if: $money) {
      amount
      currency
    }
    license {
      id
      source
      licenseKey
      siteUrl
      productSlug
      ownerName
      license {
        id
      }
      quantity
      isUnlimited
      expirationDate
    }
  }
`);

/** The candidates, page by page. */
export const ReclamationRows = graphql(`
  query ReclamationRows(
    $filter: ReportFilter
    $asOf: Date
    $thresholdDays: Int!
    $reasons: [ReclamationReason!]
    $search: String
    $first: Int!
    $after: String
    $withTotal: Boolean!
    $money: Boolean!
  ) {
    reclamation(filter: $filter, asOf: $asOf, thresholdDays: $thresholdDays) {
      rows(first: $first, after: $after, reasons: $reasons, search: $search) {
        nodes {
          ...ReclamationRowFields
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
