import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils';
import { defaultFieldResolver, getNamedType, isUnionType, type GraphQLFieldConfig, type GraphQLSchema, type GraphQLUnionType } from 'graphql';
import type { Context } from '../context.js';
import type { Permission } from '../graphql.generated.js';
import { permissionOf, permissionsBefore } from './requirements.js';

/** A root field that says neither who may call it nor that everyone may. */
export class UnguardedFieldError extends Error {
  constructor(readonly fields: readonly string[]) {
    super(`These root fields carry neither @requires nor @public: ${fields.join(', ')}`);
    this.name = 'UnguardedFieldError';
  }
}

/**
 * Puts a check before the resolver of every field that carries @requires or leads to a type that does. Fails closed: throws
 * UnguardedFieldError when a root field carries neither @requires nor @public. Who asks through GraphQL meets the view of the
 * schema first, in which such a field does not exist; the check stands behind it, whatever schema a query runs on.
 */
export function guardSchema(schema: GraphQLSchema): GraphQLSchema {
  const unguarded: string[] = [];
  const guarded = mapSchema(schema, {
    [MapperKind.ROOT_FIELD]: (field, name, typeName) => {
      const isPublic = (getDirective(schema, field, 'public') ?? []).length > 0;
      if ((permissionOf(schema, field) === null) === !isPublic) unguarded.push(`${typeName}.${name}`);
      return checked(schema, field as Field);
    },
    [MapperKind.COMPOSITE_FIELD]: (field) => checked(schema, field as Field),
  });
  if (unguarded.length > 0) throw new UnguardedFieldError(unguarded);
  return guarded;
}

type Field = GraphQLFieldConfig<unknown, Context>;

function checked(schema: GraphQLSchema, field: Field): Field {
  const type = getNamedType(field.type);
  const open = isUnionType(type) ? withoutHiddenMembers(schema, field, type) : field;
  const permissions = permissionsBefore(schema, field);
  return permissions.length === 0 ? open : withCheck(open, permissions);
}

function withCheck(field: Field, permissions: readonly Permission[]): Field {
  const resolve = field.resolve ?? defaultFieldResolver;
  const { subscribe } = field;
  const demandAll = (context: Context) => permissions.forEach((permission) => context.demand(permission));
  return {
    ...field,
    resolve: (source, args, context, info) => {
      demandAll(context);
      return resolve(source, args, context, info);
    },
    ...(subscribe === undefined ? {} : {
      subscribe: (source, args, context, info) => {
        demandAll(context);
        return subscribe(source, args, context, info);
      },
    }),
  };
}

/** Of a union the viewer sees the members that are open to him: what is of another type is not there. */
function withoutHiddenMembers(schema: GraphQLSchema, field: Field, union: GraphQLUnionType): Field {
  const needed = new Map(union.getTypes().map((member) => [member.name, permissionOf(schema, member)]));
  if ([...needed.values()].every((permission) => permission === null)) return field;
  const resolve = field.resolve ?? defaultFieldResolver;
  return {
    ...field,
    resolve: (source, args, context, info) => {
      const open = (value: unknown): unknown => {
        if (value == null) return null;
        const name = union.resolveType?.(value, context, info, union);
        if (typeof name !== 'string') throw new Error(`The union ${union.name} does not name its member at once.`);
        const permission = needed.get(name);
        return permission == null || (context.viewer.kind === 'account' && context.viewer.permissions.has(permission)) ? value : null;
      };
      const found: unknown = resolve(source, args, context, info);
      return found instanceof Promise ? found.then(open) : open(found);
    },
  };
}
