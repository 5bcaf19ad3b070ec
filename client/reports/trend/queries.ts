import { graphql } from '../../api/generated';

/** Movements in licences or seats. */
export const FlowFields = graphql(`
  fragment FlowFields on TrendFlow {
    opening
    new
    renewed
    reactivated
    expansion
    contraction
    expired
    net
    closing
  }
`);

/** Movements in ARR of one currency. */
export const MoneyFlowFields = graphql(`
  fragment MoneyFlowFields on TrendMoneyFlow {
    currency
    opening {
      amount
      currency
    }
    new {
      amount
      currency
    }
    renewed {
      amount
      currency
    }
    reactivated {
      amount
      currency
    }
    expansion {
      amount
      currency
    }
    contraction {
      amount
      currency
    }
    expired {
      amount
      currency
    }
    net {
      amount
      currency
    }
    closing {
      amount
      currency
    }
  }
`);

/** The trend in one unit. */
export const TrendQuery = graphql(`
  query Trend(
    $filter: ReportFilter
    $asOf: Date
    $range: DateRange
    $mode: TrendMode!
    $licenses: Boolean!
    $seats: Boolean!
    $arr: Boolean!
  ) {
    consumptionTrend(filter: $filter, asOf: $asOf, range: $range, mode: $mode) {
      mode
      interval
      points {
        from
        to
        incomplete
        licenses @include(if: $licenses) {
          ...FlowFields
        }
        seats @include(if: $seats) {
          ...FlowFields
        }
        arr @include(if: $arr) {
          ...MoneyFlowFields
        }
      }
      totals {
        licenses @include(if: $licenses) {
          ...FlowFields
        }
        seats @include(if: $seats) {
          ...FlowFields
        }
        arr @include(if: $arr) {
          ...MoneyFlowFields
        }
      }
      meta {
        ...ReportMetaFields
      }
    }
  }
`);
