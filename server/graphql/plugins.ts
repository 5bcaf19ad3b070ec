import { HeaderMap, type ApolloServerPlugin, type GraphQLRequestContextWillSendResponse } from '@apollo/server';
import { GraphQLError, Kind, visit, type DocumentNode, type ExecutionResult, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { Config } from '../config.js';
import type { Context } from '../context.js';
import { badInput, maskError, notInSchema, RETRY_AFTER_SECONDS } from '../errors.js';
import { coercedVariables, createExecutor, type CoercedVariables } from './executor.js';
import { costCheck } from './limits.js';

/** Runs every operation through the compiled executor, after the checks that depend on viewer and variables. */
export function executionPlugin(schema: GraphQLSchema, config: Config): ApolloServerPlugin<Context> {
  const run = createExecutor(schema);
  const checkCost = costCheck(schema, config);
  return {
    requestDidStart: async () => {
      let given: CoercedVariables | undefined;
      return {
        async didResolveOperation({ document, operation, request, contextValue }) {
          refusing(() => {
            if (operation === undefined) throw badInput('operationName', 'names none of the operations; name one of several');
            if (schema.getRootType(operation.operation) == null) throw notInSchema(operation.operation);
            if (asksForSchema(document)) contextValue.demand('INTROSPECT');
            const { operationName, variables = {} } = request;
            given = coercedVariables(schema, { document, operationName, variables });
            if (given.errors === undefined) checkCost(document, given.coerced, operationName);
          });
        },
        async responseForOperation({ document, request, contextValue }) {
          const { operationName, variables = {} } = request;
          given ??= coercedVariables(schema, { document, operationName, variables });
          const result: ExecutionResult = given.errors === undefined
            ? await run({ document, operationName, variables: given.coerced, context: contextValue })
            : given;
          if (result.errors !== undefined) {
            for (const error of result.errors) logUnexpected(contextValue, error);
          }
          const errors = result.errors?.map((error) => maskError(error, contextValue.requestId).toJSON());
          return {
            http: { status: given.errors === undefined ? undefined : REFUSED, headers: new HeaderMap() },
            body: {
              kind: 'single',
              singleResult: { ...(errors === undefined ? {} : { errors }), ...(result.data === undefined ? {} : { data: result.data }) },
            },
          };
        },
      };
    },
  };
}

/** The status of a request that was not run; `responsePlugin` knows who is answered 200 all the same. */
const REFUSED = 400;

/** An error thrown before execution is taken for a failure of the server's unless it says otherwise. */
function refusing(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (error instanceof GraphQLError) error.extensions['http'] = { status: REFUSED };
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
export const responsePlugin: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    async willSendResponse(requestContext) {
      const { response, contextValue } = requestContext;
      if (response.body.kind !== 'single' || response.body.singleResult.errors === undefined) return;
      const mayKnowSchema = contextValue.viewer.kind === 'account' && contextValue.viewer.permissions.has('INTROSPECT');
      response.body.singleResult.errors = response.body.singleResult.errors.map((error) => ({
        ...error,
        message: mayKnowSchema ? error.message : withoutSuggestions(error.message),
        extensions: { ...error.extensions, requestId: contextValue.requestId },
      }));
      if (response.body.singleResult.errors.some(({ extensions }) => extensions?.['code'] === 'UNAVAILABLE')) {
        response.http.headers.set('retry-after', String(RETRY_AFTER_SECONDS));
        // A part of an answer is worth having; none at all is an outage to whoever stands between.
        if (response.body.singleResult.data == null) response.http.status = 503;
      }
      // Without a query there was no GraphQL request at all.
      const isRequest = Boolean(requestContext.request.query);
      if (response.http.status === REFUSED && isRequest && !wantsGraphQLResponse(requestContext)) response.http.status = 200;
    },
  }),
};

/** Suggestions name parts of the schema: enough guesses would amount to introspection. */
function withoutSuggestions(message: string): string {
  return message.replace(/ ?Did you mean .+\?$/s, '');
}

function wantsGraphQLResponse({ request }: GraphQLRequestContextWillSendResponse<Context>): boolean {
  return request.http?.headers.get('accept')?.includes('application/graphql-response+json') ?? false;
}

/** The server gives every error of validation the same code, and limits are part of it. */
function isOverLimit({ message, extensions }: GraphQLFormattedError): boolean {
  return extensions?.['overLimit'] === true || /Parsing aborted|recursively requests too many/.test(message);
}

/** Errors before execution: parse, validation, limits. Anything unexpected is masked. */
export function formatEarlyError(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const code = String(formatted.extensions?.['code']);
  if (isOverLimit(formatted)) return { ...formatted, extensions: { code: 'QUERY_TOO_LARGE' } };
  if (code === 'BAD_REQUEST' || code === 'OPERATION_RESOLUTION_FAILURE') {
    return { ...formatted, extensions: { code: 'BAD_USER_INPUT' } };
  }
  if (code !== 'INTERNAL_SERVER_ERROR') return formatted;
  return { message: 'Something unexpected went wrong. Give the request id when you report it.', extensions: { code } };
}
