import sql from 'sql-template-tag';
import { followLog, type Manner } from '../../server/activity-rollup/follow.js';
import { readWatermark, type Watermark } from '../../server/activity-rollup/watermark.js';
import type { RolledUp } from '../../server/activity-rollup/rollup.js';
import { readConfig } from '../../server/config.js';
import type { Context } from '../../server/context.js';
import { Database } from '../../server/db/database.js';
import { number } from '../../server/db/decode.js';
import { ScopedDatabase } from '../../server/db/scoped.js';
import { tableReference } from '../../server/db/tables.js';
import { Loaders } from '../../server/modules/loaders.js';
import type { TestDatabase } from './databases.js';

/** A database with its tables and nobody's server on it. */
export async function openDatabase(target: TestDatabase, environment: Record<string, string> = {}): Promise<Database> {
  const database = await Database.open(readConfig({ DEMO: '0', JWT_SECRET: 'a secret of the tests, long enough for HS256', ...target.environment, ...environment }));
  await database.migrate();
  return database;
}

/** Reads the log to its end as if everything had been committed long since. */
export async function rollUp(database: Database, manner: Partial<Manner> = {}, from = Date.now()): Promise<void> {
  let now = from;
  // A reading settles what an earlier one has seen; the first may find that a server has seen less.
  for (let reading = 0; reading < 3; reading += 1) {
    let atEnd = false;
    for await (const step of followLog(database, { entriesAtOnce: 1000, settleSeconds: 1, settledBelow: 0, ...manner }, () => new Date(now))) ({ atEnd } = step);
    if (!atEnd) throw new Error('The end of the log was not reached.');
    now += 3000;
  }
}

export const watermarkOf = (database: Database): Promise<Watermark | null> => readWatermark(database);

/** What a request would be told of the roll-up. */
export async function rolledUpOf(database: Database): Promise<RolledUp | null> {
  const mark = await watermarkOf(database);
  return mark?.completeSince == null ? null : { settledThrough: mark.settledThrough, latestAt: mark.latestAt };
}

/** What modules need to count activity for somebody who sees everything. */
export function countingContext(database: Database, rolledUp: RolledUp | null, today: string): Context {
  const scope = { kind: 'everything' } as const;
  return {
    db: new ScopedDatabase(database, scope), config: database.config, today, loaders: new Loaders(), activityIndexed: false, rolledUp, signedIn: () => ({ scope }),
  } as unknown as Context;
}

/** One entry of the log. */
export interface Entry {
  id: number;
  user: number | null;
  /** In UTC, as the log has it. */
  at: string;
}

/** Adds an entry as another application would. */
export async function writeEntry(database: Database, { id, user, at }: Entry): Promise<void> {
  await database.transaction(({ manager }) =>
    manager.query(`insert into ${tableReference(database.tables.activity).sql} (id, user_id, timestamp, action, status) values (?, ?, ?, 'login', 'ok')`, [id, user, at]));
}

/** Everything of the roll-up as it is stored; of a row of days the columns that are not zero. */
export async function storedRollup(database: Database): Promise<{ days: Record<string, number>[]; users: object[] }> {
  const { dialect } = database;
  const days = await database.read(sql`select d.* from sw_seen_days d order by d.block, d.user_group`);
  const users = await database.read(sql`select l.user_id as user_id, ${dialect.asText(sql`l.latest_at`)} as latest from sw_user_activity l order by l.user_id`);
  const seen = days.map((row) => Object.fromEntries(Object.keys(row).flatMap((column) => (column.startsWith('d') && number(row, column) === 0 ? [] : [[column, number(row, column)]]))));
  return { days: seen, users: users.map((row) => ({ ...row })) };
}
