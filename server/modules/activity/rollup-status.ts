import type { Context } from '../../context.js';
import type { ActivityRollup } from '../../graphql.generated.js';
import type { Watermark } from '../../activity-rollup/watermark.js';

/** How far the log has been read. */
export async function rollupStatus({ activityRollup, config }: Context): Promise<ActivityRollup> {
  const { mark, newest } = await activityRollup.progress();
  // Nothing was read of the days of another time zone.
  const known = mark?.zone === config.REPORT_TIMEZONE ? mark : null;
  const complete = known?.completeSince ?? null;
  return {
    state: !config.ACTIVITY_ROLLUP || mark === undefined ? 'OFF' : complete === null ? 'READING' : 'FOLLOWING',
    timezone: known?.zone ?? null,
    readThroughId: known === null ? null : String(known.readThrough),
    settledThroughId: known === null ? null : String(known.settledThrough),
    newestId: newest === 0 ? null : String(newest),
    entriesRead: known?.entriesRead ?? 0,
    readShare: newest === 0 ? 1 : Math.min((known?.readThrough ?? 0) / newest, 1),
    secondsLeft: known === null || complete !== null ? null : secondsLeft(known, newest),
    completeSince: complete,
    readAt: known?.readAt ?? null,
  };
}

/** As long as the rest takes at the pace so far. */
function secondsLeft({ startedAt, readAt, readThrough }: Watermark, newest: number): number | null {
  if (readAt === null || readThrough === 0) return null;
  const seconds = (Date.parse(readAt) - Date.parse(startedAt)) / 1000;
  return Math.ceil(((newest - readThrough) * seconds) / readThrough);
}
