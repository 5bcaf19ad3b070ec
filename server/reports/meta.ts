import type { Context } from '../context.js';
import type { LicenseSource, ReportMeta, ReportSource, ReportWarning, WarningCode } from '../graphql.generated.js';
import { providerSources } from '../modules/provider/freshness.js';
import { activitySource } from '../modules/activity/source.js';
import type { DayWindow } from './shapes/days.js';

interface MetaParts {
  asOf: string;
  /** The activity window, where one was used. */
  window?: DayWindow | undefined;
  sources: readonly LicenseSource[];
  /** True when users and their activity were counted. */
  activity?: boolean;
  /** True when users were counted without their activity. */
  users?: boolean;
  warnings?: readonly ReportWarning[];
}

/** How a report was computed: its sources with their freshness, the window, and what to know before relying on it. */
export async function reportMeta(context: Context, { asOf, window, sources, activity = false, users = false, warnings = [] }: MetaParts): Promise<ReportMeta> {
  const { config, now } = context;
  const live = (name: string): ReportSource => ({ name, fetchedAt: now.toISOString(), complete: true, rolledUpThrough: null });
  const providers = sources.includes('EXTERNAL') ? await providerSources(context) : { sources: [], warnings: [] };
  return {
    asOf,
    timezone: config.REPORT_TIMEZONE,
    windowDays: window?.days ?? null,
    windowStart: window?.from ?? null,
    sources: [
      ...(sources.includes('PORTAL') ? [live(config.LICENSE_TABLE)] : []),
      ...(sources.includes('TRIAL') ? [live(config.TRIAL_TABLE)] : []),
      ...(activity || users ? [live(config.USER_TABLE)] : []),
      ...(activity ? [activitySource(context)] : []),
      ...providers.sources,
    ],
    warnings: [...providers.warnings, ...warnings],
  };
}

/** A warning, or nothing when it concerns no row. */
export function warning(code: WarningCode, count: number, message: string): ReportWarning[] {
  return count === 0 ? [] : [{ code, count, message }];
}
