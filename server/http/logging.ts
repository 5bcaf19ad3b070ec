import type { FastifyRequest, FastifyServerOptions } from 'fastify';
import type { Config } from '../config.js';

/** What is written of an error. */
type LoggedError = {
  [detail: string]: unknown;
  type: string;
  message: string;
  stack: string;
  code?: unknown;
  errno?: unknown;
  sqlState?: unknown;
  cause?: LoggedError;
};

const MAX_CAUSES = 5;

/**
 * An error as the log shows it: what it is, where it happened, and why, to the fifth cause. Drivers also hang the statement and
 * its values on their errors, and quote values in their messages; among them are hashes of passwords and of tokens.
 */
export function loggedError(error: unknown, causes = MAX_CAUSES): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: typeof error === 'string' ? error : 'not an error', stack: '' };
  const details = error as Error & { code?: unknown; errno?: unknown; sqlState?: unknown; driverError?: unknown };
  const message = withoutValues(error.message);
  const cause = error.cause ?? details.driverError;
  return {
    type: error.constructor.name,
    message,
    stack: (error.stack ?? '').replace(error.message, () => message),
    ...Object.fromEntries((['code', 'errno', 'sqlState'] as const).filter((name) => details[name] !== undefined).map((name) => [name, details[name]])),
    ...(cause === undefined || causes === 0 ? {} : { cause: loggedError(cause, causes - 1) }),
  };
}

/** What stands between quotes in a message of a driver is a value, or the text of a statement around a fault. */
function withoutValues(message: string): string {
  return message.replace(/'(?:[^']|'')*'/g, "'…'").replace(/"[^"]*"/g, '"…"');
}

/** A request as the log shows it: the address without its query, in which tokens and whole GraphQL texts may stand. */
export function loggedRequest(request: FastifyRequest): Record<string, unknown> {
  return { method: request.method, path: request.url.split('?', 1)[0], host: request.host, remoteAddress: request.ip };
}

/** How the server logs: never a secret, at whatever level. */
export function logging(config: Pick<Config, 'LOG_LEVEL'>): NonNullable<FastifyServerOptions['logger']> {
  return {
    level: config.LOG_LEVEL,
    // For whoever logs a request or headers as they are; the serializer below shows none.
    redact: ['authorization', 'cookie', '*.authorization', '*.cookie', 'req.headers', 'headers["set-cookie"]', '*.headers["set-cookie"]', 'password', '*.password', 'token', '*.token'],
    serializers: { err: loggedError, error: loggedError, req: loggedRequest },
  };
}
