import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sql, { raw } from 'sql-template-tag';
import type { Database } from '../../server/db/database.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';
import { openDatabase } from '../support/rollup.js';

/** But for the character zero, which ends a text in SQLite, and which no input may have. */
const hostile = [
  '', "O'Brien", "'; drop table companies; --", '\\', "\\'", '"quoted" `name`', 'ünïcödé 株式会社 😀', 'two\nlines\tand \u0001', '?', ':name', "x'41'", '%_', 'true', '0',
];

onEachDatabase('values in the text of a statement', (kind) => {
  let target: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    target = await kind.create();
    database = await openDatabase(target);
  });
  afterAll(async () => {
    await database.close();
    await target.drop();
  });
  const readBack = async (value: string | number | null) => (await database.read(sql`select ${raw(database.dialect.literal(value))} as value`))[0]?.['value'];

  it.each(hostile)('are the values that were meant: %j', async (value) => {
    expect(await readBack(value)).toBe(value);
  });

  it('are numbers and null too', async () => {
    expect([Number(await readBack(7)), Number(await readBack(-2)), await readBack(null)]).toEqual([7, -2, null]);
  });

  it('are any text', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')), async (value) => expect(await readBack(value)).toBe(value)));
  });
});
