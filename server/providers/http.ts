import { setTimeout as delay } from 'node:timers/promises';
import pRetry from 'p-retry';
import pThrottle from 'p-throttle';
import { ProviderFailure } from './failure.js';
import type { Call } from './provider.js';
import type { ProviderSettings } from './settings.js';

/** The largest answer that is read: a page of 1,000 licences has less than a tenth of it. */
const MOST_BYTES = 16 * 1024 * 1024;
const LONGEST_BACKOFF_MS = 60_000;
/** A provider that asks for a longer pause is left alone until then, instead of being waited for. */
const LONGEST_PAUSE_MS = 120_000;
const MOST_REDIRECTS = 3;

/** A request: GET, or POST with a body. */
export interface JsonRequest {
  url: URL;
  body?: unknown;
}

/** JSON over HTTP with time-out, size limit, rate limit and retries. One for each provider, so that the limit holds. */
export class ProviderHttp {
  private readonly throttled: (request: JsonRequest, signal: AbortSignal) => Promise<unknown>;

  constructor(private readonly settings: ProviderSettings) {
    const evenly = pThrottle({ limit: 1, interval: 1000 / settings.ratePerSecond });
    this.throttled = evenly((request: JsonRequest, signal: AbortSignal) => this.attempt(request, signal));
  }

  /** The JSON of a 2xx answer; anything else throws ProviderFailure once it is no use to try again. */
  async json(request: JsonRequest, { signal, waiting = () => {} }: Call): Promise<unknown> {
    const { retries, retryDelaySeconds } = this.settings;
    return pRetry(
      async () => {
        signal.throwIfAborted();
        const answer = await unlessAborted(this.throttled(request, signal), signal);
        waiting(null);
        return answer;
      },
      {
        retries,
        minTimeout: retryDelaySeconds * 1000,
        maxTimeout: LONGEST_BACKOFF_MS,
        randomize: true,
        signal,
        shouldRetry: ({ error }) => mayTryAgain(error),
        onFailedAttempt: async ({ error, retriesLeft }) => {
          if (retriesLeft === 0 || !mayTryAgain(error)) return;
          waiting(error.message);
          const pause = (error as ProviderFailure).retryAfterMs;
          if (pause !== null) await delay(pause, undefined, { signal });
        },
      },
    );
  }

  private async attempt(request: JsonRequest, signal: AbortSignal): Promise<unknown> {
    const timeout = AbortSignal.timeout(this.settings.timeoutSeconds * 1000);
    try {
      const response = await this.follow(request, AbortSignal.any([signal, timeout]));
      const text = await readText(response);
      if (!response.ok) throw refusal(response, text);
      return parsed(text);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ProviderFailure) throw error;
      if (timeout.aborted) throw new ProviderFailure(`No answer within ${this.settings.timeoutSeconds} seconds`, { again: true });
      throw new ProviderFailure(networkMessage(error), { again: true });
    }
  }

  /** Redirects are followed to the same host only: another one would be handed the token, or name what is internal. */
  private async follow({ url, body }: JsonRequest, signal: AbortSignal): Promise<Response> {
    let target = url;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const response = await fetch(target, { ...this.init(body), redirect: 'manual', signal });
      const location = response.headers.get('location');
      if (response.status < 300 || response.status > 399 || location === null) return response;
      await response.body?.cancel();
      if (!URL.canParse(location, target.href)) break;
      const next = new URL(location, target);
      if (next.origin !== target.origin) throw new ProviderFailure('The provider redirects to another host');
      if (body !== undefined && ![307, 308].includes(response.status)) throw new ProviderFailure('The provider redirects what is sent to it');
      target = next;
    }
    throw new ProviderFailure('The provider redirects without end');
  }

  private init(body: unknown): RequestInit {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (this.settings.token !== undefined) headers['authorization'] = `Bearer ${this.settings.token}`;
    if (body === undefined) return { headers };
    return { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
  }
}

/** Gives up on the promise when the signal says so: a slow rate limit would hold up whoever wants to stop. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => (abort = () => reject(signal.reason as Error)));
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
    promise.catch(() => {});
  }
}

function mayTryAgain(error: Error): boolean {
  return error instanceof ProviderFailure && error.again && (error.retryAfterMs ?? 0) <= LONGEST_PAUSE_MS;
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new ProviderFailure(`An answer has more than ${MOST_BYTES / 1024 / 1024} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A 2xx answer that is no JSON was mostly cut off on its way, so it is worth another try. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProviderFailure('An answer is not complete JSON', { again: true });
  }
}

const WORTH_ANOTHER_TRY = new Set([408, 425, 429]);
const EXPIRED_CODES = new Set(['cursor_expired', 'expired_cursor', 'invalid_cursor']);

function refusal(response: Response, text: string): ProviderFailure {
  const { status } = response;
  if (status === 401 || status === 403) return new ProviderFailure(`The provider refuses the token (HTTP ${status})`);
  return new ProviderFailure(`The provider answered with HTTP ${status}`, {
    again: status >= 500 || WORTH_ANOTHER_TRY.has(status),
    retryAfterMs: pauseOf(response.headers.get('retry-after')),
    cursorExpired: status === 410 || (status < 500 && EXPIRED_CODES.has(errorCode(text))),
    notFound: status === 404,
  });
}

/** `{ "code": … }` or `{ "error": { "code": … } }` or `{ "error": … }`. */
function errorCode(text: string): string {
  try {
    const { code, error } = JSON.parse(text) as { code?: unknown; error?: unknown };
    const inner = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : error;
    return String(code ?? inner).toLowerCase();
  } catch {
    return '';
  }
}

/** Retry-After in seconds or as a date. */
function pauseOf(header: string | null): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const until = Date.parse(header);
  return Number.isNaN(until) ? null : Math.max(0, until - Date.now());
}

/** The system's code of a failed connection; its message would name addresses. */
function networkMessage(error: unknown): string {
  const cause = (error as { cause?: { code?: unknown } } | null)?.cause;
  const code = typeof cause?.code === 'string' ? ` (${cause.code})` : '';
  return `The connection to the provider failed${code}`;
}
