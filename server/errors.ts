import { GraphQLError } from 'graphql';
import type { DatabaseFault } from './db/dialect/dialect.js';
import type { ErrorCode } from './graphql.generated.js';

/** Seconds after which a client may try again when the database is away. */
export const RETRY_AFTER_SECONDS = 5;
/** The same when its disk is full: somebody has to come first. */
const RETRY_AFTER_FULL_SECONDS = 60;

/** The database failed. The cause stays in the log; nothing of it reaches a client. */
export class DatabaseError extends Error {
  constructor(
    readonly fault: DatabaseFault,
    cause: unknown,
    /** The limit that a statement ran into. */
    readonly limitSeconds = 0,
  ) {
    super(`The database failed: ${fault}`, { cause });
    this.name = 'DatabaseError';
  }
}

/** An error whose message is meant for the client. */
function apiError(code: ErrorCode, message: string, extensions: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, code } });
}

/** No valid token came with the request. */
export function unauthenticated(): GraphQLError {
  return apiError('UNAUTHENTICATED', 'Sign in to ask for this.');
}

/** The role does not hold the permission. */
export function forbidden(permission: string): GraphQLError {
  return apiError('FORBIDDEN', `Your role does not hold the permission ${permission}.`, { permission });
}

/** A wrong value in an argument; `field` is its path in dots. */
export function badInput(field: string, message: string): GraphQLError {
  return apiError('BAD_USER_INPUT', `${field}: ${message}`, { field });
}

/** A limit, and what a query came to; null where nobody counted to the end. */
export interface LimitMet {
  readonly name: string;
  readonly value: number;
  readonly actual: number | null;
}

/** A query over one of the limits; `extensions.limit` says the same as the message. */
export function overLimit(limit: LimitMet, message: string): GraphQLError {
  return apiError('QUERY_TOO_LARGE', message, { limit });
}

/** A statement that ran into the viewer's limit; the database has cancelled it. */
export function tooSlow(seconds: number): GraphQLError {
  return overLimit(
    { name: 'statementSeconds', value: seconds, actual: null },
    `A statement took more than ${seconds} seconds in the database, your limit is ${seconds}; it was cancelled there. Ask for fewer rows or a shorter period.`,
  );
}

/** More requests than an account or a token may send in a minute; `actual` counts them, refused ones included. */
export function rateLimited(whose: 'account' | 'token', value: number, actual: number, retryAfter: number): GraphQLError {
  return apiError('RATE_LIMITED', `Your ${whose} has sent ${actual} requests within a minute, the limit is ${value}. Try again in ${retryAfter} seconds.`, {
    retryAfter, limit: { name: `${whose}RequestsPerMinute`, value, actual },
  });
}

/** An operation of a kind that the schema does not have. */
export function notInSchema(operation: string): GraphQLError {
  return apiError('GRAPHQL_VALIDATION_FAILED', `The schema has no ${operation} operations.`);
}

/** The database is away, or too slow to wait for. */
export function unavailable(): GraphQLError {
  return apiError('UNAVAILABLE', 'The database did not answer. Try again in a few seconds.', {
    retryAfter: RETRY_AFTER_SECONDS,
  });
}

/** The database has no room for what is to be written; reading goes on. */
function full(): GraphQLError {
  return apiError('UNAVAILABLE', 'The disk of the database is full: nothing was changed. Whoever runs it has to make room; then try again.', {
    retryAfter: RETRY_AFTER_FULL_SECONDS,
  });
}

const outages: ReadonlySet<DatabaseFault> = new Set<DatabaseFault>(['unavailable', 'full', 'timeout']);

/** True when the database is away, full or too slow: the same request may well succeed later. */
export function isOutage(error: unknown): boolean {
  return error instanceof DatabaseError && outages.has(error.fault);
}

/** What clients are told of an outage, and of a statement that was cancelled at its limit. */
export function outageAnswer(error: unknown): GraphQLError {
  if (!(error instanceof DatabaseError)) return unavailable();
  if (error.fault === 'timeout') return tooSlow(error.limitSeconds);
  return error.fault === 'full' ? full() : unavailable();
}

/** After how many seconds a client may try again; undefined where that would not help. */
export function retryAfterOf({ extensions }: Pick<GraphQLError, 'extensions'>): number | undefined {
  return typeof extensions['retryAfter'] === 'number' ? extensions['retryAfter'] : undefined;
}

/** Codes whose message was written for clients; the message of any other error is replaced. */
const clientCodes: ReadonlySet<unknown> = new Set<ErrorCode>([
  'UNAUTHENTICATED', 'FORBIDDEN', 'BAD_USER_INPUT', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED',
  'QUERY_TOO_LARGE', 'RATE_LIMITED', 'UNAVAILABLE',
]);

/** True when the error is expected and its message may leave the server. */
export function isForClients(error: GraphQLError): boolean {
  return clientCodes.has(error.extensions['code']);
}

/** The error as a client may see it: typed, with the request id, without SQL, stack or another tenant's data. */
export function maskError(error: GraphQLError, requestId: string): GraphQLError {
  const visible = visibleError(error);
  return new GraphQLError(visible.message, {
    path: error.path,
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    extensions: { ...visible.extensions, requestId },
  });
}

function visibleError(error: GraphQLError): GraphQLError {
  if (isForClients(error)) return error;
  const cause = error.originalError;
  if (cause instanceof GraphQLError && isForClients(cause)) return cause;
  if (isOutage(cause)) return outageAnswer(cause);
  return apiError('INTERNAL_SERVER_ERROR', 'Something unexpected went wrong. Give the request id when you report it.');
}
