import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { anonymous, type Viewer } from '../auth/viewer.js';
import type { Config } from '../config.js';
import type { Database } from '../db/database.js';
import { isOutage, RETRY_AFTER_SECONDS, unavailable } from '../errors.js';
import { claimsToBeEmbedToken } from './grant.js';
import type { Variables } from './locks.js';
import { embeddedOperation } from './operations.js';
import { embedViewer, type EmbedViewer } from './viewer.js';

/** The one question that a request may ask, as the server asks it. */
interface Question {
  query: string;
  operationName: string;
  variables: Variables;
}

/** Requests that passed the gate, and who sent them. */
const admitted = new WeakMap<FastifyRequest, EmbedViewer>();

/** The viewer of an embed token whose question passed the gate; null for any other request. */
export function admittedViewer(request: FastifyRequest): EmbedViewer | null {
  return admitted.get(request) ?? null;
}

/** Nobody instead of an embed token's viewer: away from the gate, such as on `/exports` and `/imports`, these tokens open nothing. */
export function withoutEmbeds(viewer: Viewer): Viewer {
  return viewer.kind === 'account' && viewer.credential.kind === 'embed-token' ? anonymous : viewer;
}

/**
 * The gate before the GraphQL server, for requests with an embed token. It lets one thing pass: a POST of a document id that
 * a dashboard of the token runs, with variables that do not contradict its locked filters. What goes on is the client's own text of
 * that document and variables with the locks set. Everything else is answered alike, whatever the reason.
 */
export function guardEmbeds(app: FastifyInstance, path: string, database: Database, config: Config): void {
  app.addHook('preHandler', async (request, reply) => {
    const token = bearerOf(request);
    if (request.routeOptions.url !== path || token === null || !claimsToBeEmbedToken(token)) return;
    try {
      const viewer = isFromOurPages(request) && request.method === 'POST' ? await embedViewer(database, config, token, new Date()) : null;
      const question = viewer === null ? null : questionOf(request.body, viewer);
      if (viewer === null || question === null) return refuse(reply);
      request.body = question;
      admitted.set(request, viewer);
    } catch (error) {
      if (!isOutage(error)) throw error;
      const { message, extensions } = unavailable();
      return reply.status(503).header('retry-after', String(RETRY_AFTER_SECONDS)).send({ errors: [{ message, extensions }] });
    }
  });
}

/** Parts of a request's body; a text of a query, or an extension, is none of them. */
const known = new Set(['documentId', 'variables', 'operationName']);

function questionOf(body: unknown, { credential }: EmbedViewer): Question | null {
  if (!isObject(body) || Object.keys(body).some((key) => !known.has(key))) return null;
  const { documentId, variables = {}, operationName } = body;
  const operation = typeof documentId === 'string' ? embeddedOperation(documentId, credential.dashboards) : null;
  if (operation === null || (operationName !== undefined && operationName !== operation.name) || !isObject(variables ?? {})) return null;
  const locked = operation.lock((variables ?? {}) as Variables, credential.locked);
  return locked === null ? null : { query: operation.text, operationName: operation.name, variables: locked };
}

/** One answer for every reason: which of them it was would tell what there is to find. */
function refuse(reply: FastifyReply): FastifyReply {
  return reply.status(401).header('cache-control', 'no-store').send({
    errors: [{ message: 'This dashboard is not available here.', extensions: { code: 'UNAUTHENTICATED' } }],
  });
}

/** A page of another origin that got hold of a token asks in vain; programs that are no browsers say neither. */
function isFromOurPages({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

function bearerOf({ headers }: FastifyRequest): string | null {
  return /^Bearer +(\S+)\s*$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
