import { createClient, type ExecutionResult } from 'graphql-sse';
import type { TestApp } from './app.js';

/** A subscription as it goes on. */
export interface OpenStream {
  /** What came so far, the data of each event or its errors' codes. */
  readonly events: unknown[];
  /** The next event; fails when none comes in time, and when the stream has ended. */
  next(withinMs?: number): Promise<any>;
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>;
  close(): void;
}

/** Lets the event loop read what has come in already: after a pause, timers are called before it looks at its sockets. */
async function readSockets(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
}

/** Asks for a subscription with an account's session, or with a token, as the client's library does. */
export function openStream({ url }: Pick<TestApp, 'url'>, token: string | null, query: string, variables: Record<string, unknown> = {}): OpenStream {
  const client = createClient({ url: `${url}/graphql/stream`, retryAttempts: 0, headers: token === null ? {} : { authorization: `Bearer ${token}` } });
  const events: unknown[] = [];
  let [taken, wake, isOver]: [number, () => void, boolean] = [0, () => undefined, false];
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => { end = resolve; });
  const over = () => {
    isOver = true;
    end();
    wake();
  };
  const close = client.subscribe({ query, variables }, {
    next: ({ data, errors }: ExecutionResult<Record<string, unknown>>) => {
      events.push(errors === undefined ? data : errors.map(({ extensions, message }) => extensions?.['code'] ?? message));
      wake();
    },
    error: (error) => {
      events.push(error);
      over();
    },
    complete: over,
  });
  return {
    events, ended, close,
    next: async (withinMs = 10_000) => {
      const until = Date.now() + withinMs;
      while (events.length <= taken) {
        const left = until - Date.now();
        if (left <= 0) await readSockets();
        if (events.length > taken) break;
        if (isOver) throw new Error('The stream has ended.');
        if (left <= 0) throw new Error(`No event came within ${withinMs} ms.`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      taken += 1;
      return events[taken - 1];
    },
  };
}
