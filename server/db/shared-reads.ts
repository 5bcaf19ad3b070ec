import { AsyncResource } from 'node:async_hooks';
import type { Row, SqlValue } from './dialect/dialect.js';

/** What is asked: a statement with its values, and how long it may take. */
interface Question {
  text: string;
  values: readonly SqlValue[];
  seconds: number;
}

/** Rows that several requests may be reading: nobody changes them. */
export type SharedRows = readonly Readonly<Row>[];

/** One question as it is being answered, and those who wait for the answer after that. */
interface Asked {
  running: number;
  next: { rows: Promise<SharedRows>; begin: () => void } | null;
}

/** So many may ask the same at once before others share an answer: where few ask, nobody waits for anybody. */
const ANSWERED_APART = 2;
/** How long those who share an answer wait at most before it is begun. */
const GATHER_MS = 100;

/**
 * The same question asked by many at once, as by all who look at an overview when it changes, is answered once for all of them. An answer is
 * begun only after everybody whom it is for has asked, so that it is as right as one of their own.
 */
export class SharedReads {
  private readonly asked = new Map<string, Asked>();

  read(question: Question, run: () => Promise<SharedRows>): Promise<SharedRows> {
    const key = keyOf(question);
    let asked = this.asked.get(key);
    if (asked === undefined) this.asked.set(key, (asked = { running: 0, next: null }));
    if (asked.running < ANSWERED_APART) return this.begin(key, asked, run);
    return (asked.next ??= this.gather(key, asked, run)).rows;
  }

  private async begin(key: string, asked: Asked, run: () => Promise<SharedRows>): Promise<SharedRows> {
    asked.running += 1;
    try {
      return await run();
    } finally {
      asked.running -= 1;
      if (asked.next !== null) asked.next.begin();
      else if (asked.running === 0) this.asked.delete(key);
    }
  }

  private gather(key: string, asked: Asked, run: () => Promise<SharedRows>): { rows: Promise<SharedRows>; begin: () => void } {
    let begin = (): void => undefined;
    const rows = new Promise<SharedRows>((resolve) => {
      // Traces show it where it was asked first.
      begin = AsyncResource.bind(() => {
        clearTimeout(timer);
        asked.next = null;
        resolve(this.begin(key, asked, run));
      });
    });
    const timer = setTimeout(begin, GATHER_MS);
    return { rows, begin };
  }
}

/** Different for different questions: values go with their lengths. */
function keyOf({ text, values, seconds }: Question): string {
  return `${seconds} ${values.map((value) => (typeof value === 'string' ? `${value.length}:${value}` : `${value};`)).join('')} ${text}`;
}
