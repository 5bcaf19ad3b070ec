import { getDirective } from '@graphql-tools/utils';
import {
  getNamedType, isEnumType, isInputObjectType, isLeafType, isObjectType, type GraphQLField, type GraphQLObjectType, type GraphQLSchema,
} from 'graphql';
import { isRequired, sampleOf } from './schema-calls.js';

/** A part of the schema that @requires keeps from those who lack a permission, told without asking the server's own views. */
export interface GuardedPart {
  kind: 'type' | 'field' | 'input field' | 'enum value';
  /** `License`, `License.unitCost`, `LicenseFilter.unitCost`, `LicenseOrderField.UNIT_COST`. */
  path: string;
  needs: string[];
}

/** Every guarded part, fields that lead to a guarded type included; root fields aside, which answer in their own way. */
export function guardedParts(schema: GraphQLSchema): GuardedPart[] {
  const needed = (part: object) => (getDirective(schema, part, 'requires') ?? []).map(({ permission }) => String(permission));
  const roots = new Set([schema.getQueryType(), schema.getMutationType()]);
  const parts = Object.values(schema.getTypeMap()).flatMap((type): GuardedPart[] => {
    if (isEnumType(type)) return type.getValues().map((value) => ({ kind: 'enum value', path: `${type.name}.${value.name}`, needs: needed(value) }));
    if (isInputObjectType(type)) return Object.values(type.getFields()).map((field) => ({ kind: 'input field', path: `${type.name}.${field.name}`, needs: needed(field) }));
    if (!isObjectType(type)) return [];
    const own: GuardedPart = { kind: 'type', path: type.name, needs: needed(type) };
    if (roots.has(type)) return [own];
    const fields = Object.values(type.getFields()).map((field): GuardedPart => {
      const target = getNamedType(field.type);
      return { kind: 'field', path: `${type.name}.${field.name}`, needs: [...needed(field), ...(isObjectType(target) ? needed(target) : [])] };
    });
    return [own, ...fields];
  });
  return parts.filter(({ needs }) => needs.length > 0);
}

type Step = { type: GraphQLObjectType; text: (inner: string) => string };

/** A query of `seen` that reaches an object type, around what is asked of it; null when nothing leads there. */
export function queryReaching(seen: GraphQLSchema, typeName: string): ((inner: string) => string) | null {
  const query = seen.getQueryType();
  if (query == null) return null;
  const found = new Set<string>([query.name]);
  let steps: Step[] = [{ type: query, text: (inner) => `{ ${inner} }` }];
  while (steps.length > 0) {
    const target = steps.find(({ type }) => type.name === typeName);
    if (target !== undefined) return target.text;
    steps = steps.flatMap(({ type, text }) =>
      Object.values(type.getFields()).flatMap((field): Step[] => {
        const next = getNamedType(field.type);
        if (isLeafType(next) || !isObjectType(next) || found.has(next.name)) return [];
        found.add(next.name);
        return [{ type: next, text: (inner: string) => text(`${field.name}${argumentsOf(field)} { ${inner} }`) }];
      }));
  }
  return null;
}

/** The required arguments of a field with samples, as a literal. */
function argumentsOf(field: GraphQLField<unknown, unknown>): string {
  const given = field.args.filter(isRequired).map((arg) => `${arg.name}: ${literal(arg.name === 'id' ? '1' : sampleOf(arg.type), isEnumType(getNamedType(arg.type)))}`);
  return given.length === 0 ? '' : `(${given.join(', ')})`;
}

function literal(value: unknown, isEnum: boolean): string {
  if (isEnum && typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, isEnum)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return `{ ${Object.entries(value).map(([name, inner]) => `${name}: ${literal(inner, false)}`).join(', ')} }`;
  return JSON.stringify(value);
}
