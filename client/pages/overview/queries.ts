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

/** The owners furthest above and below their seats; the order and the cut are the server's. */
export const ExtremesFields = graphql(`
  fragment ExtremesFields on Query {
    over: utilization(
      filter: $filter
      asOf: $asOf
      windowDays: $windowDays
      ownerTypes: [$ownerType]
      bands: [OVER]
      first: $perSide
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
      first: $perSide
      orderBy: { field: RATIO, direction: ASC }
    ) {
      totalCount
      nodes {
        ...UtilizationLineFields
      }
    }
  }
`);

/** The figures, revenue, and the owners of the scatter and the bars in one request: the server works the owners out once for all of it. */
export const OverviewQuery = graphql(`
  query Overview(
    $filter: MetricsFilter
    $asOf: Date
    $windowDays: Int
    $ownerType: OwnerType!
    $currency: CurrencyCode!
    $money: Boolean!
    $extremes: Boolean!
    $perSide: Int!
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
    ...ExtremesFields @include(if: $extremes)
  }
`);

/** The same owners where nothing else is asked. */
export const ExtremesQuery = graphql(`
  query Extremes($filter: MetricsFilter, $asOf: Date, $windowDays: Int, $ownerType: OwnerType!, $perSide: Int!) {
    ...ExtremesFields
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
