import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import type { Row } from './dialect.js';
import { namedRows } from './sqlite-driver.js';
import type { Answer, Question, ReaderData } from './sqlite-reader.js';

/** Statements that are read at once, so that a long one does not hold up the short ones; two of them do. */
const READERS = 2;

/** The file of a thread. Tests and `npm run dev` run the sources, which a thread cannot do by itself. */
const source = import.meta.url.endsWith('.ts') ? new URL('./sqlite-reader.ts', import.meta.url).href : null;
const file = new URL(source === null ? './sqlite-reader.js' : '../../../.scripts/source-thread.mjs', import.meta.url);

/** Threads that read the embedded database, so that the server answers meanwhile; what a change reads in its transaction is read in the server's own. */
export interface Readers {
  read(question: Question): Promise<Row[]>;
  close(): Promise<void>;
}

/** The first thread starts at once, the next when it is wanted; one that failed is replaced. */
export function openReaders(data: ReaderData): Readers {
  const inTurn = pLimit(READERS);
  const readers = new Set([new Reader(data)]);
  const idle = [...readers];
  let isClosed = false;
  const idleReader = (): Reader | undefined => {
    const reader = idle.pop();
    if (reader === undefined || reader.ended === null) return reader;
    readers.delete(reader);
    return idleReader();
  };
  const anotherReader = (): Reader => {
    const reader = new Reader(data);
    readers.add(reader);
    return reader;
  };
  return {
    read: (question) => inTurn(async () => {
      if (isClosed) throw new Error('The database is closed.');
      const reader = idleReader() ?? anotherReader();
      try {
        return await reader.read(question);
      } finally {
        idle.push(reader);
      }
    }),
    close: async () => {
      isClosed = true;
      await Promise.all([...readers].map((reader) => reader.close()));
    },
  };
}

class Reader {
  /** Why it reads no more. */
  ended: Error | null = null;
  readonly #worker: Worker;
  readonly #exit: Promise<void>;
  #answered: (answer: Answer) => void = () => {};
  #failed: (error: Error) => void = () => {};

  constructor(data: ReaderData) {
    this.#worker = new Worker(file, { workerData: { ...data, source } });
    this.#worker.on('message', (answer: Answer) => this.#answered(answer));
    this.#worker.on('messageerror', (error) => this.#failed(error));
    this.#worker.on('error', (error) => this.#end(error));
    this.#exit = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#end(new Error('The thread that reads the database has ended.'));
        resolve();
      });
    });
    // A process whose other work is done ends, whoever forgot to close.
    this.#worker.unref();
  }

  async read(question: Question): Promise<Row[]> {
    if (this.ended !== null) throw this.ended;
    this.#worker.ref();
    try {
      return rowsOf(await new Promise<Answer>((resolve, reject) => {
        [this.#answered, this.#failed] = [resolve, reject];
        this.#worker.postMessage(question);
      }));
    } finally {
      this.#worker.unref();
    }
  }

  /** Once what it reads now is read. */
  async close(): Promise<void> {
    this.#worker.ref();
    this.#worker.postMessage(null);
    await this.#exit;
  }

  #end(error: Error): void {
    this.ended ??= error;
    this.#failed(this.ended);
  }
}

function rowsOf(answer: Answer): Row[] {
  if ('fault' in answer) throw Object.assign(new Error(answer.fault.message), answer.fault.errcode === undefined ? {} : { errcode: answer.fault.errcode });
  return namedRows(answer.names, 'json' in answer ? (JSON.parse(answer.json) as unknown[][]) : answer.lists);
}
