import type { FastifyBaseLogger } from 'fastify';
import type { ActivityRollup, RolledUp } from './activity-rollup/rollup.js';
import type { ApiTokens } from './auth/api-tokens.js';
import type { SignedInViewer, Viewer } from './auth/viewer.js';
import type { Sessions } from './auth/sessions.js';
import type { Config } from './config.js';
import type { ScopedDatabase } from './db/scoped.js';
import type { AuditChannel, Permission } from './graphql.generated.js';
import type { Limits } from './graphql/limits-by-role.js';
import type { Figures } from './graphql/limits-measure.js';
import type { Tick } from './live/feed.js';
import type { Imports } from './modules/import/imports.js';
import type { LicenseChecks } from './license-check/service.js';
import type { Loaders } from './modules/loaders.js';
import type { Providers } from './providers/providers.js';

/** The refresh cookie of the request, and how to change it on the response. */
export interface RefreshCookie {
  read(): string | null;
  set(token: string): void;
  clear(): void;
}

/** What a resolver may know and use, made anew for every request. */
export interface Context {
  readonly viewer: Viewer;
  /** From now on in this request: the viewer who has just signed in. */
  becomes(viewer: SignedInViewer): void;
  /** The signed-in viewer; throws UNAUTHENTICATED when there is none. */
  signedIn(): SignedInViewer;
  /** Throws UNAUTHENTICATED or FORBIDDEN unless the viewer holds the permission. */
  demand(permission: Permission): void;
  /** The tables as this viewer may see them. */
  readonly db: ScopedDatabase;
  /** Batches of this request alone: a loader shared by requests would share rows between tenants. */
  readonly loaders: Loaders;
  /** The instant at which the request arrived; the only clock. */
  readonly now: Date;
  /** Today in REPORT_TIMEZONE: the default asOf. */
  readonly today: string;
  readonly config: Config;
  /** True when the activity log has an index on (user_id, timestamp). */
  readonly activityIndexed: boolean;
  /** Follows the activity log. */
  readonly activityRollup: ActivityRollup;
  /** What is known of activity without reading the whole log; null: nothing. */
  readonly rolledUp: RolledUp | null;
  /** True when check-ins of trials are kept on their rows; else they are in `sw_check_ins`. */
  readonly trialsTakeCheckIns: boolean;
  /** The licence checks of deployed sites; they see the tables without a scope, and answer for one licence only. */
  readonly licenseChecks: LicenseChecks;
  /** The synchronisations with the outside providers. */
  readonly providers: Providers;
  /** The steps of imports in the background. */
  readonly imports: Imports;
  readonly sessions: Sessions;
  readonly apiTokens: ApiTokens;
  readonly refreshCookie: RefreshCookie;
  /** Address of the client, for slowing down guesses. */
  readonly address: string;
  /** What the client's browser or program calls itself; nothing is decided by it. */
  readonly userAgent: string | null;
  readonly requestId: string;
  /** Through what the request changes things, as the client says; programs that say nothing come through the API. */
  readonly channel: AuditChannel;
  readonly log: FastifyBaseLogger;
  /** What comes into the database from now on, until the stream of this request ends. Throws outside of one. */
  ticks(): AsyncGenerator<Tick, void, undefined>;
  /** How much the viewer may ask for. */
  readonly limits: Limits;
  /** How large the request's text was found to be. */
  figures: Figures | null;
  /** Counts the rows that the request may bring among the viewer's requests of this minute. Throws RATE_LIMITED. */
  countRows(rows: number): Promise<void>;
  /** True once this request has tried a password: one attempt a request, whatever the aliases. */
  passwordTried: boolean;
}
