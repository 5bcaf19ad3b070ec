import { seesEverything } from '../../auth/row-scope.js';
import type { Context } from '../../context.js';
import type { ReportSource } from '../../graphql.generated.js';

/** The activity log as a source of figures: read at this request, what is settled from its roll-up. */
export function activitySource(context: Context): ReportSource {
  const { config, now, rolledUp } = context;
  // The log's ids count what all tenants do.
  const told = rolledUp != null && seesEverything(context.signedIn().scope);
  return { name: config.APP_LOG_TABLE, fetchedAt: now.toISOString(), complete: true, rolledUpThrough: told ? String(rolledUp.settledThrough) : null };
}
