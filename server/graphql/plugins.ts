import { HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, Kind, OperationTypeNode, visit, type DocumentNode, type ExecutionResult, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { Context } from '../context.js';
import { badInput, maskError, notInSchema, RETRY_AFTER_SECONDS } from '../errors.js';
import { coercedVariables, type CoercedVariables } from './executor.js';
import { checkCost } from './limits.js';
import { costEstimate } from './limits-cost.js';
import { asksForCost, costReport, heldToLimit } from './limits-result.js';
import type { SchemaViews } from './schema-view.js';
import { seenDocument, seenFaults, viewOf } from './view-plugin.js';

/** Runs every operation through the compiled executor, after the checks that depend on viewer and variables. */
export function executionPlugin(schema: GraphQLSchema, views: SchemaViews): ApolloServerPlugin<Context> {
  const costOf = costEstimate(schema);
  return {
    requestDidStart: async () => {
      let document: DocumentNode | undefined;
      let given: CoercedVariables | undefined;
      /** Rows that the request may bring. */
      let cost = 0;
      return {
        async didResolveOperation({ document: whole, operation, request, contextValue }) {
          await refusing(async () => {
            if (operation === undefined) throw badInput('operationName', 'names none of the operations; name one of several');
            if (schema.getRootType(operation.operation) == null) throw notInSchema(operation.operation);
            if (asksForSchema(whole)) contextValue.demand('INTROSPECT');
            if (operation.operation === OperationTypeNode.SUBSCRIPTION) throw badInput('query', 'is a subscription; those are answered at /graphql/stream');
            const view = viewOf(views, contextValue.viewer);
            document = seenDocument(view, whole, contextValue, request);
            const { operationName, variables = {} } = request;
            given = coercedVariables(view.schema, { document, operationName, variables });
            if (given.errors !== undefined) return;
            cost = costOf(document, given.coerced, operationName);
            checkCost(contextValue.limits, cost);
            await contextValue.countRows(cost);
          });
        },
        async responseForOperation({ document: whole, request, contextValue }) {
          const view = viewOf(views, contextValue.viewer);
          document ??= whole;
          const { operationName, variables = {} } = request;
          given ??= coercedVariables(view.schema, { document, operationName, variables });
          const result: ExecutionResult = given.errors === undefined
            ? heldToLimit(await view.run({ document, operationName, variables: given.coerced, context: contextValue }), contextValue, cost)
            : given;
          if (result.errors !== undefined) {
            for (const error of result.errors) logUnexpected(contextValue, error);
          }
          const errors = result.errors?.map((error) => maskError(error, contextValue.requestId).toJSON());
          return {
            http: { status: given.errors === undefined ? undefined : REFUSED, headers: new HeaderMap() },
            body: {
              kind: 'single',
              singleResult: {
                ...(errors === undefined ? {} : { errors }),
                ...(result.data === undefined ? {} : { data: result.data }),
                ...(asksForCost(request) ? { extensions: { cost: costReport(contextValue, cost) } } : {}),
              },
            },
          };
        },
      };
    },
  };
}

/** The status of a request that was not run; `responsePlugin` knows who is answered 200 all the same. */
const REFUSED = 400;
/** Statuses of other refusals. */
const refusedWith: Readonly<Record<string, number>> = { RATE_LIMITED: 429, UNAUTHENTICATED: 401, FORBIDDEN: 403 };
/**
 * Of these, who may not ask is told as fields tell it, with 200, unless a client wants nothing but `application/graphql-response+json`: a
 * session ends every day, and browsers write every 4xx into the console of the page that renews it.
 */
const toldAsByFields: ReadonlySet<number | undefined> = new Set([401, 403]);

/** An error thrown before execution is taken for a failure of the server's unless it says otherwise. */
async function refusing(check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (error instanceof GraphQLError) error.extensions['http'] = { status: refusedWith[String(error.extensions['code'])] ?? REFUSED };
    throw error;
  }
}

