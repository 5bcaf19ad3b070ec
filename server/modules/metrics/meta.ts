import type { Context } from '../../context.js';
import type { ReportMeta, ReportWarning } from '../../graphql.generated.js';
import { activitySource } from '../activity/source.js';
import type { DayWindow } from '../../reports/shapes/days.js';

/** How an answer was computed: from the tables, at this request, over this window. */
export function reportMeta(context: Context, window: DayWindow, warnings: ReportWarning[] = []): ReportMeta {
  const fetchedAt = context.now.toISOString();
  return {
    asOf: window.to,
    timezone: context.config.REPORT_TIMEZONE,
    windowDays: window.days,
    windowStart: window.from,
    sources: [
      { name: context.config.LICENSE_TABLE, fetchedAt, complete: true, rolledUpThrough: null },
      { name: context.config.USER_TABLE, fetchedAt, complete: true, rolledUpThrough: null },
      activitySource(context),
    ],
    warnings,
  };
}
