import type { GraphQLSchema } from 'graphql';
import { post, type TestApp } from './app.js';
import { leavesOf, walkQueries } from './schema-walk.js';
import { ids, ownIds, secretsFrom, type Tenant } from './tenants.js';

/** What a walk through the whole schema found. */
export interface Walk {
  /** Secrets of other tenants, with the query that showed each. */
  leaks: string[];
  /** Answers that were errors, and how much was seen: an empty walk proves nothing. */
  errors: string[];
  leaves: number;
}

/** Whole numbers of four digits and more, and texts, as they stand in a leaf. */
function words(leaf: string | number): string {
  return typeof leaf === 'number' ? String(Math.abs(leaf)) : leaf;
}

/** How to walk: with which token instead of the account's session, and whether one leak is enough. */
interface Manner {
  token?: string;
  untilFirstLeak?: boolean;
}

/** Ids of requests and sessions: random, so that figures of anybody turn up in them, and no secret is one. */
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** What of others stands in a text. */
export function secretsIn(text: string, tenant: Tenant): string[] {
  const told = text.replaceAll(UUID, '');
  return secretsFrom(tenant).filter((secret) => new RegExp(`(?<![0-9])${secret}(?![0-9])`).test(told));
}

/** Asks for everything that the schema offers, as one account or with a token, and looks for what belongs to others. */
export async function walk(app: TestApp, schema: GraphQLSchema, tenant: Tenant, { token, untilFirstLeak = false }: Manner = {}): Promise<Walk> {
  const bearer = token ?? (await app.tokenOf(tenant));
  const result: Walk = { leaks: [], errors: [], leaves: 0 };
  for (const { query, variables } of walkQueries(schema, ids, ownIds(tenant))) {
    const { data, errors = [] } = await post(app.url, bearer, query, variables);
    // A role that may not ask at all learns nothing either.
    const unexpected = errors.filter(({ extensions }) => extensions['code'] !== 'FORBIDDEN');
    result.errors.push(...unexpected.map(({ message }) => `${query.slice(0, 60)}: ${message}`));
    const leaves = leavesOf([data, errors]).map(words);
    result.leaves += leaves.length;
    result.leaks.push(...secretsIn(leaves.join('\n'), tenant).map((secret) => `${secret} in ${query.slice(0, 60)}`));
    if (untilFirstLeak && result.leaks.length > 0) break;
  }
  return result;
}

/** Limits that let the widest query pass: the walk is about rows, not about cost. */
export const WALK_ENVIRONMENT = {
  MAX_QUERY_TOKENS: '100000', MAX_QUERY_COST: '100000000', MAX_QUERY_DEPTH: '50', MAX_QUERY_ALIASES: '1000', MAX_QUERY_FIELDS: '100000',
};
