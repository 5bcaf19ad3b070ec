import {
  getNamedType, getNullableType, isAbstractType, isCompositeType, isEnumType, isInputObjectType, isListType, isNonNullType, isObjectType,
  type GraphQLArgument, type GraphQLCompositeType, type GraphQLField, type GraphQLInputType, type GraphQLSchema,
} from 'graphql';
import type { Call } from './schema-calls.js';

/**
 * Values that nobody means well with and that are still of the right type. None of them looks like the SQL, the paths and the
 * words of drivers that no answer may hold, so that a message which repeats one tells nothing.
 */
const hostileOf: Record<string, readonly unknown[]> = {
  Int: [0, 1, -1, 2, 7, 50, 499, 500, 501, 65_536, 2_147_483_647, -2_147_483_648],
  Float: [0, -0.5, 1, 1e308, -1e308, 5e-324, 0.1],
  Boolean: [true, false],
  String: [
    '', ' ', 'a', "' or 1=1 --", '1); drop table x; --', "\\' or 1=1 #", '/*!50000 1 */', 'a\u0000b', '\ud800', '\u202eabc', '🤷‍♀️', '%', '_', '!%_', '%'.repeat(300),
    'x'.repeat(4000), '__proto__', 'constructor', '{"a":1}', '[]', '=1+1', '../../../etc', 'ß', 'İ', 'null', '1e999', '0x10', '\n\r\t', '"', '`', '${1}', '%s', ':a', '?', '@@',
    'eyJhbGciOiJub25lIn0.e30.', 'W10', 'bnVsbA', 'eyJhIjoxfQ', Buffer.from('["license.ID","ASC",{"a":1},1]').toString('base64url'),
  ],
  ID: ['1', '0', '-1', '710001', '720001', '730001', '2147483648', '9007199254740993', 'abc', '', 'portal:1', 'trial:750001', 'external:760001', 'portal:', 'portal:1:2', "1' or '1'='1", '٣', ' 1', '1e3'],
  Date: ['1000-01-01', '1582-10-10', '1969-12-31', '2024-02-29', '2026-03-29', '2026-06-20', '2026-10-25', '2038-01-19', '9999-12-30', '9999-12-31'],
  DateTime: ['1970-01-01T00:00:00Z', '2026-06-20T12:00:00.000Z', '2026-03-29T01:30:00+01:00', '9999-12-31T23:59:59.999Z', '1000-01-01T00:00:00Z'],
  Decimal: ['0', '-0', '0.00', '1.005', '-1.5', '99999999999999999999', '0.00000000000000000001', '1234567890123456789012345678901234567890'],
  CurrencyCode: ['EUR', 'USD', 'JPY', 'KWD', 'ISK', 'MRU'],
};

/** Values that somebody might well mean, or hardly any query would get as far as the database. */
const plainOf: Record<string, readonly unknown[]> = {
  Int: [1, 5, 14, 30], Float: [1], Boolean: [true, false], String: ['mark', '2'], ID: ['710001', '720001', '730001'], Date: ['2026-06-20', '2025-12-31'],
  DateTime: ['2026-06-20T12:00:00Z'], Decimal: ['1.00'], CurrencyCode: ['EUR', 'USD'],
};

/** A small generator of numbers: the same seed, the same query, on every machine. */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const DEEPEST = 5;
const MOST_FIELDS = 30;

/** Writes one query: fields at random, of each as many as the budget lets, with hostile arguments, as literals and as variables. */
class Writer {
  readonly #random: () => number;
  readonly variables: Record<string, unknown> = {};
  readonly #declared: string[] = [];
  readonly #fragments: string[] = [];
  #budget = MOST_FIELDS;

  constructor(private readonly schema: GraphQLSchema, seed: number) {
    this.#random = numbersFrom(seed);
  }

