import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createSourceEventStream, execute, getOperationAST, GraphQLError, OperationTypeNode, parse, type DocumentNode, type ExecutionResult } from 'graphql';
import type { RequestParams } from 'graphql-sse';
import { createHandler } from 'graphql-sse/lib/use/fastify';
import type { Context } from '../context.js';
import { badInput, isOutage, maskError, outageAnswer, unauthenticated } from '../errors.js';
import { coercedVariables } from '../graphql/executor.js';
import { Measures } from '../graphql/limits-measure.js';
import type { SchemaViews } from '../graphql/schema-view.js';
import { seenDocument, viewOf } from '../graphql/view-plugin.js';
import { checkRequest } from './graphql-limits.js';
import { endsSoon, isSameViewer, isTaken, OpenStreams } from './open-streams.js';
import { eventContext, requestContext, viewerOf, type Services } from './request-context.js';

const PATH = '/graphql/stream';
const EVENTS = 'text/event-stream';

/** One subscription of one request. */
interface Stream {
  context: Context;
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown>;
  request: FastifyRequest;
  reply: FastifyReply;
  ending: AbortController;
}

/** Serves `POST /graphql/stream`: subscriptions as server-sent events, one a request. */
export function registerStream(app: FastifyInstance, services: Services, views: SchemaViews): void {
  const streams = new OpenStreams((request, now) => viewerOf(services, request, now));
  const measures = new Measures();
  const handler = createHandler({
    onSubscribe: async ({ raw: request, context: { reply } }, params) => {
      const ending = new AbortController();
      const end = () => ending.abort();
      reply.raw.once('close', end);
      if (reply.raw.destroyed) end();
      try {
        return events(services, views, streams, await streamOf(services, views, measures, { request, reply, ending }, params));
      } catch (error) {
        return refusal(maskError(asGraphQLError(error), request.id));
      }
    },
  });
  // Streams would keep a closing server waiting.
  app.addHook('preClose', async () => streams.endAll());
  app.post(PATH, async (request, reply) => {
    if (request.headers.accept?.includes(EVENTS) !== true) throw Object.assign(new Error(`Ask with Accept: ${EVENTS}`), { statusCode: 406 });
    if (typeof request.body !== 'object' || request.body === null) throw Object.assign(new Error('Ask with a JSON object: { "query": "subscription …" }'), { statusCode: 400 });
    // The handler knows no lists.
    request.headers.accept = EVENTS;
    reply.hijack();
    try {
      await handler(request, reply);
    } catch (error) {
      request.log.error({ err: error }, 'a stream failed');
      reply.raw.destroy();
    }
  });
}

/** A stream of one event: browsers tell nothing of what an answer that is no stream says. */
async function* refusal(error: GraphQLError): AsyncGenerator<ExecutionResult, void, undefined> {
  yield { errors: [error] };
}

/** What is asked for, checked as any other question is. */
async function streamOf(
  services: Services, views: SchemaViews, measures: Measures, connection: Pick<Stream, 'request' | 'reply' | 'ending'>, { query, operationName, variables: given = {} }: RequestParams,
): Promise<Stream> {
  const { request, reply, ending } = connection;
  const context = await requestContext(services, request, reply, ending.signal);
  context.figures = checkRequest(measures, context, request);
  const view = viewOf(views, context.viewer);
  const document = seenDocument(view, parse(query), context, {});
  if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.SUBSCRIPTION) throw badInput('query', 'is no subscription; queries and changes are answered at /graphql');
  const variables = coercedVariables(view.schema, { document, operationName, variables: given });
  if (variables.errors !== undefined) throw variables.errors[0] ?? badInput('variables', 'cannot be read');
  return { ...connection, context, document, operationName: operationName ?? undefined, variables: variables.coerced };
}

/**
 * The events of a stream, each resolved as the viewer may see it at that moment. It ends when its token opens nothing any more, or something
 * else than at the beginning; whoever comes back with another token begins anew.
 */
async function* events(services: Services, views: SchemaViews, streams: OpenStreams, stream: Stream): AsyncGenerator<ExecutionResult, void, undefined> {
  const { context, document, operationName, variables: variableValues, request, reply, ending } = stream;
  const schema = viewOf(views, context.viewer).schema;
  const { signal } = ending;
  let close: () => void = () => undefined;
  try {
    close = streams.open(context.signedIn(), request, ending);
    const source = await createSourceEventStream({ schema, document, operationName, variableValues, contextValue: context });
    if (!(Symbol.asyncIterator in source)) {
      yield masked(source, request.id);
      return;
    }
    for await (const rootValue of source) {
      // Whoever does not read gets one event later, for all that came meanwhile.
      if (!(await isTaken(reply, signal))) break;
      const contextValue = await eventContext(services, request, reply);
      if (!isSameViewer(contextValue.viewer, context.viewer)) throw unauthenticated();
      yield masked(await execute({ schema, document, operationName, variableValues, rootValue, contextValue }), request.id);
    }
    // Ended without a reason, nobody is there to be told.
    if (signal.aborted && !(signal.reason instanceof DOMException)) throw signal.reason;
  } catch (error) {
    yield { errors: [maskError(asGraphQLError(error), request.id)] };
  } finally {
    close();
    endsSoon(reply);
  }
}

function masked({ errors, data }: ExecutionResult, requestId: string): ExecutionResult {
  return { ...(errors === undefined ? {} : { errors: errors.map((error) => maskError(error, requestId)) }), ...(data === undefined ? {} : { data }) };
}

function asGraphQLError(error: unknown): GraphQLError {
  if (isOutage(error)) return outageAnswer(error);
  return error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error instanceof Error ? error : new Error(String(error)) });
}
