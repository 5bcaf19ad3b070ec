import { graphql } from '../../api/generated';

/** The funnel, its outcome and its cohorts. */
export const TrialsQuery = graphql(`
  query Trials($filter: ReportFilter, $asOf: Date, $range: DateRange, $mode: FunnelMode!, $window: ConversionWindow!) {
    trialFunnel(filter: $filter, asOf: $asOf, range: $range, mode: $mode, conversionWindow: $window) {
      steps {
        name
        count
        shareOfStarted {
          numerator
          denominator
          value
        }
        shareOfPrevious {
          numerator
          denominator
          value
        }
      }
      strict {
        started
        activated
        activatedAndConverted
      }
      outcome {
        converted
        open
        lapsed
      }
      conversions {
        beforeExpiry
        inGrace
        afterGrace
        unknownDate
      }
      reverted
      medianDaysToConvert
      estimatedDates
      cohorts {
        month
        started
        activated
        converted
        convertedInWindow
        conversion {
          numerator
          denominator
          value
        }
        immature
      }
      meta {
        ...ReportMetaFields
      }
    }
  }
`);
