import sql, { raw } from 'sql-template-tag';
import { number } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import type { ScopedTables } from '../../db/scoped.js';
import type { CheckResult } from './job.js';
import { KeySet } from './key-set.js';
import { pause, type Run } from './run.js';
import type { ImportTable } from './subjects/table.js';

const ROWS_AT_ONCE = 10_000;

/**
 * The keys of the rows that came or changed since the check looked: those with later ids, whoever made them, and those that the
 * audit log names since. A row that is to be created must not be among them.
 */
export async function keysSince(run: Pick<Run, 'signal'>, db: ScopedTables, table: ImportTable, { latestRow, latestEntry }: CheckResult): Promise<KeySet> {
  const keys = new KeySet();
  const take = (rows: readonly Row[]) => {
    for (const row of rows) keys.add(table.keyOf(table.values(row)), '', 0);
  };
  await pages(run, latestRow, async (after) => {
    const rows = await db.read(sql`select ${table.select} from ${db.table(table.table, 'x')} where x.id > ${after} order by x.id limit ${limit}`);
    take(rows);
    return rows;
  });
  await pages(run, latestEntry, async (after) => {
    const rows = await db.read(sql`
      select ${table.select}, e.entry_id as entry_id from (
        select a.id as entry_id, ${db.dialect.integerOf(sql`a.entity_id`)} as changed_id from ${db.table('audit', 'a')}
        where a.id > ${after} and a.entity = ${table.entity} order by a.id limit ${limit}
      ) e left join ${db.table(table.table, 'x')} on x.id = e.changed_id and x.id <= ${latestRow} order by e.entry_id`);
    // An entry of a row that is later, or gone, is passed over: it must not end the pages.
    take(rows.filter((row) => row['id'] != null));
    return rows.map((row) => ({ id: row['entry_id'] }));
  });
  return keys;
}

const limit = raw(String(ROWS_AT_ONCE));

async function pages(run: Pick<Run, 'signal'>, first: number, read: (after: number) => Promise<readonly Row[]>): Promise<void> {
  for (let after = first; ; ) {
    const rows = await read(after);
    await pause(run);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = number(last, 'id');
  }
}
