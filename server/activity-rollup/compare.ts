import sql, { raw, type Sql } from 'sql-template-tag';
import type { Database } from '../db/database.js';
import { number } from '../db/decode.js';
import { bitColumns, seenColumns } from '../db/migrations/15000-seen-days.js';
import { followLog, USUAL } from './follow.js';
import { addSeen, endOfBatch, idBeforeAll, readSeen, ROLLUP, type Range, type RollupTables } from './fold.js';
import { readWatermark } from './watermark.js';

/** The log read anew, beside the roll-up. */
const ANEW: RollupTables = { days: 'sw_seen_days_anew', users: 'sw_user_activity_anew' };

/** How the roll-up differs from the log. */
export interface Differences {
  /** The entry up to which both were compared. */
  through: number;
  /** Rows that lack days, or the latest activity, which the log has. */
  missing: number;
  /** Rows with days of which the log knows nothing (any more). */
  surplus: number;
}

interface Options {
  /** Whether the roll-up is to be made as the log is. */
  repair: boolean;
  clock: () => Date;
  /** Told how far the log has been read, 0 to 1. */
  onProgress?: (share: number) => void;
}

/** Whole tables take longer than an answer may. */
const COMPARING_SECONDS = 3600;

/** What a pair of tables is compared by: its keys, its values, and when a value of one lacks something that the other has. */
const compared = [
  { tables: [ROLLUP.days, ANEW.days], keys: ['block', 'user_group'], values: bitColumns, lacks: (value: string, other: string) => `(${value} & ${other}) <> ${other}` },
  { tables: [ROLLUP.users, ANEW.users], keys: ['user_id'], values: ['latest_at'], lacks: (value: string, other: string) => `${value} < ${other}` },
] as const;

/**
 * Reads the whole log anew and compares what it tells with the roll-up; repairs it when told to. Nobody follows the log meanwhile;
 * answers stay right, for they read what is new themselves. Null when another instance follows the log: stop it first.
 */
export async function compareRollup(database: Database, options: Options): Promise<Differences | null> {
  const done = await database.whileAlone('seatwise activity roll-up', () => compare(database, options));
  return done?.result ?? null;
}

async function compare(database: Database, { repair, clock, onProgress }: Options): Promise<Differences> {
  const mark = await readWatermark(database);
  const zone = database.config.REPORT_TIMEZONE;
  if (mark !== null && mark.zone !== zone) throw new Error(`The roll-up is of days in ${mark.zone || 'no time zone yet'}, and REPORT_TIMEZONE is ${zone}. Run this with the servers' settings.`);
  await dropAnew(database);
  try {
    await createAnew(database);
    const through = await follow(database, clock);
    const settled = (await readWatermark(database))?.settledThrough ?? 0;
    await readAnew(database, { after: await idBeforeAll(database), through }, onProgress);
    // Entries that were committed late: first by the roll-up, then anew, so that it has nothing that is not anew as well.
    await follow(database, clock, through);
    await readAnew(database, { after: settled, through });
    const differences = { through, ...(await differ(database)) };
    if (repair) await makeEqual(database);
    return differences;
  } finally {
    await dropAnew(database);
  }
}

async function follow(database: Database, clock: () => Date, upTo?: number): Promise<number> {
  let through = 0;
  for await (const { mark } of followLog(database, { ...USUAL, again: true }, clock, upTo)) through = mark.readThrough;
  return through;
}

async function readAnew(database: Database, { after, through }: Range, onProgress?: (share: number) => void): Promise<void> {
  const zone = database.config.REPORT_TIMEZONE;
  for (let from = after; from < through;) {
    const to = await endOfBatch(database, from, USUAL.entriesAtOnce, through);
    const seen = await readSeen(database, { after: from, through: to }, zone);
    await database.transaction((transaction) => addSeen(transaction, database, seen, ANEW));
    onProgress?.(to / through);
    from = to;
  }
}

const joinOn = (keys: readonly string[]): Sql => raw(keys.map((key) => `other.${key} = k.${key}`).join(' and '));

async function differ(database: Database): Promise<Pick<Differences, 'missing' | 'surplus'>> {
  const count = async (left: string, right: string, keys: readonly string[], lacks: readonly string[]) => {
    const [row] = await database.read(sql`select count(*) as n from ${raw(left)} k left join ${raw(right)} other on ${joinOn(keys)}
      where ${raw(`other.${keys[0]} is null or ${lacks.join(' or ')}`)}`, COMPARING_SECONDS);
    return row === undefined ? 0 : number(row, 'n');
  };
  let [missing, surplus] = [0, 0];
  for (const { tables: [kept, anew], keys, values, lacks } of compared) {
    const lacking = values.map((value) => lacks(`other.${value}`, `k.${value}`));
    missing += await count(anew, kept, keys, lacking);
    surplus += await count(kept, anew, keys, lacking);
  }
  return { missing, surplus };
}

async function makeEqual(database: Database): Promise<void> {
  await database.transaction(async ({ manager }) => {
    for (const { tables: [kept, anew], keys, values } of compared) {
      const columns = [...keys, ...values];
      await manager.query(`delete from ${kept} where not exists (select 1 from ${anew} other where ${keys.map((key) => `other.${key} = ${kept}.${key}`).join(' and ')})`);
      const same = values.map((value) => `other.${value} = k.${value}`).join(' and ');
      const { sql: text, values: given } = sql`insert into ${raw(kept)} (${raw(columns.join(', '))}) select ${raw(columns.map((column) => `k.${column}`).join(', '))} from ${raw(anew)} k
        where not exists (select 1 from ${raw(kept)} other where ${joinOn(keys)} and ${raw(same)})
        ${database.dialect.orUpdate(keys, [...values])}`;
      await manager.query(text, given);
    }
  });
}

async function createAnew(database: Database): Promise<void> {
  const { dialect } = database;
  await database.transaction(async ({ manager }) => {
    await manager.query(dialect.createTable({ schema: null, name: ANEW.days }, seenColumns.days));
    await manager.query(dialect.createTable({ schema: null, name: ANEW.users }, seenColumns.users));
  });
}

async function dropAnew(database: Database): Promise<void> {
  await database.transaction(async ({ manager }) => {
    for (const table of Object.values(ANEW)) await manager.query(`drop table if exists ${table}`);
  });
}
