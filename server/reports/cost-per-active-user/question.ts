import type { Context } from '../../context.js';
import { badInput } from '../../errors.js';
import type { LicenseSource, ReportFilter } from '../../graphql.generated.js';
import { reportScope, type ReportScope } from '../filter.js';
import { windowEnding, type DayWindow } from '../shapes/days.js';

/** Trials cost nothing. */
export type PaidSource = Extract<LicenseSource, 'PORTAL' | 'EXTERNAL'>;

export const paidSources: readonly PaidSource[] = ['PORTAL', 'EXTERNAL'];

export interface CostArgs {
  filter?: ReportFilter | null | undefined;
  asOf?: string | null | undefined;
  windowDays: number;
}

/** What is asked. */
export interface CostQuestion {
  context: Context;
  asOf: string;
  window: DayWindow;
  sources: readonly PaidSource[];
  scope: ReportScope;
}

const MAX_DAYS = 3660;

/** The arguments, checked. Throws BAD_USER_INPUT on a window out of range. */
export function costQuestion(context: Context, { filter, asOf: day, windowDays }: CostArgs): CostQuestion {
  if (windowDays < 1 || windowDays > MAX_DAYS) throw badInput('windowDays', `must be from 1 to ${MAX_DAYS}, not ${windowDays}`);
  const asOf = day ?? context.today;
  const scope = reportScope(context, filter, asOf, paidSources);
  return {
    context, asOf, scope,
    window: windowEnding(asOf, windowDays, context.config.REPORT_TIMEZONE),
    sources: paidSources.filter((source) => scope.sources.includes(source)),
  };
}
