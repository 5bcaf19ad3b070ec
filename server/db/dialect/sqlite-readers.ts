import { Worker } from 'node:worker_threads';
import type { Row } from './dialect.js';
import { namedRows } from './sqlite-driver.js';
import type { Answer, Question, ReaderData } from './sqlite-reader.js';
import { inTurns } from './turns.js';

/** Statements that are read at once: a long one does not hold up the short ones. */
const READERS = 2;

/** The file of a thread. Tests and `npm run dev` run the sources, which a thread cannot do by itself. */
const source = import.meta.url.endsWith('.ts') ? new URL('./sqlite-reader.ts', import.meta.url).href : null;
const file = new URL(source === null ? './sqlite-reader.js' : '../../../.scripts/source-thread.mjs', import.meta.url);

/** Threads that read the embedded database, so that no statement holds up the server. */
export interface Readers {
  read(question: Question): Promise<Row[]>;
  close(): Promise<void>;
}

/** Questions that found no thread within the limit are refused as unavailable. */
export function openReaders(data: ReaderData, limitMs: number): Readers {
  const inTurn = inTurns(limitMs, READERS);
  const readers = new Set([new Reader(data)]);
  const idle = [...readers];
  let isClosed = false;
  const anotherReader = () => {
    const reader = new Reader(data);
    readers.add(reader);
    return reader;
  };
  return {
    read: (question) => inTurn(async () => {
      if (isClosed) throw new Error('The database is closed.');
      const reader = idle.pop() ?? anotherReader();
      try {
        return await reader.read(question);
      } finally {
        if (reader.hasEnded) readers.delete(reader);
        else idle.push(reader);
      }
    }),
    close: async () => {
      isClosed = true;
      await Promise.all([...readers].map((reader) => reader.close()));
    },
  };
}

class Reader {
  hasEnded = false;
  readonly #worker: Worker;
  readonly #end: Promise<void>;
  #answered: (answer: Answer) => void = () => {};
  #failed: (error: Error) => void = () => {};

  constructor(data: ReaderData) {
    this.#worker = new Worker(file, { workerData: { ...data, source } });
    this.#worker.on('message', (answer: Answer) => this.#answered(answer));
    this.#worker.on('error', (error) => this.#failed(error));
    this.#end = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.hasEnded = true;
        this.#failed(new Error('The thread that reads the database has ended.'));
        resolve();
      });
    });
  }

  async read(question: Question): Promise<Row[]> {
    const answer = await new Promise<Answer>((resolve, reject) => {
      [this.#answered, this.#failed] = [resolve, reject];
      this.#worker.postMessage(question);
    });
    if ('fault' in answer) throw Object.assign(new Error(answer.fault.message), answer.fault.errcode === undefined ? {} : { errcode: answer.fault.errcode });
    return namedRows(answer.names, 'json' in answer ? (JSON.parse(answer.json) as unknown[][]) : answer.lists);
  }

  /** Once what it reads now is read. */
  async close(): Promise<void> {
    this.#worker.postMessage(null);
    await this.#end;
  }
}
