import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../context.js';
import { text } from '../db/decode.js';
import type { DashboardCause, DashboardChange, ChangedLicenses } from '../graphql.generated.js';
import type { Tick } from './feed.js';
import type { IdRange } from './newest.js';

/** What of a tick concerns a viewer. The scope is part of each statement, and viewers of one scope share it. */

const MOST_LICENSES = 500;

/** Kinds of things that no figure depends on. */
const besideFigures = ['Account', 'ApiToken', 'Branding', 'EmbedToken', 'ImportMapping', 'SavedQuery', 'Session'];

/** Why the viewer's figures may have changed; null: they have not. */
export async function dashboardChange(context: Context, { at, activity, changes, once }: Tick): Promise<DashboardChange | null> {
  const { db } = context;
  const scope = JSON.stringify(context.signedIn().scope);
  const [active, changed] = await Promise.all([
    activity.length > 0 && once(`activity ${scope}`, () => isAny(db, sql`${db.table('activity', 'e')} where ${within(activity)} and e.user_id is not null`)),
    changes.length > 0 && once(`audit ${scope}`, () => isAny(db, sql`${db.table('audit', 'e')} where ${within(changes)} and e.entity not in (${join(besideFigures)})`)),
  ]);
  const causes: DashboardCause[] = [...(active ? ['ACTIVITY' as const] : []), ...(changed ? ['CHANGES' as const] : [])];
  return causes.length === 0 ? null : { at: at.toISOString(), causes };
}

const within = (ranges: readonly IdRange[]): Sql => sql`(${join(ranges.map(({ after, through }) => sql`(e.id > ${after} and e.id <= ${through})`), ' or ')})`;

async function isAny(db: Context['db'], entries: Sql): Promise<boolean> {
  return (await db.read(sql`select e.id as id from ${entries} limit 1`)).length > 0;
}

/** The viewer's rounds that changed; null: none. */
export async function licenseChange(context: Context, tick: Tick): Promise<ChangedLicenses | null> {
  if (tick.changes.length === 0) return null;
  const ids = await tick.once(`licences ${JSON.stringify(context.signedIn().scope)}`, async () => {
    const rows = await context.db.read(sql`select distinct e.entity_id as id from ${context.db.table('audit', 'e')}
      where ${within(tick.changes)} and e.entity = 'License' limit ${raw(String(MOST_LICENSES + 1))}`);
    return rows.map((row) => text(row, 'id'));
  });
  if (ids.length === 0) return null;
  return { at: tick.at.toISOString(), licenseIds: ids.slice(0, MOST_LICENSES), more: ids.length > MOST_LICENSES };
}
