import type { Context } from '../../context.js';
import { once } from '../../db/page.js';
import type { ScopedTables } from '../../db/scoped.js';
import type { DataQualityFilter } from '../../graphql.generated.js';
import type { Judgement } from '../license/lifecycle.js';
import { metricsScope, type MetricsScope } from '../metrics/filter.js';
import { readStatusSpelling, type StatusSpelling } from './status-spelling.js';

/** What the checks are asked: over which rows, and at which day. */
export interface Question extends Judgement {
  context: Context;
  db: ScopedTables;
  /** Conditions on rounds `l` and users `u` from the filter. */
  scope: MetricsScope;
  /** How the table spells the statuses that dates can contradict; read when it is first wanted. */
  spelling: () => Promise<StatusSpelling>;
}

/** A question within the viewer's scope; inside a transaction `db` is the transaction. */
export function qualityQuestion(context: Context, filter: DataQualityFilter | null | undefined, asOf: string, db: ScopedTables = context.db): Question {
  return {
    context, db, asOf, graceDays: context.config.GRACE_DAYS_PREMIUM,
    scope: metricsScope(context, { companyIds: filter?.companyIds, partnerIds: filter?.partnerIds }, asOf),
    spelling: once(() => readStatusSpelling(db)),
  };
}
