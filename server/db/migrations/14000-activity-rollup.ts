import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Dialect } from '../dialect/dialect.js';

const tables: Record<string, readonly string[]> = {
  // The days on which a user was active, as bits of blocks of 63 days: a row a user and block. In the order of blocks, so that all who
  // were seen within a window stand together.
  sw_user_days: ['block int not null', 'user_id bigint not null', 'bits bigint not null', 'primary key (block, user_id)'],
  sw_user_activity: ['user_id bigint not null primary key', 'latest_at datetime not null'],
  // One row. Entries up to settled_through are in the tables above for sure, since whoever wrote them has long committed; those up to
  // read_through, as far as they were there when they were read.
  sw_activity_watermark: [
    'id int not null primary key', 'zone varchar(64) not null', 'read_through bigint not null', 'settled_through bigint not null',
    'candidate_through bigint null', 'candidate_at datetime null', 'complete_since datetime null', 'latest_at datetime null',
    'started_at datetime not null', 'entries_read bigint not null', 'working_ms bigint not null', 'read_at datetime null',
  ],
};

/** The activity roll-up: who was active on which days, followed from the log by its ids. */
export function createActivityRollup(dialect: Dialect): new () => MigrationInterface {
  return class ActivityRollup1763700014000 implements MigrationInterface {
    readonly name = 'ActivityRollup1763700014000';

    async up(runner: QueryRunner): Promise<void> {
      for (const [name, columns] of Object.entries(tables)) await runner.query(dialect.createTable({ schema: null, name }, columns));
    }

    async down(runner: QueryRunner): Promise<void> {
      for (const name of Object.keys(tables).reverse()) await runner.query(`drop table ${name}`);
    }
  };
}
