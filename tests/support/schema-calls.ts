import {
  getNamedType, getNullableType, isEnumType, isInputObjectType, isLeafType, isListType, isNonNullType, type GraphQLArgument,
  type GraphQLField, type GraphQLInputType, type GraphQLSchema,
} from 'graphql';

/** A root field of the schema. */
export interface RootField {
  kind: 'query' | 'mutation';
  field: GraphQLField<unknown, unknown>;
  /** `Query.licenses`. */
  path: string;
}

/** All root fields of the schema: whoever adds one meets the tests that walk them. */
export function rootFields(schema: GraphQLSchema): RootField[] {
  const fieldsOf = (kind: RootField['kind'], type = kind === 'query' ? schema.getQueryType() : schema.getMutationType()) =>
    Object.values(type?.getFields() ?? {}).map((field) => ({ kind, field, path: `${type?.name}.${field.name}` }));
  return [...fieldsOf('query'), ...fieldsOf('mutation')];
}

const samples: Record<string, unknown> = {
  ID: '1', Int: 1, Float: 1, Boolean: true, String: 'x', Date: '2026-01-01', DateTime: '2026-01-01T00:00:00Z', Decimal: '1.00',
  CurrencyCode: 'EUR', URL: 'https://example.com',
};

/** A valid value of an input type: required fields only. */
export function sampleOf(type: GraphQLInputType): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [sampleOf(nullable.ofType)];
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  if (isInputObjectType(nullable)) {
    return Object.fromEntries(
      Object.values(nullable.getFields())
        .filter(({ type: fieldType, defaultValue }) => isNonNullType(fieldType) && defaultValue === undefined)
        .map(({ name, type: fieldType }) => [name, sampleOf(fieldType)]),
    );
  }
  const { name } = getNamedType(nullable);
  if (!(name in samples)) throw new Error(`No sample of the scalar ${name}: add one to tests/support/schema-calls.ts`);
  return samples[name];
}

/** One request with its variables. */
export interface Call {
  query: string;
  variables: Record<string, unknown>;
}

/** A call of a root field with the given arguments; those left out that are required get a sample. */
export function callOf({ kind, field }: RootField, given: Record<string, unknown> = {}, selection = '__typename'): Call {
  const args = field.args.filter((arg) => arg.name in given || isRequired(arg));
  const declared = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = args.map(({ name }) => `${name}: $${name}`).join(', ');
  const selected = isLeafType(getNamedType(field.type)) ? '' : ` { ${selection} }`;
  return {
    query: `${kind}${declared && `(${declared})`} { ${field.name}${passed && `(${passed})`}${selected} }`,
    variables: Object.fromEntries(args.map(({ name, type }) => [name, name in given ? given[name] : sampleOf(type)])),
  };
}

export function isRequired({ type, defaultValue }: GraphQLArgument): boolean {
  return isNonNullType(type) && defaultValue === undefined;
}
