import type { FastifyReply, FastifyRequest } from 'fastify';
import { REFRESH_COOKIE, clearedCookieOptions, refreshCookieOptions } from '../auth/cookies.js';
import type { Sessions } from '../auth/sessions.js';
import type { SignedInViewer, Viewer } from '../auth/viewer.js';
import type { Config } from '../config.js';
import type { Context, RefreshCookie } from '../context.js';
import type { Database } from '../db/database.js';
import { ScopedDatabase } from '../db/scoped.js';
import { forbidden, unauthenticated } from '../errors.js';
import type { AuditChannel, Permission } from '../graphql.generated.js';
import type { LicenseChecks } from '../license-check/service.js';
import type { Imports } from '../modules/import/imports.js';
import { Loaders } from '../modules/loaders.js';
import type { Providers } from '../providers/providers.js';
import { dayOf } from '../reports/shapes/days.js';

/** What lives as long as the server. */
export interface Services {
  config: Config;
  database: Database;
  sessions: Sessions;
  licenseChecks: LicenseChecks;
  providers: Providers;
  imports: Imports;
  activityIndexed: boolean;
  trialsTakeCheckIns: boolean;
}

/** The context of one request: who asks, and the tables as they may see them. */
export async function requestContext(services: Services, request: FastifyRequest, reply: FastifyReply): Promise<Context> {
  const now = new Date();
  const viewer = await services.sessions.viewerOf(bearerToken(request), now);
  return new RequestContext(services, viewer, now, request, cookieOf(services.config, request, reply));
}

class RequestContext implements Context {
  readonly loaders = new Loaders();
  // Not a #field: Apollo hands a copy of the context to resolvers, and copies have none.
  private day: string | undefined;
  readonly config: Config;
  readonly activityIndexed: boolean;
  readonly trialsTakeCheckIns: boolean;
  readonly licenseChecks: LicenseChecks;
  readonly providers: Providers;
  readonly imports: Imports;
  readonly sessions: Sessions;
  readonly address: string;
  readonly userAgent: string | null;
  readonly requestId: string;
  readonly channel: AuditChannel;
  readonly log: FastifyRequest['log'];
  db: ScopedDatabase;
  passwordTried = false;

  constructor(
    private readonly services: Services,
    public viewer: Viewer,
    readonly now: Date,
    request: FastifyRequest,
    readonly refreshCookie: RefreshCookie,
  ) {
    this.config = services.config;
    this.activityIndexed = services.activityIndexed;
    this.trialsTakeCheckIns = services.trialsTakeCheckIns;
    this.licenseChecks = services.licenseChecks;
    this.providers = services.providers;
    this.imports = services.imports;
    this.sessions = services.sessions;
    this.address = request.ip;
    this.userAgent = request.headers['user-agent'] ?? null;
    this.requestId = request.id;
    this.channel = channelOf(request);
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

  private scopedTo(viewer: Viewer): ScopedDatabase {
    return new ScopedDatabase(this.services.database, viewer.kind === 'anonymous' ? null : viewer.scope);
  }
}

const CHANNEL_HEADER = 'x-seatwise-channel';
/** What a client may say of itself; imports and Seatwise's own work are recorded where they happen. */
const told: readonly AuditChannel[] = ['FORM', 'GRID', 'QUALITY', 'HISTORY'];

function channelOf({ headers }: FastifyRequest): AuditChannel {
  return told.find((channel) => channel === headers[CHANNEL_HEADER]) ?? 'API';
}

function bearerToken({ headers }: FastifyRequest): string | null {
  return /^Bearer ([^\s]+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

function cookieOf(config: Config, request: FastifyRequest, reply: FastifyReply): RefreshCookie {
  return {
    read: () => request.cookies[REFRESH_COOKIE] ?? null,
    set: (token) => void reply.setCookie(REFRESH_COOKIE, token, refreshCookieOptions(config)),
    clear: () => void reply.clearCookie(REFRESH_COOKIE, clearedCookieOptions(config)),
  };
}
