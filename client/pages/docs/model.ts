import {
  type ConstDirectiveNode, type FieldDefinitionNode, type InputValueDefinitionNode, Kind, parse, print, type StringValueNode, type TypeDefinitionNode, type TypeNode,
} from 'graphql';

/** An argument or a field of an input. */
export interface DocArgument {
  name: string;
  /** As in SDL: `[ID!]!`. */
  type: string;
  /** The type itself: `ID`. */
  typeName: string;
  /** Null: there is none. */
  defaultValue: string | null;
  description: string;
  permission: string | null;
}

/** A field with what it takes and gives. */
export interface DocField extends Omit<DocArgument, 'defaultValue'> {
  args: DocArgument[];
  deprecated: string | null;
}

/** A value of an enumeration. */
export interface DocValue {
  name: string;
  description: string;
  permission: string | null;
}

/** What a type is, in the words of people. */
export type DocKind = 'object' | 'input' | 'enumeration' | 'scalar' | 'union' | 'interface';

/** A type of the schema. */
export interface DocType {
  name: string;
  kind: DocKind;
  description: string;
  permission: string | null;
  fields: DocField[];
  /** Fields of an input. */
  inputs: DocArgument[];
  values: DocValue[];
  /** Types that a union or an interface stands for. */
  members: string[];
  /** Fields and arguments of this type: `License.company`, `Query.licenses(filter)`. */
  usedBy: string[];
}

/** The schema, for readers. */
export interface DocModel {
  queries: DocField[];
  changes: DocField[];
  types: ReadonlyMap<string, DocType>;
}

const kinds: Partial<Record<Kind, DocKind>> = {
  [Kind.OBJECT_TYPE_DEFINITION]: 'object', [Kind.INPUT_OBJECT_TYPE_DEFINITION]: 'input', [Kind.ENUM_TYPE_DEFINITION]: 'enumeration',
  [Kind.SCALAR_TYPE_DEFINITION]: 'scalar', [Kind.UNION_TYPE_DEFINITION]: 'union', [Kind.INTERFACE_TYPE_DEFINITION]: 'interface',
};

const said = (description: StringValueNode | undefined) => description?.value ?? '';

function argumentOf(directives: readonly ConstDirectiveNode[] | undefined, directive: string, argument: string): string | null {
  const found = directives?.find(({ name }) => name.value === directive);
  const value = found?.arguments?.find(({ name }) => name.value === argument)?.value;
  return value && 'value' in value ? String(value.value) : null;
}

const permissionOf = (directives: readonly ConstDirectiveNode[] | undefined) => argumentOf(directives, 'requires', 'permission');

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));

function inputOf({ name, type, defaultValue, description, directives }: InputValueDefinitionNode): DocArgument {
  return {
    name: name.value, type: print(type), typeName: nameOf(type), defaultValue: defaultValue ? print(defaultValue) : null, description: said(description),
    permission: permissionOf(directives),
  };
}

function fieldOf({ name, type, arguments: args = [], description, directives }: FieldDefinitionNode): DocField {
  const deprecated = directives?.some((directive) => directive.name.value === 'deprecated') ? (argumentOf(directives, 'deprecated', 'reason') ?? 'No longer supported') : null;
  return { name: name.value, type: print(type), typeName: nameOf(type), description: said(description), permission: permissionOf(directives), args: args.map(inputOf), deprecated };
}

function typeOf(node: TypeDefinitionNode): DocType {
  const isInput = node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION;
  return {
    name: node.name.value, kind: kinds[node.kind] ?? 'scalar', description: said(node.description), permission: permissionOf(node.directives),
    fields: 'fields' in node && !isInput ? (node.fields ?? []).map((field) => fieldOf(field)) : [],
    inputs: isInput ? (node.fields ?? []).map(inputOf) : [],
    values: node.kind === Kind.ENUM_TYPE_DEFINITION
      ? (node.values ?? []).map(({ name, description, directives }) => ({ name: name.value, description: said(description), permission: permissionOf(directives) }))
      : [],
    members: node.kind === Kind.UNION_TYPE_DEFINITION ? (node.types ?? []).map(({ name }) => name.value) : [],
    usedBy: [],
  };
}

const roots = ['Query', 'Mutation'];

/** Reads SDL into what the pages show. */
export function readModel(sdl: string): DocModel {
  const nodes = parse(sdl, { noLocation: true }).definitions.filter((node): node is TypeDefinitionNode => node.kind in kinds);
  const all = new Map(nodes.map((node) => [node.name.value, typeOf(node)]));
  for (const node of nodes) {
    if (!('interfaces' in node)) continue;
    for (const { name } of node.interfaces ?? []) all.get(name.value)?.members.push(node.name.value);
  }
  for (const [owner, { fields, inputs }] of all) {
    for (const input of inputs) all.get(input.typeName)?.usedBy.push(`${owner}.${input.name}`);
    for (const field of fields) {
      all.get(field.typeName)?.usedBy.push(`${owner}.${field.name}`);
      for (const arg of field.args) all.get(arg.typeName)?.usedBy.push(`${owner}.${field.name}(${arg.name})`);
    }
  }
  return {
    queries: all.get('Query')?.fields ?? [],
    changes: all.get('Mutation')?.fields ?? [],
    types: new Map([...all].filter(([name]) => !roots.includes(name)).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Where the docs of a field or type stand: `License.seats`, `Query.licenses(first)` or `License`. */
export function hrefOf(name: string): string {
  const [path = '', ...rest] = name.replace(/\(.*$/, '').split('.');
  const [field] = rest;
  if (field === undefined) return `/docs/${path}`;
  return roots.includes(path) ? `/docs/${path}.${field}` : `/docs/${path}#${field}`;
}
