import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { SqliteDriver } from '../../server/db/dialect/sqlite-driver.js';

/** What TypeORM and the server rely on, so that the engine below can be swapped. */
describe('the SQLite driver', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seatwise-driver-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let database: SqliteDriver;
  beforeAll(() => {
    database = new SqliteDriver(join(folder, 'values.db'));
  });
  afterAll(() => database.close());
  beforeEach(() => database.exec('drop table if exists t; create table t (id integer primary key, v)'));

  const stored = (value: unknown) => {
    database.prepare('insert into t (v) values (?)').run(value);
    return database.prepare('select v, typeof(v) as type from t').all()[0];
  };

  it.each([
    ['true', true, { v: 1, type: 'integer' }],
    ['false', false, { v: 0, type: 'integer' }],
    ['null', null, { v: null, type: 'null' }],
    ['undefined', undefined, { v: null, type: 'null' }],
    ['a whole number', 42, { v: 42, type: 'real' }],
    ['a fraction', 0.1, { v: 0.1, type: 'real' }],
    ['a text', 'Ünï🤷', { v: 'Ünï🤷', type: 'text' }],
    ['an empty text', '', { v: '', type: 'text' }],
    ['a 64-bit number', 9_007_199_254_740_991n, { v: 9_007_199_254_740_991, type: 'integer' }],
  ])('stores %s', (_, value, expected) => {
    const { type, ...rest } = stored(value) as { type: string };
    expect(rest).toEqual({ v: expected.v });
    if (typeof value !== 'number') expect(type).toBe(expected.type);
  });

  it('stores bytes', () => {
    expect(Buffer.from(stored(Buffer.from([0, 255, 1]))?.['v'] as Uint8Array)).toEqual(Buffer.from([0, 255, 1]));
  });

  it.each([['a Date', new Date(0)], ['NaN', NaN], ['Infinity', Infinity], ['an object', { a: 1 }], ['an array', [1, 2]], ['a symbol', Symbol('x')], ['a function', () => 1]])(
    'refuses %s', (_, value) => {
      expect(() => stored(value)).toThrow(TypeError);
      expect(database.prepare('select count(*) as n from t').all()).toEqual([{ n: 0 }]);
    },
  );

  it('survives text that is not UTF-8', () => {
    expect(() => database.prepare(`select cast(x'ff41' as text) as v`).all()).not.toThrow();
  });

  it('refuses a number over 2^53 rather than round it', () => {
    expect(() => database.prepare('select 9007199254740993 as n').all()).toThrow();
  });

  it('tells readers from writers, and counts changes', () => {
    expect(database.prepare('select 1 as one').reader).toBe(true);
    expect(database.prepare('insert into t (v) values (1) returning id').reader).toBe(true);
    const insert = database.prepare('insert into t (v) values (?)');
    expect([insert.reader, insert.run('a'), insert.run('b')]).toEqual([
      false, { changes: 1, lastInsertRowid: 1 }, { changes: 1, lastInsertRowid: 2 },
    ]);
  });

  it('gives values under the names of their columns after a table has changed', () => {
    database.exec('drop table if exists changing; create table changing (a, b, c); insert into changing values (1, 2, 3)');
    const statement = database.prepare('select * from changing');
    expect(statement.all()).toEqual([{ a: 1, b: 2, c: 3 }]);
    database.exec('alter table changing drop column b');
    expect(statement.all()).toEqual([{ a: 1, c: 3 }]);
  });

  it('refuses writes of a reader', () => {
    const reader = new SqliteDriver(join(folder, 'values.db'), { readonly: true });
    expect(() => reader.exec('delete from t')).toThrow();
    reader.close();
  });

  it('undoes a failed transaction through TypeORM', async () => {
    const source = await new DataSource({ type: 'better-sqlite3', driver: SqliteDriver, database: join(folder, 'typeorm.db'), enableWAL: true }).initialize();
    await source.query('create table t (id integer primary key, v text)');
    await expect(source.transaction(async (manager) => {
      await manager.query('insert into t (v) values (?)', ['lost']);
      throw new Error('undo');
    })).rejects.toThrow('undo');
    await source.transaction((manager) => manager.query('insert into t (v) values (?)', ['kept']));
    expect(await source.query('select v from t')).toEqual([{ v: 'kept' }]);
    await source.destroy();
  });

  it('lets two processes read and then write, none of them in vain', async () => {
    const path = join(folder, 'counter.db');
    const counter = new SqliteDriver(path);
    counter.pragma('journal_mode = WAL');
    counter.exec('create table c (n integer); insert into c values (0)');
    const program = `
      import { SqliteDriver } from ${JSON.stringify(join(process.cwd(), 'server/db/dialect/sqlite-driver.ts'))};
      const db = new SqliteDriver(${JSON.stringify(path)}, { timeout: 20000 });
      for (let i = 0; i < 100; i++) {
        db.prepare('BEGIN TRANSACTION').run();
        const [{ n }] = db.prepare('select n from c').all();
        db.prepare('update c set n = ?').run(n + 1);
        db.prepare('COMMIT').run();
      }`;
    const runs = [0, 1].map(() => new Promise<string>((resolve) => {
      const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], { stdio: ['ignore', 'ignore', 'pipe'] });
      let errors = '';
      child.stderr.on('data', (chunk) => (errors += String(chunk)));
      child.on('exit', (code) => resolve(`${code}${code === 0 ? '' : errors}`));
    }));
    expect(await Promise.all(runs)).toEqual(['0', '0']);
    expect(counter.prepare('select n from c').all()).toEqual([{ n: 200 }]);
    counter.close();
  }, 60_000);
});
