import { graphql } from '../../api/generated';

/** How a report was computed: its day, its sources and what to know before relying on it. */
export const ReportMetaFields = graphql(`
  fragment ReportMetaFields on ReportMeta {
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
`);
