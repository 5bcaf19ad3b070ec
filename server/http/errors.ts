import type { FastifyError, FastifyInstance } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';

/** Answers of the web layer itself (malformed JSON, too large, unknown route) in the shape of a GraphQL error, as JSON. */
export function registerErrorAnswers(app: FastifyInstance): void {
  // The GraphQL server refuses some requests (no query, a batch, a forged one) before it knows anything of the request.
  app.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode < 400 || typeof payload !== 'string' || !payload.startsWith('{"errors":[')) return payload;
    const { errors } = JSON.parse(payload) as { errors: GraphQLFormattedError[] };
    return JSON.stringify({ errors: errors.map((error) => ({ ...error, extensions: { ...error.extensions, requestId: request.id } })) });
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'a request failed');
    const { code, message } = visible(status, request.routeOptions.bodyLimit);
    return reply.status(status).send({ errors: [{ message, extensions: { code, requestId: request.id } }] });
  });
}

function visible(status: number, bodyLimit: number): { code: string; message: string } {
  if (status === 413) return { code: 'QUERY_TOO_LARGE', message: `The request body is larger than ${inUnits(bodyLimit)}.` };
  if (status === 415) return { code: 'BAD_USER_INPUT', message: 'Send the request as application/json.' };
  if (status === 429) return { code: 'RATE_LIMITED', message: 'Too many requests. Try again later.' };
  if (status < 500) return { code: 'BAD_USER_INPUT', message: 'The request body is not valid JSON.' };
  return { code: 'INTERNAL_SERVER_ERROR', message: 'Something unexpected went wrong. Give the request id when you report it.' };
}

function inUnits(bytes: number): string {
  return bytes % 1_048_576 === 0 ? `${bytes / 1_048_576} MiB` : `${bytes / 1024} KiB`;
}
