import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import type { LimitMet } from '../errors.js';
import { badInput, unauthenticated } from '../errors.js';

/** Answers of the web layer itself (malformed JSON, too large, unknown route) in the shape of a GraphQL error, as JSON. */
export function registerErrorAnswers(app: FastifyInstance): void {
  // The GraphQL server refuses some requests (no query, a batch, a forged one) before it knows anything of the request.
  app.addHook('onSend', (request, reply, payload, done) => {
    if (reply.statusCode < 400 || typeof payload !== 'string' || !payload.startsWith('{"errors":[')) {
      done(null, payload);
      return;
    }
    const { errors } = JSON.parse(payload) as { errors: GraphQLFormattedError[] };
    done(null, JSON.stringify({ errors: errors.map((error) => ({ ...error, extensions: { ...error.extensions, requestId: request.id } })) }));
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error, requestId: request.id }, 'a request failed');
    const length = Number(request.headers['content-length'] ?? NaN);
    const { message, ...extensions } = visible(status, request.routeOptions.bodyLimit, Number.isFinite(length) ? length : null);
    return reply.status(status).send({ errors: [{ message, extensions: { ...extensions, requestId: request.id } }] });
  });
}

/** What a client is told; `length` is that of the body as the request says it. */
function visible(status: number, bodyLimit: number, length: number | null): { code: string; message: string; limit?: LimitMet } {
  if (status === 413) return { code: 'QUERY_TOO_LARGE', message: tooLargeBody(bodyLimit, length), limit: { name: 'bodyBytes', value: bodyLimit, actual: length } };
  if (status === 415) return { code: 'BAD_USER_INPUT', message: 'Send the request as application/json.' };
  if (status === 429) return { code: 'RATE_LIMITED', message: 'Too many requests. Try again later.' };
  if (status < 500) return { code: 'BAD_USER_INPUT', message: 'The request body is not valid JSON.' };
  return { code: 'INTERNAL_SERVER_ERROR', message: 'Something unexpected went wrong. Give the request id when you report it.' };
}

function tooLargeBody(bodyLimit: number, length: number | null): string {
  return `The request body is larger than ${inUnits(bodyLimit)}${length === null ? '' : `: it has ${length} bytes`}.`;
}

function inUnits(bytes: number): string {
  return bytes % 1_048_576 === 0 ? `${bytes / 1_048_576} MiB` : `${bytes / 1024} KiB`;
}

/**
 * Answers what is no request that could be read. Headers that are too large to be read at all are told in the words for tokens that
 * open nothing: nothing else that we are sent is that large.
 */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const { message, extensions } = tooLarge ? unauthenticated() : badInput('request', 'is not HTTP');
  const body = JSON.stringify({ errors: [{ message, extensions: { ...extensions, requestId: randomUUID() } }] });
  const status = tooLarge ? '431 Request Header Fields Too Large' : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
}
