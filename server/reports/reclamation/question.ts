import type { Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { once } from '../../db/page.js';
import { badInput } from '../../errors.js';
import type { ReportFilter } from '../../graphql.generated.js';
import { readActivityByOwner } from '../../modules/activity/owners.js';
import { reportScope, type ReportScope } from '../filter.js';
import { windowEnding, type DayWindow } from '../shapes/days.js';
import { productsWithoutActivity, type PremiumSource, type SilentProducts } from './telemetry.js';

export interface ReclamationArgs {
  filter?: ReportFilter | null | undefined;
  asOf?: string | null | undefined;
  thresholdDays: number;
}

/** What is asked, and what both sources are judged by. */
export interface ReclamationQuestion {
  context: Context;
  asOf: string;
  thresholdDays: number;
  /** The days within which activity counts as use. */
  window: DayWindow;
  sources: readonly PremiumSource[];
  /** Which licences are shown. */
  scope: ReportScope;
  /** The same by owner alone: the seats of an owner are pooled whatever products and currencies are asked for. */
  ofOwners: ReportScope;
  /** Products that are held back, found out once. */
  silent: () => Promise<SilentProducts>;
  /** A derived table (owner, latest, active) of the owners in question, read once: to read it is most of the work. */
  activity: () => Promise<Sql>;
}

const MAX_DAYS = 3660;
const premiumSources: readonly PremiumSource[] = ['PORTAL', 'EXTERNAL'];

/** The arguments, checked. Throws BAD_USER_INPUT on a threshold out of range. */
export function reclamationQuestion(context: Context, { filter, asOf: day, thresholdDays }: ReclamationArgs): ReclamationQuestion {
  if (thresholdDays < 1 || thresholdDays > MAX_DAYS) throw badInput('thresholdDays', `must be from 1 to ${MAX_DAYS}, not ${thresholdDays}`);
  const asOf = day ?? context.today;
  const window = windowEnding(asOf, thresholdDays, context.config.REPORT_TIMEZONE);
  const scope = reportScope(context, filter, asOf, premiumSources);
  const owners = { partnerIds: filter?.partnerIds ?? null, companyIds: filter?.companyIds ?? null };
  const ofOwners = reportScope(context, owners, asOf, premiumSources);
  const sources = premiumSources.filter((source) => scope.sources.includes(source));
  return {
    context, asOf, thresholdDays, window, sources, scope, ofOwners,
    silent: once(() => productsWithoutActivity(context, asOf, window, sources)),
    activity: once(() => readActivityByOwner(context, window, ofOwners.owners)),
  };
}
