import { getNamedType, getNullableType, isCompositeType, isIntrospectionType, isListType, type DocumentNode, type GraphQLSchema } from 'graphql';
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';
import { LRUCache } from 'lru-cache';

/** Rows of a list whose length may be chosen, when it is not. */
const DEFAULT_LENGTH = 50;
/** Rows of a list that is as long as it is: months, currencies, sources. */
const PLAIN_LENGTH = 5;

/**
 * Rows that a field may bring: a list multiplies what is asked for below it by the length asked for. The parts of a
 * connection are counted with its rows, scalars not at all.
 */
const estimateRows: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
  const returned = getNamedType(field.type);
  if (isIntrospectionType(returned) || isIntrospectionType(type)) return 0;
  const own = isCompositeType(returned) && !isPart(type.name) ? 1 : 0;
  const length = lengthOf(field.args.some(({ name }) => name === 'first'), args['first'], isListType(getNullableType(field.type)) && own === 1);
  return length === null ? own + childComplexity : own + length * Math.max(childComplexity, 1);
};

function lengthOf(pages: boolean, first: unknown, plain: boolean): number | null {
  if (pages) return typeof first === 'number' ? Math.max(first, 0) : DEFAULT_LENGTH;
  return plain ? PLAIN_LENGTH : null;
}

function isPart(typeName: string): boolean {
  return typeName.endsWith('Connection') || typeName.endsWith('Edge');
}

export type CostOf = (query: DocumentNode, variables: Record<string, unknown>, operationName: string | undefined) => number;

const REMEMBERED_COSTS = 100;
const MAX_KEY_LENGTH = 1000;

/** A function that estimates the rows of an operation. Each question is weighed once. */
export function costEstimate(schema: GraphQLSchema): CostOf {
  const known = new WeakMap<DocumentNode, LRUCache<string, number>>();
  return (query, variables, operationName) => {
    const costs = known.get(query) ?? new LRUCache<string, number>({ max: REMEMBERED_COSTS });
    known.set(query, costs);
    const key = JSON.stringify([operationName, variables]);
    const cost = costs.get(key) ?? getComplexity({ schema, query, variables, operationName, estimators: [estimateRows] });
    if (key.length <= MAX_KEY_LENGTH) costs.set(key, cost);
    return cost;
  };
}
