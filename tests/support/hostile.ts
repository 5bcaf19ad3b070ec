import {
  getNamedType, getNullableType, isInputObjectType, isListType, type GraphQLArgument, type GraphQLInputField,
  type GraphQLInputObjectType, type GraphQLInputType,
} from 'graphql';
import { callOf, sampleOf, type Call, type RootField } from './schema-calls.js';

/** Stands for JSON's `1e999`, which `JSON.stringify` cannot write: it reads as Infinity. */
export const HUGE_EXPONENT = '@@1e999@@';

/** How long an answer may take, whatever was sent. */
export const QUICK_MS = 1500;
const SENT_AT_MOST = 3;

/** What the quickest of up to three answers took, the first among them: other work on the machine may hold up any one. */
export async function quickest(first: number, again: () => Promise<number>): Promise<number> {
  let best = first;
  for (let sent = 1; best > QUICK_MS && sent < SENT_AT_MOST; sent += 1) best = Math.min(best, await again());
  return best;
}

/** Values that nobody means well with; most are wrong for most types. */
const hostileValues: Record<string, unknown> = {
  empty: '', blank: ' \t\n', wrongNumber: 3.7, negative: -1, zero: 0, int32: 2_147_483_648, huge: 9_007_199_254_740_993, exponent: HUGE_EXPONENT,
  nan: 'NaN', infinity: 'Infinity', hex: '0x10', numberLike: '1e999', sql: "' or 1=1 --", sqlUnion: '1) union select 1,2,3 from sw_accounts -- ',
  comment: '1/*!50000 or 1=1*/', backslash: "\\' or 1=1 #", nul: 'a\u0000b', surrogate: 'a\ud800b', emoji: '🤷‍♀️', rtl: '\u202eabc', long: 'x'.repeat(60_000),
  boolean: true, list: [1, 2], emptyList: [], object: { a: 1 }, emptyObject: {}, nested: { eq: { eq: [] } }, prototype: { constructor: 1, toString: null },
  noDay: '2026-02-30', noMonth: '2026-13-01', zeroDay: '0000-00-00', lastDay: '9999-12-31', firstDay: '1000-01-01', earlyDay: '0001-01-01', bigYear: '12026-01-01',
  instant: '2026-01-01T00:00:00Z', unknownCurrency: 'XXX', lowerCurrency: 'eur', decimals: '1.23456789012345678901234567890', bigDecimal: '9'.repeat(39), like: '%_!',
  cursor: Buffer.from('["license.ID","ASC",{"a":1},1]').toString('base64url'), null: null,
};

/** Those that a database might read otherwise than it was meant; the types refuse the rest whatever the database. */
const forDatabases = new Set([
  'negative', 'zero', 'sql', 'sqlUnion', 'comment', 'backslash', 'nul', 'surrogate', 'emoji', 'long', 'emptyList', 'lastDay', 'firstDay', 'decimals',
  'bigDecimal', 'like', 'cursor', 'null',
]);

export function valuesFor(database: 'SQLite' | 'MariaDB'): [string, unknown][] {
  return Object.entries(hostileValues).filter(([name]) => database === 'SQLite' || forDatabases.has(name));
}

/** A place for a value in the arguments of a root field. */
export interface Place {
  /** `Query.licenses(filter.seats.eq)`. */
  name: string;
  root: RootField;
  call(value: unknown): Call;
}

type Slot = GraphQLArgument | GraphQLInputField;

/**
 * Every argument of every root field, and every field of every input type, the latter once each: they mean the same wherever
 * they occur.
 */
export function placesOf(roots: readonly RootField[]): Place[] {
  const visited = new Set<string>();
  return roots.flatMap((root) => root.field.args.flatMap((arg) => slotsOf(arg, [], visited).map((path): Place => ({
    name: `${root.path}(${[arg.name, ...path].join('.')})`,
    root,
    call: (value) => callOf(root, { [arg.name]: inserted(arg.type, path, value) }),
  }))));
}

/** The paths below an argument; the empty path is the argument itself. */
function slotsOf({ type }: Slot, prefix: readonly string[], visited: Set<string>): string[][] {
  const named = getNamedType(type);
  const own = [[...prefix]];
  if (!isInputObjectType(named)) return own;
  return own.concat(Object.values(named.getFields()).flatMap((field) => {
    const coordinate = `${named.name}.${field.name}`;
    if (visited.has(coordinate)) return [];
    visited.add(coordinate);
    if (getNamedType(field.type) === named) return [[...prefix, field.name]];
    return slotsOf(field, [...prefix, field.name], visited);
  }));
}

function inserted(type: GraphQLInputType, [head, ...rest]: readonly string[], value: unknown): unknown {
  if (head === undefined) return value;
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [inserted(nullable.ofType, [head, ...rest], value)];
  const object = nullable as GraphQLInputObjectType;
  const field = object.getFields()[head];
  if (field === undefined) throw new Error(`${object.name} has no field ${head}`);
  return { ...(sampleOf(object) as object), [head]: inserted(field.type, rest, value) };
}

/** The request as it goes over the wire. */
export function bodyOf({ query, variables }: Call): string {
  return JSON.stringify({ query, variables }).replaceAll(`"${HUGE_EXPONENT}"`, '1e999');
}

