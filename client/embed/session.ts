import { cacheExchange, type Client, createClient, fetchExchange } from '@urql/core';
import { authExchange } from '@urql/exchange-auth';

import { errorCode } from '../api/client';
import { documentIds } from '../api/generated/documentIds';
import { type Embedded, EmbeddedDashboardQuery } from './embedded';
import type { Host } from './host';

/** Where the page stands; `refused` says nothing of why. */
export type EmbedState = { kind: 'opening' } | { kind: 'open'; embedded: Embedded } | { kind: 'refused' };

/** So long the page around has to come up with another token. */
const RENEWAL_MS = 10_000;

/** A page around that keeps giving tokens which open nothing is not asked for ever. */
const MOST_RENEWALS = 3;
const WITHIN_MS = 30_000;

/** A server that does not answer is asked again. */
const [MOST_ATTEMPTS, ATTEMPT_MS] = [4, 1500];

const refusal = 'This dashboard is not available here.';

/** The body of a request as an embed token may send it: the id of one of the client's own operations instead of its text. */
export function persistedBody(body: string): string {
  const { operationName, variables } = JSON.parse(body) as { operationName?: string; variables?: unknown };
  return JSON.stringify({ documentId: documentIds[operationName ?? ''], variables });
}

/** Sends no cookie, whoever may be signed in to Seatwise in this browser. */
const send: typeof fetch = (input, init) =>
  fetch(input, { ...init, credentials: 'omit', ...(typeof init?.body === 'string' ? { body: persistedBody(init.body) } : {}) });

/** The token, its renewal through the page around, and what it shows. The token is in memory and nowhere else. */
export class EmbedSession {
  readonly client: Client;
  #token: string | null;
  #state: EmbedState = { kind: 'opening' };
  #waiting: ((came: boolean) => void)[] = [];
  #end: ReturnType<typeof setTimeout> | undefined;
  #renewals: number[] = [];
  readonly #listeners = new Set<() => void>();

  /** `dashboard`: the last part of the page's address. */
  constructor(token: string | null, private readonly dashboard: string, private readonly host: () => Host) {
    this.#token = token;
    this.client = createClient({
      url: '/graphql', preferGetMethod: false, requestPolicy: 'cache-and-network', fetch: send,
      exchanges: [cacheExchange, this.#auth(), fetchExchange],
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): EmbedState => this.#state;

  /** Asks what the token shows; a token that shows nothing closes the page. */
  async open(attempt = 1): Promise<void> {
    const { data, error } = await this.client.query(EmbeddedDashboardQuery, {}, { requestPolicy: 'network-only' }).toPromise();
    const embedded = data?.embeddedDashboard;
    if (!embedded && error && errorCode(error) !== 'UNAUTHENTICATED') {
      // An outage is no refusal: what is shown stays, and its cards say that they could not be loaded.
      if (this.#state.kind === 'open') return;
      if (attempt < MOST_ATTEMPTS) {
        setTimeout(() => void this.open(attempt + 1), ATTEMPT_MS * attempt);
        return;
      }
    }
    const shows = embedded?.dashboards.some((one) => one.toLowerCase() === this.dashboard) === true;
    if (!embedded || !shows || !this.host().allow(embedded.allowedOrigins)) return this.#refuse();
    this.#publish({ kind: 'open', embedded });
    clearTimeout(this.#end);
    this.#end = setTimeout(() => this.#refuse(), Math.max(0, Date.parse(embedded.expiresAt) - Date.now()));
    this.host().say({ seatwise: 'ready', expiresAt: embedded.expiresAt });
  }

  /** The page around has another token. */
  renew(token: string): void {
    this.#token = token;
    const waiting = this.#waiting.splice(0);
    for (const resolve of waiting) resolve(true);
    void this.open();
  }

  /** Asks the page around for another token; false when none came. */
  #another(): Promise<boolean> {
    const now = Date.now();
    this.#renewals = [...this.#renewals.filter((at) => now - at < WITHIN_MS), now];
    if (this.#renewals.length > MOST_RENEWALS) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) this.host().say({ seatwise: 'renew' });
      setTimeout(() => resolve(false), RENEWAL_MS);
    });
  }

  #auth() {
    return authExchange((utils) => Promise.resolve({
      addAuthToOperation: (operation) => (this.#token === null ? operation : utils.appendHeaders(operation, { Authorization: `Bearer ${this.#token}` })),
      didAuthError: (error) => errorCode(error) === 'UNAUTHENTICATED',
      refreshAuth: async () => {
        // Before it was ever open there is nothing to renew: the page around has just given what it has.
        if (this.#state.kind !== 'open' || !(await this.#another())) this.#refuse();
      },
    }));
  }

  #refuse(): void {
    clearTimeout(this.#end);
    this.#token = null;
    if (this.#state.kind !== 'refused') this.#publish({ kind: 'refused' });
    this.host().say({ seatwise: 'error', message: refusal });
  }

  #publish(state: EmbedState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
