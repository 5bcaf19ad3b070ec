import { graphql } from '../../api/generated';

/** One owner against its seats, as the scatter, the bars and their tables show it. */
export const UtilizationLineFields = graphql(`
  fragment UtilizationLineFields on UtilizationLine {
    ownerType
    ownerId
    ownerName
    figures {
      seatsInForce
      roundsInForce
      registeredUsers
      activeUsers
      ratio {
        numerator
        denominator
        value
      }
      band
      unusedSeats
    }
  }
`);

/** All above the fold in one request: the figures, revenue, and the owners of the scatter. */
export const OverviewQuery = graphql(`
  query Overview(
    $filter: MetricsFilter
    $asOf: Date
    $windowDays: Int
    $ownerType: OwnerType!
    $currency: CurrencyCode!
    $money: Boolean!
  ) {
    dashboard(filter: $filter, asOf: $asOf, windowDays: $windowDays) {
      totalLicenses
      activeLicenses
      graceLicenses
      scheduledLicenses
      expiredLicenses
      byStatus {
        status
        rounds
        seats
      }
      totalUsers
      activeUsers
      activeShare {
        numerator
        denominator
        value
      }
      utilization {
        numerator
        denominator
        value
      }
      bands(ownerType: $ownerType) {
        band
        owners
      }
      revenue @include(if: $money) {
        currency
        annualValue {
          amount
          currency
        }
        averageCost {
          amount
          currency
        }
        seats
        rounds
        converted(to: $currency) {
          money {
            amount
            currency
          }
          rateDate
          rate
          source
        }
      }
      revenueIn(currency: $currency) @include(if: $money) {
        money {
          amount
          currency
        }
        rates {
          currency
          rate
          rateDate
          source
        }
      }
      meta {
        asOf
        timezone
        windowDays
        windowStart
        sources {
          name
          fetchedAt
          complete
        }
        warnings {
          code
          message
          count
        }
      }
    }
    utilization(
      filter: $filter
      asOf: $asOf
      windowDays: $windowDays
      ownerTypes: [$ownerType]
      first: 2000
      orderBy: { field: GAP, direction: DESC }
    ) {
      totalCount
      limits {
        under
        over
      }
      nodes {
        ...UtilizationLineFields
      }
    }
  }
`);

/** The owners furthest above and below their seats; the order and the cut are the server's. */
export const ExtremesQuery = graphql(`
  query Extremes($filter: MetricsFilter, $asOf: Date, $windowDays: Int, $ownerType: OwnerType!, $first: Int!) {
    over: utilization(
      filter: $filter
      asOf: $asOf
      windowDays: $windowDays
      ownerTypes: [$ownerType]
      bands: [OVER]
      first: $first
      orderBy: { field: RATIO, direction: DESC }
    ) {
      totalCount
      limits {
        under
        over
      }
      nodes {
        ...UtilizationLineFields
      }
    }
    under: utilization(
      filter: $filter
      asOf: $asOf
      windowDays: $windowDays
      ownerTypes: [$ownerType]
      bands: [UNDER]
      first: $first
      orderBy: { field: RATIO, direction: ASC }
    ) {
      totalCount
      nodes {
        ...UtilizationLineFields
      }
    }
  }
`);

/** Rounds of the timeline, those that end soonest first. */
export const TimelineQuery = graphql(`
  query Timeline($filter: LicenseFilter, $asOf: Date, $first: Int!, $after: String) {
    licenses(
      filter: $filter
      asOf: $asOf
      first: $first
      after: $after
      orderBy: { field: END_DATE, direction: ASC }
    ) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        company {
          id
          name
        }
        partner {
          id
          name
        }
        product {
          id
          label
        }
        startDate
        endDate
        graceEndDate
        seats
        lifecycleStatus(asOf: $asOf)
        daysRemaining(asOf: $asOf)
      }
    }
  }
`);
