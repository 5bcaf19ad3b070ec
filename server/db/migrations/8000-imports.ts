import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Dialect } from '../dialect/dialect.js';

interface Shape {
  columns: string[];
  indexes?: string[][];
}

/** The words of both databases for a long text and for bytes; SQLite takes any name that says TEXT or BLOB. */
const shapes = (text: (type: string) => string): Record<string, Shape> => ({
  // One file on its way into the database. The JSON columns are what `server/modules/import/job.ts` says.
  sw_import_jobs: {
    columns: [
      'subject varchar(16) not null', 'state varchar(16) not null', `${text('file_name varchar(255)')} not null`, 'byte_size bigint not null default 0',
      'account_id int not null', `${text('account_email varchar(254)')} not null`, 'request_id varchar(64) not null',
      'created_at datetime not null', 'changed_at datetime not null', 'revision int not null default 0', 'create_missing tinyint not null default 0',
      `${text('reading_json text')} null`, `${text('columns_json mediumtext')} null`, `${text('sample_json mediumtext')} null`, `${text('replacements_json mediumtext')} null`,
      `${text('check_json mediumtext')} null`, `${text('failure text')} null`, 'committed_at datetime null',
    ],
    indexes: [['state']],
  },
  // The uploaded bytes, so that any instance can go on and a restart loses nothing.
  sw_import_chunks: { columns: ['job_id int not null', 'number int not null', 'bytes mediumblob not null'], indexes: [['job_id', 'number']] },
  // What would be written, and what was: some hundred rows each, with the ids that they got. See `staging.ts`.
  sw_import_batches: {
    columns: [
      'job_id int not null', 'number int not null', 'kind varchar(16) not null', 'row_count int not null', `${text('rows_json mediumtext')} not null`,
      'first_id bigint null', 'id_step int null',
    ],
    indexes: [['job_id', 'kind', 'number']],
  },
  sw_import_errors: {
    columns: [
      'job_id int not null', 'file_row bigint not null', `${text('column_name varchar(255)')} null`, `${text('value varchar(255)')} null`,
      'code varchar(16) not null', `${text('message varchar(500)')} not null`,
    ],
    indexes: [['job_id']],
  },
  // Written while a step runs, beside its transaction: how far it is, and whether somebody wants it to stop.
  sw_import_progress: {
    columns: [
      'job_id int not null unique', 'done_rows int not null default 0', 'total_rows int null', 'done_share double null', 'seconds_left int null',
      'cancelled tinyint not null default 0',
    ],
  },
  sw_import_mappings: {
    columns: ['subject varchar(16) not null', `${text('name varchar(100)')} not null`, 'saved_at datetime not null', `${text('columns_json mediumtext')} not null`],
    indexes: [['subject', 'name']],
  },
});

/** Imports: the files, what was found in them, and what was written. */
export function createImports(dialect: Dialect): new () => MigrationInterface {
  const { textCollation } = dialect;
  const text = (definition: string) => (textCollation === null ? definition : `${definition} collate ${textCollation}`);
  const tables = Object.entries(shapes(text));
  return class Imports1763700008000 implements MigrationInterface {
    readonly name = 'Imports1763700008000';

    async up(runner: QueryRunner): Promise<void> {
      for (const [name, { columns, indexes = [] }] of tables) {
        await runner.query(dialect.createTable({ schema: null, name }, [dialect.generatedKey(true), ...columns]));
        for (const columnNames of indexes) {
          await runner.query(dialect.createIndex({ schema: null, name }, `ix_${name}_${columnNames.join('_')}`, columnNames));
        }
      }
    }

    async down(runner: QueryRunner): Promise<void> {
      for (const [name] of [...tables].reverse()) await runner.query(`drop table ${name}`);
    }
  };
}