  query(): Call {
    const root = this.schema.getQueryType();
    if (root == null) throw new Error('The schema has no queries.');
    const fields = Object.values(root.getFields());
    const chosen = Array.from({ length: 1 + this.#below(2) }, () => this.#one(fields));
    const selections = chosen.map((field, index) => this.#field(field, `r${index}_`, DEEPEST));
    const declared = this.#declared.length === 0 ? '' : `(${this.#declared.join(', ')})`;
    return { query: `query Random${declared} { ${selections.join(' ')} } ${this.#fragments.join(' ')}`, variables: this.variables };
  }

  #field(field: GraphQLField<unknown, unknown>, prefix: string, depth: number): string {
    this.#budget -= 1;
    const args = field.args.filter((arg) => isNeeded(arg) || this.#chance(arg.name === 'after' ? 0.1 : 0.5)).map((arg) => `${arg.name}: ${this.#value(arg)}`);
    const named = getNamedType(field.type);
    const below = isCompositeType(named) ? ` ${this.#selection(named, depth - 1)}` : '';
    const alias = prefix !== '' || this.#chance(0.02) ? `${prefix === '' ? 'a_' : prefix}${field.name}: ` : '';
    return `${alias}${field.name}${args.length === 0 ? '' : `(${args.join(', ')})`}${this.#condition()}${below}`;
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    const fields = this.#fieldsOf(type, depth);
    if (!this.#chance(0.1)) return `{ ${fields} }`;
    const name = `F${this.#fragments.length}`;
    this.#fragments.push(`fragment ${name} on ${type.name} { ${fields} }`);
    return this.#chance(0.5) ? `{ ...${name} }` : `{ ... on ${type.name}${this.#condition()} { ...${name} } __typename }`;
  }

  #fieldsOf(type: GraphQLCompositeType, depth: number): string {
    if (isAbstractType(type)) {
      const members = this.schema.getPossibleTypes(type).filter(() => this.#chance(0.7));
      // Fields of two types must not meet under one name.
      return ['__typename', ...members.map((member) => `... on ${member.name} { ${this.#some(member, depth, `${member.name}_`)} }`)].join(' ');
    }
    return isObjectType(type) ? this.#some(type, depth, '') : '__typename';
  }

  #some(type: GraphQLCompositeType, depth: number, prefix: string): string {
    if (!isObjectType(type)) return '__typename';
    const possible = Object.values(type.getFields()).filter((field) => depth > 0 || !isCompositeType(getNamedType(field.type)));
    const wanted = 1 + this.#below(5);
    const chosen = possible.length === 0 ? [] : new Set(Array.from({ length: Math.min(wanted, Math.max(0, this.#budget)) }, () => this.#one(possible)));
    return ['__typename', ...[...chosen].map((field) => this.#field(field, prefix, depth))].join(' ');
  }

  #condition(): string {
    if (!this.#chance(0.05)) return '';
    return ` @${this.#chance(0.5) ? 'include' : 'skip'}(if: ${this.#chance(0.5) ? String(this.#chance(0.5)) : this.#variable('Boolean!', this.#chance(0.5))})`;
  }

  #value({ name, type }: GraphQLArgument): string {
    // Most pages are of an allowed length, or nothing below them would ever be asked for.
    const value = name === 'first' && this.#chance(0.8) ? 1 + this.#below(20) : this.#of(type, 3);
    return this.#chance(0.5) || hasNoLiteral(value) ? this.#variable(String(type), value) : literalOf(type, value);
  }

  #variable(type: string, value: unknown): string {
    const name = `v${this.#declared.length}`;
    this.#declared.push(`$${name}: ${type}`);
    this.variables[name] = value;
    return `$${name}`;
  }

  /** A valid value of an input type. */
  #of(type: GraphQLInputType, depth: number): unknown {
    if (!isNonNullType(type) && this.#chance(0.08)) return null;
    const nullable = getNullableType(type);
    if (isListType(nullable)) return Array.from({ length: this.#below(this.#chance(0.05) ? 60 : 4) }, () => this.#of(nullable.ofType, depth));
    if (isEnumType(nullable)) return this.#one(nullable.getValues()).name;
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields());
      const given = nullable.isOneOf ? [this.#one(fields)]
        : fields.filter((field) => isNeeded(field) || (this.#chance(0.25) && (depth > 0 || !isInputObjectType(getNamedType(field.type)))));
      return Object.fromEntries(given.map((field) => [field.name, nullable.isOneOf ? this.#given(field.type, depth - 1) : this.#of(field.type, depth - 1)] as const));
    }
    const values = (this.#chance(0.7) ? plainOf : hostileOf)[nullable.name];
    if (values === undefined) throw new Error(`No hostile values of the scalar ${nullable.name}: add some to tests/support/random-queries.ts`);
    return this.#one(values);
  }

  #given(type: GraphQLInputType, depth: number): unknown {
    return this.#of(type, depth) ?? this.#given(type, depth);
  }

  #one<T>(list: readonly T[]): T {
    return list[this.#below(list.length)] as T;
  }

  #below(end: number): number {
    return Math.floor(this.#random() * end);
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }
}

function isNeeded({ type, defaultValue }: { type: GraphQLInputType; defaultValue?: unknown }): boolean {
  return isNonNullType(type) && defaultValue === undefined;
}

/** A lone surrogate can be sent as JSON, but not written in GraphQL. */
function hasNoLiteral(value: unknown): boolean {
  return JSON.stringify(value).includes('\\ud8');
}

/** A value as it stands in the text of a query. */
function literalOf(type: GraphQLInputType, value: unknown): string {
  const nullable = getNullableType(type);
  if (value === null) return 'null';
  if (isListType(nullable)) return `[${(value as unknown[]).map((part) => literalOf(nullable.ofType, part)).join(', ')}]`;
  if (isEnumType(nullable)) return value as string;
  if (!isInputObjectType(nullable)) return JSON.stringify(value);
  const fields = nullable.getFields();
  return `{ ${Object.entries(value as object).map(([name, part]) => `${name}: ${literalOf(fields[name]?.type ?? nullable, part)}`).join(', ')} }`;
}

/** A valid query of the schema, different for each seed and always the same for one. */
export function randomQuery(schema: GraphQLSchema, seed: number): Call {
  return new Writer(schema, seed).query();
}
