import {
  astFromValue, getNamedType, isAbstractType, isCompositeType, isEnumType, isLeafType, isObjectType, type GraphQLArgument,
  print, type GraphQLCompositeType, type GraphQLField, type GraphQLSchema,
} from 'graphql';
import { isRequired, sampleOf } from './schema-calls.js';

/** Arguments that are given wherever a field takes them. */
const given: Record<string, string> = {
  first: '20', asOf: '"2026-06-20"', windowDays: '30', groupBy: '[OWNER, COMPANY, PRODUCT, STATUS]', range: '{ from: "2026-05-01", to: "2026-06-20" }',
};

/** How often a field is asked for, with which arguments: once, or once for each value of an enum that is no ordering. */
function variantsOf(field: GraphQLField<unknown, unknown>): string[] {
  const fixed = field.args.flatMap((arg) => {
    if (arg.name in given) return [`${arg.name}: ${given[arg.name]}`];
    if (isRequired(arg) && !isChoice(arg)) return [`${arg.name}: ${isEnumType(getNamedType(arg.type)) ? `[${valuesOf(arg).join(', ')}]` : sampleText(arg)}`];
    return [];
  });
  const choices = field.args.filter((arg) => isChoice(arg));
  const chosen = choices.reduce<string[][]>(
    (sets, arg) => sets.flatMap((set) => valuesOf(arg).map((value) => [...set, `${arg.name}: ${value}`])), [[]],
  );
  return chosen.map((set) => [...fixed, ...set].join(', '));
}

function sampleText({ type }: GraphQLArgument): string {
  const literal = astFromValue(sampleOf(type), type);
  if (literal == null) throw new Error(`No sample of ${String(type)}`);
  return print(literal);
}

function isChoice({ type }: GraphQLArgument): boolean {
  return isEnumType(getNamedType(type)) && !String(type).includes('[');
}

function valuesOf({ type }: GraphQLArgument): string[] {
  const named = getNamedType(type);
  return isEnumType(named) ? named.getValues().map(({ name }) => name) : [];
}

/** Everything that can be selected on a type, down to `depth` levels of fields that hold fields. */
export function selectionOf(schema: GraphQLSchema, type: GraphQLCompositeType, depth: number): string {
  if (isAbstractType(type)) {
    const members = schema.getPossibleTypes(type).map((member) => `... on ${member.name} { ${fieldsOf(schema, member, depth, `${member.name}_`)} }`);
    return `__typename ${members.join(' ')}`;
  }
  return fieldsOf(schema, type, depth, '');
}

function fieldsOf(schema: GraphQLSchema, type: GraphQLCompositeType, depth: number, prefix: string): string {
  if (!('getFields' in type)) return '__typename';
  const selected = Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    if (isCompositeType(named) && depth <= 1) return [];
    // A page is asked for once: its edges are walked for their cursors and one level of the node.
    const below = field.name === 'edges' ? Math.min(depth - 1, 2) : depth - 1;
    const selection = isLeafType(named) ? '' : ` { ${selectionOf(schema, named as GraphQLCompositeType, below)} }`;
    return variantsOf(field).map((args, index) => {
      const alias = prefix !== '' || index > 0 ? `${prefix}${field.name}_${index}: ` : '';
      return `${alias}${field.name}${args && `(${args})`}${selection}`;
    });
  });
  return ['__typename', ...selected].join(' ');
}

/** One question of a walk. */
export interface Question {
  query: string;
  variables?: { id: string };
}

/**
 * Queries that together ask for every field within reach, each at every depth down to `depth`. Root fields that need an id
 * are asked with each of the given ids, deeply with those in `deep`. Made from the schema: a new field is asked for without anyone remembering it.
 */
export function walkQueries(schema: GraphQLSchema, ids: readonly number[], deep: readonly number[] = ids, depth = 5): Question[] {
  return Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field): Question[] => {
    const named = getNamedType(field.type);
    // Below a list the rows lie one level deeper.
    const levels = named.name.endsWith('Connection') ? depth + 1 : depth;
    const selected = (toDepth: number) => (isObjectType(named) ? ` { ${selectionOf(schema, named, toDepth)} }` : '');
    if (!field.args.some(({ name }) => name === 'id')) {
      return variantsOf(field).map((args) => ({ query: `{ ${field.name}${args && `(${args})`}${selected(levels)} }` }));
    }
    const query = (toDepth: number) => `query($id: ID!) { ${field.name}(id: $id)${selected(toDepth)} }`;
    const [full, short] = [query(levels), query(2)];
    const prefixes = named.name === 'UnifiedLicense' ? ['portal:', 'trial:', 'external:'] : [''];
    return prefixes.flatMap((prefix) => ids.map((id) => ({ query: deep.includes(id) ? full : short, variables: { id: `${prefix}${id}` } })));
  });
}

/** All leaves of an answer: what the client gets to see, with the contents of cursors. */
export function leavesOf(value: unknown): (string | number)[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leavesOf);
  if (typeof value === 'number') return [value];
  return typeof value === 'string' ? [value, Buffer.from(value, 'base64url').toString('utf8')] : [];
}
