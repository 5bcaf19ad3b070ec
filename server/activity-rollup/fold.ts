import sql, { bulk, raw } from 'sql-template-tag';
import type { Database, Transaction } from '../db/database.js';
import { number, text } from '../db/decode.js';
import type { Dialect } from '../db/dialect/dialect.js';
import { tableReference } from '../db/tables.js';
import { zonedDay } from '../modules/unified/zoned-day.js';
import { bitOf, DAYS_IN_BLOCK, FIRST_DAY, groupOf, LAST_KNOWN_DAY } from '../reports/shapes/seen-days.js';

/** Entries of the log by their ids: those above `after`, up to `through`. */
export interface Range {
  after: number;
  through: number;
}

/** What entries tell of one user and one day. */
export interface Seen {
  userId: number;
  /** The user's group as the database counts it: below zero by other numbers, which a double does not hold. */
  group: string;
  /** The user's bit within the group. */
  bit: number;
  /** Counted from 1970-01-01; days before it are kept nowhere. */
  day: number;
  latestAt: string;
  /** How many entries tell it. */
  entries: number;
}

/** Where seen days are kept: the roll-up, or a second one that it is compared with. */
export interface RollupTables {
  days: string;
  users: string;
}

export const ROLLUP: RollupTables = { days: 'sw_seen_days', users: 'sw_user_activity' };

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

/** What the entries of a range tell, day by day of each user; entries without user or time tell nothing, and those from before 1970 no day. */
export async function readSeen(database: Database, { after, through }: Range, zone: string): Promise<Seen[]> {
  const { dialect, tables } = database;
  const day = dialect.daysBetween(sql`${FIRST_DAY}`, zonedDay(dialect, raw('a.timestamp'), zone, LAST_KNOWN_DAY));
  const rows = await database.read(sql`
    select k.user_id as user_id, ${dialect.exactInteger(raw(groupOf('k.user_id')))} as user_group, ${raw(bitOf('k.user_id'))} as user_bit, k.day as day, k.latest as latest, k.entries as entries
    from (select d.user_id as user_id, d.day as day, ${dialect.asText(raw('max(d.timestamp)'))} as latest, count(*) as entries
      from (select a.user_id as user_id, a.timestamp as timestamp, ${day} as day from ${tableReference(tables.activity)} a
        where a.id > ${after} and a.id <= ${through} and a.user_id is not null and a.timestamp is not null) d
      where d.day is not null group by d.user_id, d.day) k`);
  return rows.map((row) => ({
    userId: number(row, 'user_id'), group: text(row, 'user_group'), bit: number(row, 'user_bit'), day: number(row, 'day'), latestAt: text(row, 'latest'), entries: number(row, 'entries'),
  }));
}

/** Adds what was seen. Days that are known stay as they are, so that entries may be read any number of times. */
export async function addSeen(transaction: Transaction, { dialect }: Pick<Database, 'dialect'>, seen: readonly Seen[], into: RollupTables = ROLLUP): Promise<void> {
  for (const block of blocksSeen(seen)) await addDays(transaction, dialect, block, into.days);
  const latest = dialect.orChange(['user_id'], (given) => [
    ['latest_at', sql`case when ${given('latest_at')} > ${raw(into.users)}.latest_at then ${given('latest_at')} else ${raw(into.users)}.latest_at end`],
  ]);
  for (const rows of inParts([...latestOf(seen)])) {
    const { sql: text_, values } = sql`insert into ${raw(into.users)} (user_id, latest_at) values ${bulk(rows)} ${latest}`;
    await transaction.insert(text_, values as (string | number)[]);
  }
}

/** One block of what was seen: the users of each group, as bits, by the columns of the days. Days of which nothing was seen have none. */
interface BlockSeen {
  block: number;
  columns: string[];
  groups: Map<string, number[]>;
}

function blocksSeen(seen: readonly Seen[]): BlockSeen[] {
  const blocks = new Map<number, Seen[]>();
  for (const one of seen) {
    if (one.day < 0) continue;
    const block = one.day - (one.day % DAYS_IN_BLOCK);
    const others = blocks.get(block);
    if (others === undefined) blocks.set(block, [one]);
    else others.push(one);
  }
  return [...blocks].map(([block, ofBlock]) => {
    const days = [...new Set(ofBlock.map(({ day }) => day))].sort((a, b) => a - b);
    return { block, columns: ['whole', ...days.map((day) => `d${day - block}`)], groups: groupsSeen(ofBlock, days) };
  });
}

/** The bits of each group: of all these days together, and of each. */
function groupsSeen(seen: readonly Seen[], days: readonly number[]): Map<string, number[]> {
  const places = new Map(days.map((day, index) => [day, index + 1]));
  const groups = new Map<string, number[]>();
  for (const { group, bit, day } of seen) {
    let bits = groups.get(group);
    if (bits === undefined) groups.set(group, (bits = [0, ...days.map(() => 0)]));
    // Without a sign: the bit of the last user is that of the sign.
    for (const place of [0, places.get(day) ?? 0]) bits[place] = ((bits[place] ?? 0) | bit) >>> 0;
  }
  return groups;
}

/** The numbers stand in the text: they are more than a statement takes values. */
async function addDays({ manager }: Transaction, dialect: Dialect, { block, columns, groups }: BlockSeen, table: string): Promise<void> {
  const added = dialect.orChange(['block', 'user_group'], (given) => columns.map((column) => [column, sql`${raw(`${table}.${column}`)} | ${given(column)}`] as const));
  for (const rows of inParts([...groups])) {
    const values = rows.map(([group, bits]) => `(${block}, ${group}, ${bits.join(', ')})`).join(', ');
    await manager.query(`insert into ${table} (block, user_group, ${columns.join(', ')}) values ${values} ${added.sql}`);
  }
}

const ROWS_PER_STATEMENT = 1000;

function* inParts<T>(rows: readonly T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) yield rows.slice(from, from + ROWS_PER_STATEMENT);
}

/** Each user once: a user who was seen on several days stands in several rows. */
function latestOf(seen: readonly Seen[]): Map<number, string> {
  const latest = new Map<number, string>();
  for (const { userId, latestAt } of seen) if (latestAt > (latest.get(userId) ?? '')) latest.set(userId, latestAt);
  return latest;
}

const ROWS_PER_DELETE = 20_000;

/** Empties a roll-up, some rows at a time. */
export async function deleteAll(database: Database, { days, users }: RollupTables): Promise<void> {
  for (const table of [days, users]) {
    const key = table === days ? 'block, user_group' : 'user_id';
    for (;;) {
      const rows = await database.read(sql`select 1 as one from ${raw(table)} limit 1`);
      if (rows.length === 0) break;
      // A list in a derived table: MySQL takes no limit in a subquery of `in` otherwise.
      await database.transaction(({ manager }) => manager.query(`delete from ${table} where (${key}) in (select * from (select ${key} from ${table} limit ${ROWS_PER_DELETE}) k)`));
    }
  }
}
