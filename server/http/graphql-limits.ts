import { HeaderMap } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Context } from '../context.js';
import { DatabaseError, outageAnswer, RETRY_AFTER_SECONDS, retryAfterOf } from '../errors.js';
import { checkText, checkVariables } from '../graphql/limits.js';
import type { Figures, Measures } from '../graphql/limits-measure.js';

/**
 * Refuses a request by its text and its variables, before the GraphQL server has looked at either: parsing, validating and
 * coercing take long for what is made to take long. Returns the figures of its text, where there is one. Throws QUERY_TOO_LARGE.
 */
export function checkRequest(measures: Measures, context: Context, request: FastifyRequest): Figures | null {
  const given = (request.method === 'GET' ? request.query : request.body) as { query?: unknown; variables?: unknown } | null | undefined;
  if (typeof given !== 'object' || given === null) return null;
  // Without a query there is nothing to measure, and the GraphQL server says so.
  const figures = typeof given.query === 'string' && given.query !== '' ? checkText(measures, context.limits, given.query) : null;
  checkVariables(typeof given.variables === 'string' ? parsed(given.variables) : given.variables);
  return figures;
}

/** Variables in an address are JSON; what is none is told by the GraphQL server. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * An error from before the GraphQL server has begun, with the status and the headers that it is answered with. Clients that do not
 * ask for `application/graphql-response+json` get 200 with a refused query, as from later checks.
 */
export function answeredEarly(error: unknown, request: FastifyRequest): unknown {
  const told = error instanceof DatabaseError ? outageAnswer(error) : error;
  if (!(told instanceof GraphQLError)) return error;
  const { code } = told.extensions;
  const strict = request.headers.accept?.includes('application/graphql-response+json') ?? false;
  const status = code === 'UNAVAILABLE' ? 503 : code === 'RATE_LIMITED' ? 429 : strict ? 400 : 200;
  const headers = new HeaderMap(status === 503 || status === 429 ? [['retry-after', String(retryAfterOf(told) ?? RETRY_AFTER_SECONDS)]] : []);
  return new GraphQLError(told.message, { source: told.source, positions: told.positions, extensions: { ...told.extensions, requestId: request.id, http: { status, headers } } });
}
