import type { Context } from '../../context.js';
import { badInput } from '../../errors.js';
import { windowEnding, type DayWindow } from '../../reports/shapes/days.js';

const MAX_WINDOW_DAYS = 3660;

export interface WindowArgs {
  asOf?: string | null;
  windowDays?: number | null;
}

/** The activity window that the arguments ask for; defaults from the configuration and the request's day. */
export function activityWindow(context: Context, { asOf, windowDays }: WindowArgs): DayWindow {
  const days = windowDays ?? context.config.ACTIVITY_WINDOW_DAYS;
  if (days < 1 || days > MAX_WINDOW_DAYS) throw badInput('windowDays', `must be from 1 to ${MAX_WINDOW_DAYS}, not ${days}`);
  return windowEnding(asOf ?? context.today, days, context.config.REPORT_TIMEZONE);
}
