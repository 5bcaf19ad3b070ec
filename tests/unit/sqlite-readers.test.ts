import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { INTERRUPTED, rowsInTime, SqliteDriver } from '../../server/db/dialect/sqlite-driver.js';
import { openReaders, type Readers } from '../../server/db/dialect/sqlite-readers.js';

/** Takes a second or so, and would take longer. */
const counting = (upTo: number): string => `with recursive c(i) as (select 1 union all select i + 1 from c where i < ${upTo}) select count(*) as n from c`;
const LONG = counting(5_000_000);

describe('the threads that read SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seatwise-readers-'));
  const data = { path: join(folder, 'main.db'), schemas: [['other', join(folder, 'other.db')]] as const };
  let writer: SqliteDriver;
  let readers: Readers;
  beforeAll(() => {
    writer = new SqliteDriver(data.path);
    writer.attach('other', join(folder, 'other.db'));
    writer.pragma('journal_mode = WAL');
    writer.exec('create table t (id integer primary key, v); create table other.t (id integer primary key, v)');
    writer.prepare('insert into other.t (v) values (?)').run('elsewhere');
    readers = openReaders(data);
  });
  afterAll(async () => {
    await readers.close();
    writer.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const read = (text: string, values: (string | number | null)[] = [], seconds = 60) => readers.read({ text, values, seconds });

  it('give values as they are stored, those that JSON does not know too', async () => {
    const insert = writer.prepare('insert into t (v) values (?)');
    const values = ['Ünï🤷', 'a "quoted"\nline', '', null, 42n, 0.1, 9_007_199_254_740_991n, new Uint8Array([0, 255, 7])];
    for (const value of values) insert.run(value);
    writer.exec('insert into t (v) values (9e999), (-9e999)');
    const rows = await read('select id, v from t order by id');
    expect(rows.slice(0, 7)).toEqual(values.slice(0, 7).map((v, index) => ({ id: index + 1, v: typeof v === 'bigint' ? Number(v) : v })));
    expect([...(rows[7]?.['v'] as Uint8Array)]).toEqual([0, 255, 7]);
    expect(rows.slice(8).map(({ v }) => v)).toEqual([Infinity, -Infinity]);
    expect(await read('select v from t where id = ?', [4])).toEqual([{ v: null }]);
    expect(await read('select id from t where id > ?', [99])).toEqual([]);
  });

  it('see what is committed, and the tables of schemas', async () => {
    writer.exec('begin immediate');
    writer.exec('insert into t (id, v) values (100, \'new\')');
    expect(await read('select v from t where id = 100')).toEqual([]);
    writer.exec('commit');
    expect(await read('select v from t where id = 100')).toEqual([{ v: 'new' }]);
    expect(await read('select v from other.t')).toEqual([{ v: 'elsewhere' }]);
  });

  it('hold up neither the process nor a short statement while a long one runs', async () => {
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 5);
    const finished: string[] = [];
    const long = read(LONG).then((rows) => {
      finished.push('long');
      return rows;
    });
    await read('select 1 as one').then(() => finished.push('short'));
    expect(await long).toEqual([{ n: 5_000_000 }]);
    clearInterval(timer);
    expect(finished).toEqual(['short', 'long']);
    expect(ticks).toBeGreaterThan(5);
  });

  it('pass on what went wrong, and go on', async () => {
    await expect(read('select * from nowhere')).rejects.toMatchObject({ message: expect.stringContaining('nowhere'), errcode: 1 });
    await expect(read('delete from t')).rejects.toThrow('readonly');
    // One row in 64 has the statement look at the clock.
    writer.exec('insert into t (id) values (64)');
    const endless = `with recursive c(i) as (select 1 union all select i + 1 from c) select count(*) as n from c cross join t where ${rowsInTime.sql}`;
    await expect(read(endless, [], 0.2)).rejects.toMatchObject({ errcode: INTERRUPTED });
    expect(await read('select 2 as two')).toEqual([{ two: 2 }]);
  });

  it('finish what they read before they close, and refuse what comes after', async () => {
    const others = openReaders(data);
    const last = others.read({ text: counting(1_000_000), values: [], seconds: 60 });
    await new Promise((resolve) => setImmediate(resolve));
    await others.close();
    expect(await last).toEqual([{ n: 1_000_000 }]);
    await expect(others.read({ text: 'select 1', values: [], seconds: 60 })).rejects.toThrow('closed');
  });

  it('say so each time when there is no database to read, and read it once it is there', async () => {
    const path = join(folder, 'late.db');
    const others = openReaders({ path, schemas: [] });
    const question = { text: 'select 1 as one', values: [], seconds: 60 };
    await expect(others.read(question)).rejects.toThrow();
    await expect(Promise.all([others.read(question), others.read(question)])).rejects.toThrow();
    const late = new SqliteDriver(path);
    late.exec('create table t (id integer)');
    late.close();
    expect(await others.read(question)).toEqual([{ one: 1 }]);
    await others.close();
  });

  it('follow a table that another process changes', async () => {
    writer.exec('create table changing (a, b, c); insert into changing values (1, 2, 3)');
    expect(await read('select t.* from changing t')).toEqual([{ a: 1, b: 2, c: 3 }]);
    writer.exec('alter table changing drop column b');
    expect(await read('select t.* from changing t')).toEqual([{ a: 1, c: 3 }]);
  });
});
