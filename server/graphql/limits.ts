import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { getNamedType, GraphQLError, isCompositeType, type DocumentNode, type GraphQLSchema, type ValidationContext, type ValidationRule } from 'graphql';
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';
import { LRUCache } from 'lru-cache';
import type { Config } from '../config.js';
import { tooLarge } from '../errors.js';

type RejectHandler = (context: ValidationContext | null, error: GraphQLError) => void;

/** Reports instead of throwing: a rule that throws would become an internal error. */
const report: RejectHandler = (context, error) => {
  const message = error.message.replace('Syntax Error: ', '');
  context?.reportError(new GraphQLError(message, { extensions: { overLimit: true } }));
};

/** Depth and aliases, checked with the query's validation. */
export function limitRules(config: Config): ValidationRule[] {
  const options = { onReject: [report], propagateOnRejection: false };
  return [
    maxDepthRule({ n: config.MAX_QUERY_DEPTH, ignoreIntrospection: true, flattenFragments: true, ...options }),
    maxAliasesRule({ n: config.MAX_QUERY_ALIASES, ...options }),
  ] as ValidationRule[];
}

const DEFAULT_LIST_LENGTH = 50;

/** Rows that a field may bring: a list multiplies what is asked for below it by the length asked for. */
const estimateRows: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
  const returned = getNamedType(field.type);
  const isList = 'first' in args || field.args.some(({ name }) => name === 'first');
  const own = isCompositeType(returned) && !isWrapper(type.name) ? 1 : 0;
  if (!isList) return own + childComplexity;
  const first = typeof args['first'] === 'number' ? Math.max(args['first'], 0) : DEFAULT_LIST_LENGTH;
  return own + first * Math.max(childComplexity, 1);
};

/** The parts of a connection are counted with its rows. */
function isWrapper(typeName: string): boolean {
  return typeName.endsWith('Connection') || typeName.endsWith('Edge');
}

type CostCheck = (query: DocumentNode, variables: Record<string, unknown>, operationName: string | undefined) => void;

const REMEMBERED_COSTS = 100;
const MAX_KEY_LENGTH = 1000;

/** A check that throws QUERY_TOO_LARGE when the query may bring more rows than the limit. Each question is weighed once. */
export function costCheck(schema: GraphQLSchema, config: Config): CostCheck {
  const known = new WeakMap<DocumentNode, LRUCache<string, number>>();
  return (query, variables, operationName) => {
    const costs = known.get(query) ?? new LRUCache<string, number>({ max: REMEMBERED_COSTS });
    known.set(query, costs);
    const key = JSON.stringify([operationName, variables]);
    const cost = costs.get(key) ?? getComplexity({ schema, query, variables, operationName, estimators: [estimateRows] });
    if (key.length <= MAX_KEY_LENGTH) costs.set(key, cost);
    if (cost > config.MAX_QUERY_COST) {
      throw tooLarge(
        `Query cost ${cost}, your limit is ${config.MAX_QUERY_COST}. Lower \`first\` on lists or ask for fewer nested fields.`,
      );
    }
  };
}
