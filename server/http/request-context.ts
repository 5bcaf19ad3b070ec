import type { FastifyReply, FastifyRequest } from 'fastify';
import { REFRESH_COOKIE, clearedCookieOptions, refreshCookieOptions } from '../auth/cookies.js';
import type { ActivityRollup, RolledUp } from '../activity-rollup/rollup.js';
import type { ApiTokens } from '../auth/api-tokens.js';
import type { Bearer } from '../auth/bearer.js';
import type { Sessions } from '../auth/sessions.js';
import type { SignedInViewer, Viewer } from '../auth/viewer.js';
import type { Config } from '../config.js';
import type { Context, RefreshCookie } from '../context.js';
import type { Database } from '../db/database.js';
import { admittedViewer, withoutEmbeds } from '../embed/gate.js';
import { ScopedDatabase } from '../db/scoped.js';
import { forbidden, unauthenticated } from '../errors.js';
import type { AuditChannel, Permission } from '../graphql.generated.js';
import { limitedRoleOf, type Limits } from '../graphql/limits-by-role.js';
import type { Figures } from '../graphql/limits-measure.js';
import type { LicenseChecks } from '../license-check/service.js';
import type { Imports } from '../modules/import/imports.js';
import type { ChangeFeed, Tick } from '../live/feed.js';
import { ticksOf } from '../live/ticks.js';
import { Loaders } from '../modules/loaders.js';
import type { Providers } from '../providers/providers.js';
import type { RateLimits } from './rate-limits.js';
import { dayOf } from '../reports/shapes/days.js';

/** What lives as long as the server. */
export interface Services {
  config: Config;
  database: Database;
  bearer: Bearer;
  rateLimits: RateLimits;
  licenseChecks: LicenseChecks;
  providers: Providers;
  imports: Imports;
  feed: ChangeFeed;
  activityIndexed: boolean;
  activityRollup: ActivityRollup;
  trialsTakeCheckIns: boolean;
}

/** The context of one request: who asks, and the tables as they may see them. `stream`: the signal that ends the stream that it opens. */
export async function requestContext(services: Services, request: FastifyRequest, reply: FastifyReply, stream: AbortSignal | null = null): Promise<Context> {
  const now = new Date();
  const viewer = await viewerOf(services, request, now);
  await services.rateLimits.request(viewer);
  return contextOf(services, viewer, now, request, reply, stream);
}

/** The context of one event of a stream, for whom its token stands for by now. Events are no requests: they come once a second at most. */
export async function eventContext(services: Services, request: FastifyRequest, reply: FastifyReply): Promise<Context> {
  const now = new Date();
  return contextOf(services, await viewerOf(services, request, now), now, request, reply, null);
}

/** Who asks, as the request's token and its account are at this moment. */
export async function viewerOf(services: Services, request: FastifyRequest, now: Date): Promise<Viewer> {
  return admittedViewer(request) ?? withoutEmbeds(await services.bearer.viewerOf(bearerToken(request), now, { address: request.ip, log: request.log }));
}

async function contextOf(services: Services, viewer: Viewer, now: Date, request: FastifyRequest, reply: FastifyReply, stream: AbortSignal | null): Promise<Context> {
  return new RequestContext(services, viewer, now, await services.activityRollup.current(), request, cookieOf(services.config, request, reply), stream);
}

class RequestContext implements Context {
  readonly loaders = new Loaders();
  // Not a #field: Apollo hands a copy of the context to resolvers, and copies have none.
  private day: string | undefined;
  readonly config: Config;
  readonly activityIndexed: boolean;
  readonly activityRollup: ActivityRollup;
  readonly trialsTakeCheckIns: boolean;
  readonly licenseChecks: LicenseChecks;
  readonly providers: Providers;
  readonly imports: Imports;
  readonly sessions: Sessions;
  readonly apiTokens: ApiTokens;
  readonly address: string;
  readonly userAgent: string | null;
  readonly requestId: string;
  readonly channel: AuditChannel;
  readonly log: FastifyRequest['log'];
  db: ScopedDatabase;
  passwordTried = false;
  figures: Figures | null = null;

  constructor(
    private readonly services: Services,
    public viewer: Viewer,
    readonly now: Date,
    readonly rolledUp: RolledUp | null,
    request: FastifyRequest,
    readonly refreshCookie: RefreshCookie,
    private readonly stream: AbortSignal | null,
  ) {
    this.config = services.config;
    this.activityIndexed = services.activityIndexed;
    this.activityRollup = services.activityRollup;
    this.trialsTakeCheckIns = services.trialsTakeCheckIns;
    this.licenseChecks = services.licenseChecks;
    this.providers = services.providers;
    this.imports = services.imports;
    this.sessions = services.bearer.sessions;
    this.apiTokens = services.bearer.apiTokens;
    this.address = request.ip;
    this.userAgent = request.headers['user-agent'] ?? null;
    this.requestId = request.id;
    // Pages of the client come with a session; a program with a token says nothing of forms and grids.
    this.channel = viewer.kind === 'account' && viewer.credential.kind !== 'session' ? 'API' : channelOf(request);
    this.log = request.log;
    this.db = this.scopedTo(viewer);
  }

  /** Worked out when it is first asked for: time zones are slow, and many requests name their day. */
  get today(): string {
    return (this.day ??= dayOf(this.now, this.config.REPORT_TIMEZONE));
  }

  becomes(viewer: SignedInViewer): void {
    this.viewer = viewer;
    this.db = this.scopedTo(viewer);
    this.loaders.clear();
  }

  signedIn(): SignedInViewer {
    if (this.viewer.kind === 'anonymous') throw unauthenticated();
    return this.viewer;
  }

  demand(permission: Permission): void {
    if (!this.signedIn().permissions.has(permission)) throw forbidden(permission);
  }

  ticks(): AsyncGenerator<Tick, void, undefined> {
    if (this.stream === null) throw new Error('This request is no stream.');
    return ticksOf(this.services.feed, this.stream);
  }

  get limits(): Limits {
    return this.config.limits[limitedRoleOf(this.viewer)];
  }

  countRows(rows: number): Promise<void> {
    return this.services.rateLimits.rows(this.viewer, rows);
  }

  private scopedTo(viewer: Viewer): ScopedDatabase {
    return new ScopedDatabase(this.services.database, viewer.kind === 'anonymous' ? null : viewer.scope, this.limits.statementSeconds);
  }
}

const CHANNEL_HEADER = 'x-seatwise-channel';
/** What a client may say of itself; imports and Seatwise's own work are recorded where they happen. */
const told: readonly AuditChannel[] = ['FORM', 'GRID', 'QUALITY', 'HISTORY'];

function channelOf({ headers }: FastifyRequest): AuditChannel {
  return told.find((channel) => channel === headers[CHANNEL_HEADER]) ?? 'API';
}

/** What follows `Bearer`; null: nothing does. */
export function bearerToken({ headers }: FastifyRequest): string | null {
  return /^Bearer ([^\s]+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

function cookieOf(config: Config, request: FastifyRequest, reply: FastifyReply): RefreshCookie {
  return {
    read: () => request.cookies[REFRESH_COOKIE] ?? null,
    set: (token) => void reply.setCookie(REFRESH_COOKIE, token, refreshCookieOptions(config)),
    clear: () => void reply.clearCookie(REFRESH_COOKIE, clearedCookieOptions(config)),
  };
}
