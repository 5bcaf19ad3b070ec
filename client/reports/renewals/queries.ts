import { graphql } from '../../api/generated';

/** The figures, the buckets and the days of the horizon. */
export const RenewalsQuery = graphql(`
  query Renewals(
    $filter: ReportFilter
    $asOf: Date
    $horizonDays: Int!
    $includeTrials: Boolean!
    $money: Boolean!
    $currency: CurrencyCode!
  ) {
    renewalForecast(filter: $filter, asOf: $asOf, horizonDays: $horizonDays, includeTrials: $includeTrials) {
      buckets {
        name
        from
        to
        all {
          licenses
          quantity
          arr @include(if: $money) {
            amounts {
              amount
              currency
            }
          }
        }
        renewed {
          licenses
          quantity
          arr @include(if: $money) {
            amounts {
              amount
              currency
            }
          }
        }
        atRisk {
          licenses
          quantity
          arr @include(if: $money) {
            amounts {
              amount
              currency
            }
          }
        }
      }
      within90 {
        licenses
        quantity
        arr @include(if: $money) {
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
      }
      within180 {
        licenses
        quantity
        arr @include(if: $money) {
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
      }
      atRisk {
        licenses
        quantity
        arr @include(if: $money) {
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
      }
      days {
        date
        figures {
          licenses
          quantity
          arr @include(if: $money) {
            amounts {
              amount
              currency
            }
          }
        }
      }
      meta {
        ...ReportMetaFields
      }
    }
  }
`);

/** One licence that expires. */
export const RenewalRowFields = graphql(`
  fragment RenewalRowFields on RenewalRow {
    bucket
    daysRemaining
    status
    state
    renewedQuantity
    atRiskQuantity
    license {
      id
      source
      licenseKey
      siteUrl
      productSlug
      ownerName
      owner {
        __typename
        ... on Company {
          id
        }
        ... on Partner {
          id
        }
      }
      license {
        id
      }
      provider
      quantity
      isUnlimited
      expirationDate
      graceEndDate
      autoRenew
      renewalValueArr @include(if: $money) {
        amount
        currency
      }
    }
  }
`);

/** The licences, page by page. */
export const RenewalRows = graphql(`
  query RenewalRows(
    $filter: ReportFilter
    $asOf: Date
    $horizonDays: Int!
    $includeTrials: Boolean!
    $buckets: [RenewalBucketName!]
    $expires: DateRange
    $states: [RenewalState!]
    $search: String
    $first: Int!
    $after: String
    $withTotal: Boolean!
    $money: Boolean!
  ) {
    renewalForecast(filter: $filter, asOf: $asOf, horizonDays: $horizonDays, includeTrials: $includeTrials) {
      rows(first: $first, after: $after, buckets: $buckets, expires: $expires, states: $states, search: $search) {
        nodes {
          ...RenewalRowFields
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
