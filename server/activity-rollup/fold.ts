import sql, { bulk, raw, type Sql } from 'sql-template-tag';
import type { Database, Transaction } from '../db/database.js';
import { number, text } from '../db/decode.js';
import { tableReference } from '../db/tables.js';
import { zonedDay } from '../modules/unified/zoned-day.js';
import { DAYS_IN_BLOCK, FIRST_DAY, LAST_KNOWN_DAY } from '../reports/shapes/seen-days.js';

/** Entries of the log by their ids: those above `after`, up to `through`. */
export interface Range {
  after: number;
  through: number;
}

/** What entries tell of one user and 63 days. */
export interface Seen {
  userId: number;
  block: number;
  /** A bit for each day, as a decimal: more digits than a number holds. */
  bits: string;
  latestAt: string;
  /** How many entries tell it. */
  entries: number;
}

/** Where seen days are kept: the roll-up, or a second one that it is compared with. */
export interface RollupTables {
  days: string;
  users: string;
}

export const ROLLUP: RollupTables = { days: 'sw_user_days', users: 'sw_user_activity' };

const ROWS_PER_STATEMENT = 1000;

/** The newest id of the log; 0 when it is empty. */
export async function newestId(database: Database): Promise<number> {
  const [row] = await database.read(sql`select max(a.id) as newest from ${tableReference(database.tables.activity)} a`);
  return row === undefined ? 0 : number(row, 'newest');
}

/** An id below all of the log, and not above 0. */
export async function idBeforeAll(database: Database): Promise<number> {
  const [row] = await database.read(sql`select min(a.id) as first from ${tableReference(database.tables.activity)} a`);
  return Math.min(0, row === undefined ? 0 : number(row, 'first') - 1);
}

/** The id up to which at most so many entries stand after an id, and no id above `newest`. */
export async function endOfBatch(database: Database, after: number, entries: number, newest: number): Promise<number> {
  const [row] = await database.read(sql`select a.id as id from ${tableReference(database.tables.activity)} a where a.id > ${after} order by a.id limit 1 offset ${raw(String(entries - 1))}`);
  return row === undefined ? newest : Math.min(number(row, 'id'), newest);
}

/** What the entries of a range tell, user by user; entries without user or time tell nothing, and those from before 1970 no day. */
export async function readSeen(database: Database, { after, through }: Range, zone: string): Promise<Seen[]> {
  const { dialect, tables } = database;
  const day = dialect.daysBetween(sql`${FIRST_DAY}`, zonedDay(dialect, raw('a.timestamp'), zone, LAST_KNOWN_DAY));
  const bit = raw(`case when k.day < 0 then 0 else 1 << (k.day % ${DAYS_IN_BLOCK}) end`);
  const rows = await database.read(sql`
    select k.user_id as user_id, k.block as block, ${dialect.exactInteger(dialect.allBits(bit))} as bits,
      ${dialect.asText(raw('max(k.timestamp)'))} as latest, count(*) as entries
    from (select d.user_id, d.timestamp, d.day, case when d.day < 0 then 0 else d.day - d.day % ${raw(String(DAYS_IN_BLOCK))} end as block
      from (select a.user_id as user_id, a.timestamp as timestamp, ${day} as day from ${tableReference(tables.activity)} a
        where a.id > ${after} and a.id <= ${through} and a.user_id is not null and a.timestamp is not null) d where d.day is not null) k
    group by k.user_id, k.block`);
  return rows.map((row) => ({ userId: number(row, 'user_id'), block: number(row, 'block'), bits: text(row, 'bits'), latestAt: text(row, 'latest'), entries: number(row, 'entries') }));
}

/** Adds what was seen. Days that are known stay as they are, so that entries may be read any number of times. */
export async function addSeen(transaction: Transaction, { dialect }: Pick<Database, 'dialect'>, seen: readonly Seen[], into: RollupTables = ROLLUP): Promise<void> {
  const days = dialect.orChange(['block', 'user_id'], (given) => [['bits', sql`${raw(into.days)}.bits | ${given('bits')}`]]);
  const latest = dialect.orChange(['user_id'], (given) => [
    ['latest_at', sql`case when ${given('latest_at')} > ${raw(into.users)}.latest_at then ${given('latest_at')} else ${raw(into.users)}.latest_at end`],
  ]);
  await insert(transaction, seen.map(({ block, userId, bits }) => [block, userId, bits]), (rows) => sql`insert into ${raw(into.days)} (block, user_id, bits) values ${rows} ${days}`);
  await insert(transaction, [...latestOf(seen)], (rows) => sql`insert into ${raw(into.users)} (user_id, latest_at) values ${rows} ${latest}`);
}

async function insert(transaction: Transaction, rows: readonly (readonly (string | number)[])[], statement: (rows: Sql) => Sql): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    const { sql: text_, values } = statement(bulk(rows.slice(from, from + ROWS_PER_STATEMENT)));
    await transaction.insert(text_, values as (string | number)[]);
  }
}

/** Each user once: a user who was seen in several blocks stands in several rows. */
function latestOf(seen: readonly Seen[]): Map<number, string> {
  const latest = new Map<number, string>();
  for (const { userId, latestAt } of seen) if (latestAt > (latest.get(userId) ?? '')) latest.set(userId, latestAt);
  return latest;
}

const ROWS_PER_DELETE = 20_000;

/** Empties a roll-up, some rows at a time. */
export async function deleteAll(database: Database, { days, users }: RollupTables): Promise<void> {
  for (const table of [days, users]) {
    const key = table === days ? 'block, user_id' : 'user_id';
    for (;;) {
      const rows = await database.read(sql`select 1 as one from ${raw(table)} limit 1`);
      if (rows.length === 0) break;
      // A list in a derived table: MySQL takes no limit in a subquery of `in` otherwise.
      await database.transaction(({ manager }) => manager.query(`delete from ${table} where (${key}) in (select * from (select ${key} from ${table} limit ${ROWS_PER_DELETE}) k)`));
    }
  }
}