function logUnexpected(context: Context, error: { originalError?: Error | null | undefined }): void {
  if (error.originalError != null && !('extensions' in error.originalError)) {
    context.log.error({ err: error.originalError, requestId: context.requestId }, 'a resolver failed');
  }
}

const schemaQuestions = new WeakMap<DocumentNode, boolean>();

function asksForSchema(document: DocumentNode): boolean {
  const known = schemaQuestions.get(document);
  if (known !== undefined) return known;
  let asks = false;
  visit(document, {
    [Kind.FIELD]: ({ name }) => {
      asks ||= name.value === '__schema' || name.value === '__type';
    },
  });
  schemaQuestions.set(document, asks);
  return asks;
}

/**
 * Adds the request id to errors that arose before execution, and answers them with 200 to clients that did not ask for
 * `application/graphql-response+json`, as the GraphQL-over-HTTP specification wants.
 */
export const responsePlugin = (views: SchemaViews): ApolloServerPlugin<Context> => ({
  requestDidStart: async () => ({
    async willSendResponse(requestContext) {
      const { response, contextValue, document } = requestContext;
      if (response.body.kind !== 'single' || response.body.singleResult.errors === undefined) return;
      const mayKnowSchema = contextValue.viewer.kind === 'account' && contextValue.viewer.permissions.has('INTROSPECT');
      const errors = seenFaults(viewOf(views, contextValue.viewer), document, contextValue, response.body.singleResult.errors);
      response.body.singleResult.errors = errors.map((error) => ({
        ...error,
        message: mayKnowSchema ? error.message : withoutSuggestions(error.message),
        extensions: { ...error.extensions, requestId: contextValue.requestId },
      }));
      const wait = errors.find(({ extensions }) => extensions?.['code'] === 'RATE_LIMITED')?.extensions?.['retryAfter'];
      if (typeof wait === 'number') response.http.headers.set('retry-after', String(wait));
      if (response.body.singleResult.errors.some(({ extensions }) => extensions?.['code'] === 'UNAVAILABLE')) {
        response.http.headers.set('retry-after', String(RETRY_AFTER_SECONDS));
        // A part of an answer is worth having; none at all is an outage to whoever stands between.
        if (response.body.singleResult.data == null) response.http.status = 503;
      }
      // Without a query there was no GraphQL request at all.
      const isRequest = Boolean(requestContext.request.query);
      const accepted = requestContext.request.http?.headers.get('accept') ?? '';
      if (response.http.status === REFUSED && isRequest && !accepted.includes(STRICT)) response.http.status = 200;
      if (toldAsByFields.has(response.http.status) && accepted !== STRICT) response.http.status = 200;
    },
  }),
});

/** Suggestions name parts of the schema: enough guesses would amount to introspection. */
function withoutSuggestions(message: string): string {
  return message.replace(/ ?Did you mean .+\?$/s, '');
}

/** The media type whose statuses tell of refusals. */
const STRICT = 'application/graphql-response+json';

/** Libraries have limits of their own behind ours, and say so in no other way. */
function isOverLimit({ message }: GraphQLFormattedError): boolean {
  return /Parsing aborted|recursively requests too many|^Validation aborted\.$/.test(message);
}

const REPETITIVE = 'The query asks for the same fields too often to be checked. Ask for each once.';

/** Errors before execution: parse, validation, limits. Anything unexpected is masked. */
export function formatEarlyError(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const code = String(formatted.extensions?.['code']);
  if (isOverLimit(formatted)) return { ...formatted, message: formatted.message.replace(/^Validation aborted\.$/, REPETITIVE), extensions: { code: 'QUERY_TOO_LARGE' } };
  if (code === 'BAD_REQUEST' || code === 'OPERATION_RESOLUTION_FAILURE') {
    return { ...formatted, extensions: { code: 'BAD_USER_INPUT' } };
  }
  if (code !== 'INTERNAL_SERVER_ERROR') return formatted;
  return { message: 'Something unexpected went wrong. Give the request id when you report it.', extensions: { code } };
}
