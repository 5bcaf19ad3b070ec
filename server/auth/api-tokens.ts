import { createHash, randomBytes } from 'node:crypto';
import type { Config } from '../config.js';
import type { Database } from '../db/database.js';
import type { Row } from '../db/dialect/dialect.js';
import { apiTokenRows, noteUse, presentedApiTokens, type PresentedApiToken } from './api-token-store.js';
import { viewerOfToken } from './narrowing.js';
import { together } from './together.js';
import type { ViewerCache } from './viewer-cache.js';
import type { SignedInViewer } from './viewer.js';

/** By which people, scanners of leaked secrets and the server tell what it is. */
export const API_TOKEN_PREFIX = 'swt_';
const TOKEN_BYTES = 32;
const TOKEN = /^swt_[A-Za-z0-9_-]{43}$/;
const ENDING_LENGTH = 4;
/** A use is noted once in this time. */
const NOTED_EVERY_MS = 60_000;
const MAX_ADDRESS_LENGTH = 64;

/** A new token: 256 random bits, the hash for the table, and the ending by which people know it again. */
export function newApiToken(): { token: string; hash: string; ending: string } {
  const token = API_TOKEN_PREFIX + randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, hash: sha256(token), ending: token.slice(-ENDING_LENGTH) };
}

/** SHA-256 is enough: there is nothing to guess in 256 random bits. */
function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The way from an API token to its viewer. */
export class ApiTokens {
  readonly #noting = new Set<Promise<void>>();
  /** By token: when this instance last noted, or tried to note, a use. */
  readonly #notedAt = new Map<number, number>();
  readonly #presented;

  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly viewers: ViewerCache,
  ) {
    this.#presented = together((hashes: readonly string[], now) => presentedApiTokens(database, hashes, now));
  }

  /** Who comes with this token, as the token and its account are now; null when it opens nothing. */
  async viewerOf(token: string, address: string, now: Date): Promise<SignedInViewer | null> {
    if (!TOKEN.test(token)) return null;
    const hash = sha256(token);
    return this.viewers.viewerOf(keyOf(hash), now, async () => {
      const presented = await this.#presented(hash, now);
      if (presented === null) return null;
      const { id, name, grant, maker, expiresAt } = presented;
      const viewer = viewerOfToken(grant, maker, { kind: 'api-token', id, name }, this.config);
      if (viewer === null) return null;
      this.#note(presented, address, now);
      return { viewer, endsAt: expiresAt };
    });
  }

  /** The tokens of an account as rows, the latest first. */
  rowsOf(accountId: number): Promise<Row[]> {
    return apiTokenRows(this.database, accountId);
  }

  /** The token was revoked: it opens nothing from now on, in other processes within two seconds. */
  forget(id: number): void {
    this.viewers.forgetWhere(({ credential }) => credential.kind === 'api-token' && credential.id === id);
  }

  /** Resolves when no use is being noted any more. */
  async stop(): Promise<void> {
    await Promise.all(this.#noting);
  }

  /** Beside the request, which waits for no write of this kind and fails by none: a database may be read-only for a while. */
  #note({ id, lastUsedAt }: PresentedApiToken, address: string, now: Date): void {
    const before = now.getTime() - NOTED_EVERY_MS;
    const noted = Math.max(lastUsedAt ?? 0, this.#notedAt.get(id) ?? 0);
    if (noted > before) return;
    this.#notedAt.set(id, now.getTime());
    const use = { at: now, before: new Date(before), address: address.slice(0, MAX_ADDRESS_LENGTH) };
    const noting: Promise<void> = noteUse(this.database, id, use).catch(() => undefined).finally(() => this.#noting.delete(noting));
    this.#noting.add(noting);
  }
}

function keyOf(hash: string): string {
  return `api token ${hash}`;
}
