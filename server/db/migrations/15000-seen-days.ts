import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Dialect } from '../dialect/dialect.js';

/** Days of a block, and users of a group: the tables are made for these numbers. */
const [DAYS, USERS] = [63, 32];
const days = Array.from({ length: DAYS }, (_, day) => day);
/** A bit for each user of a group; `whole`: the users who were seen on any day of the block, since long windows ask for whole blocks. */
export const bitColumns = [...days.map((day) => `d${day}`), 'whole'];

/** Columns of the two tables of what was seen; the log read anew, beside the roll-up, has the same. */
export const seenColumns = {
  // In the order of blocks, so that all who were seen within a window stand together.
  days: ['block int not null', 'user_group bigint not null', ...bitColumns.map((column) => `${column} int unsigned not null default 0`), 'primary key (block, user_group)'],
  users: ['user_id bigint not null primary key', 'latest_at datetime not null'],
} as const;

const [TABLE, BEFORE, TAKEN] = ['sw_seen_days', 'sw_user_days', 'sw_user_days_taken'];
/** Users who are taken over by one statement: some seconds of work, and a transaction that no database minds. */
const USERS_AT_ONCE = 100_000;

/** The days of 32 users in one row, where each had a row of its own: an answer reads a thirtieth of the rows, whoever was active. */
export function createSeenDays(dialect: Dialect): new () => MigrationInterface {
  return class SeenDays1763700015000 implements MigrationInterface {
    readonly name = 'SeenDays1763700015000';

    async up(runner: QueryRunner): Promise<void> {
      // MariaDB commits each of these by itself: whoever begins again finds what was not taken over under its second name.
      await runner.query(`drop table if exists ${TABLE}`);
      await runner.query(dialect.createTable({ schema: null, name: TABLE }, seenColumns.days));
      // A server of the version before must not add days behind the one that takes them over.
      if (await exists(runner, BEFORE)) await runner.query(`alter table ${BEFORE} rename to ${TAKEN}`);
      await takeOver(runner);
      await runner.query(`drop table ${TAKEN}`);
    }

    /** The log is read anew. */
    async down(runner: QueryRunner): Promise<void> {
      await runner.query('delete from sw_activity_watermark');
      await runner.query('delete from sw_user_activity');
      await runner.query(dialect.createTable({ schema: null, name: BEFORE }, ['block int not null', 'user_id bigint not null', 'bits bigint not null', 'primary key (block, user_id)']));
      await runner.query(`drop table ${TABLE}`);
    }
  };

  async function exists(runner: QueryRunner, table: string): Promise<boolean> {
    const { sql, values } = dialect.columnsOf(null, table);
    return ((await runner.query(sql, values)) as unknown[]).length > 0;
  }
}

interface Part {
  block: number | string;
  part: number | string;
}

async function takeOver(runner: QueryRunner): Promise<void> {
  const parts = (await runner.query(`select block as block, floor(user_id / ${USERS_AT_ONCE}e0) as part from ${TAKEN} group by 1, 2 order by 1, 2`)) as Part[];
  // In doubles, which these sums fit into: MariaDB writes groups of 64 decimals to disk.
  const bit = `(1 << (user_id & ${USERS - 1})) * 1e0`;
  const sums = [...days.map((day) => `sum((bits >> ${day} & 1) * ${bit})`), `sum((bits <> 0) * ${bit})`];
  for (const { block, part } of parts) {
    const first = Number(part) * USERS_AT_ONCE;
    await runner.query(`insert into ${TABLE} (block, user_group, ${bitColumns.join(', ')}) select block, user_id >> 5, ${sums.join(', ')}
      from ${TAKEN} where block = ${Number(block)} and user_id >= ${first} and user_id < ${first + USERS_AT_ONCE} group by block, user_id >> 5`);
  }
}
