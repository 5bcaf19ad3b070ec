import { execute, GraphQLError, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import type { Context } from '../context.js';

export interface Operation {
  document: DocumentNode;
  operationName: string | null | undefined;
  variables: Record<string, unknown>;
  context: Context;
}

/**
 * Runs operations as compiled code: three to four times less work per row than interpreting them. Compiled operations
 * are kept as long as their parsed document, whose number the server bounds. What cannot be compiled is interpreted.
 */
export function createExecutor(schema: GraphQLSchema): (operation: Operation) => Promise<ExecutionResult> {
  const compiled = new WeakMap<DocumentNode, Map<string, CompiledQuery | null>>();

  const compile = (document: DocumentNode, operationName: string | null | undefined): CompiledQuery | null => {
    const byName = compiled.get(document) ?? new Map<string, CompiledQuery | null>();
    compiled.set(document, byName);
    const key = operationName ?? '';
    const known = byName.get(key);
    if (known !== undefined) return known;
    const result = compileQuery(schema, document, operationName ?? undefined, { disablingCapturingStackErrors: true });
    const query = isCompiledQuery(result) ? result : null;
    byName.set(key, query);
    return query;
  };

  return async ({ document, operationName, variables, context }) => {
    const query = compile(document, operationName);
    if (query === null) {
      return execute({ schema, document, operationName, variableValues: variables, contextValue: context });
    }
    const result = await query.query(undefined, context, variables);
    return result.errors === undefined ? result : { ...result, errors: result.errors.map(asGraphQLError) };
  };
}

/**
 * The compiler's errors are not GraphQLErrors of this realm: the server would hide them all as internal. One without a
 * path arose before execution, from a variable's value.
 */
function asGraphQLError(error: GraphQLError): GraphQLError {
  const original = error.originalError ?? undefined;
  const code = original instanceof GraphQLError ? original.extensions['code'] : undefined;
  if (error.path === undefined && original === undefined) {
    return new GraphQLError(error.message, {
      extensions: { code: 'BAD_USER_INPUT', ...fieldOf(error.message) },
    });
  }
  return new GraphQLError(error.message, {
    path: error.path,
    originalError: original,
    extensions: original instanceof GraphQLError ? { ...original.extensions, code } : {},
  });
}

/** The variable, and the path within it, that a coercion error speaks of. */
function fieldOf(message: string): { field?: string } {
  const variable = /Variable "\$(\w+)"/.exec(message)?.[1];
  const path = /at "(\w+(?:[.[]\w+\]?)*)"/.exec(message)?.[1];
  const field = path ?? variable;
  return field === undefined ? {} : { field };
}
