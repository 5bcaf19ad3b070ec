import { parentPort, workerData } from 'node:worker_threads';
import { LRUCache } from 'lru-cache';
import { driverProperty } from './driver-error.js';
import type { SqlValue } from './dialect.js';
import { SqliteDriver, type SqliteStatement } from './sqlite-driver.js';

/** A thread that reads the embedded database for `sqlite-readers.ts`, one question after the other; null closes it. */

/** What a thread is given: the database, and the files of its schemas. */
export interface ReaderData {
  path: string;
  schemas: readonly (readonly [name: string, file: string])[];
}

export interface Question {
  text: string;
  values: readonly SqlValue[];
  /** How long the statement may take. */
  seconds: number;
}

/** Rows as lists of values in the order of the names: as JSON, which is passed on in half the time, or as they are where JSON cannot hold them. */
export type Answer = { names: readonly string[]; json: string } | { names: readonly string[]; lists: unknown[][] } | { fault: { message: string; errcode: unknown } };

const CACHED_STATEMENTS = 300;

const { path, schemas } = workerData as ReaderData;
const database = new SqliteDriver(path, { readonly: true });
for (const [name, file] of schemas) database.attach(name, file);
const statements = new LRUCache<string, SqliteStatement>({ max: CACHED_STATEMENTS });

parentPort?.on('message', (question: Question | null) => {
  if (question !== null) return parentPort?.postMessage(answerTo(question));
  database.close();
  parentPort?.close();
});

function answerTo({ text, values, seconds }: Question): Answer {
  try {
    const statement = prepared(text);
    const lists = database.within(seconds, () => statement.lists(...values));
    const { names } = statement;
    return lists.every((list) => list.every(isJson)) ? { names, json: JSON.stringify(lists) } : { names, lists };
  } catch (error) {
    return { fault: { message: error instanceof Error ? error.message : String(error), errcode: driverProperty(error, 'errcode') } };
  }
}

function prepared(text: string): SqliteStatement {
  const known = statements.get(text);
  if (known !== undefined) return known;
  const statement = database.prepare(text);
  statements.set(text, statement);
  return statement;
}

/** Bytes and infinite numbers would come back as something else. */
function isJson(value: unknown): boolean {
  return typeof value === 'number' ? Number.isFinite(value) : typeof value !== 'object' || value === null;
}
