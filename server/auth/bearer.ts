import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../config.js';
import type { Database } from '../db/database.js';
import { ApiTokens, API_TOKEN_PREFIX } from './api-tokens.js';
import { ExternalTokens } from './external-tokens.js';
import { Sessions } from './sessions.js';
import { ViewerCache } from './viewer-cache.js';
import { anonymous, type SignedInViewer, type Viewer } from './viewer.js';

/** Begins the tokens that show dashboards in other pages. */
export const EMBED_TOKEN_PREFIX = 'swe_';

/** Who comes with an embed token; null: it opens nothing. */
export type EmbedViewerOf = (token: string, now: Date) => Promise<SignedInViewer | null>;

/** Longer than any token of ours or of an issuer; read no further. */
const MAX_BEARER_LENGTH = 8192;

/** Where a request comes from, and where to say why a token of elsewhere was refused. */
export interface Caller {
  address: string;
  log?: FastifyBaseLogger;
}

/**
 * The one door: from what follows `Bearer` to the viewer. It is told what kind of token it is by its beginning, and each kind has
 * rules of its own, so that none passes for another. Whatever opens nothing makes the request anonymous, for whatever reason.
 */
export class Bearer {
  readonly sessions: Sessions;
  readonly apiTokens: ApiTokens;
  readonly #external: ExternalTokens | null;

  constructor(
    database: Database,
    config: Config,
    private readonly embedViewerOf: EmbedViewerOf = async () => null,
  ) {
    const viewers = new ViewerCache();
    this.sessions = new Sessions(database, config, viewers);
    this.apiTokens = new ApiTokens(database, config, viewers);
    this.#external = config.externalTokens === null ? null : new ExternalTokens(config, config.externalTokens);
  }

  /** Who a bearer token stands for at this moment; null is a request without one. */
  async viewerOf(token: string | null, now: Date, caller: Caller): Promise<Viewer> {
    if (token === null || token.length > MAX_BEARER_LENGTH) return anonymous;
    if (token.startsWith(API_TOKEN_PREFIX)) return (await this.apiTokens.viewerOf(token, caller.address, now)) ?? anonymous;
    if (token.startsWith(EMBED_TOKEN_PREFIX)) return (await this.embedViewerOf(token, now)) ?? anonymous;
    // Told apart by the algorithm: ours are signed with our secret, those of elsewhere never are.
    const viewer = await this.sessions.viewerOf(token, now);
    if (viewer.kind === 'account' || this.#external === null) return viewer;
    return (await this.#external.viewerOf(token, now, caller.log)) ?? anonymous;
  }
}
