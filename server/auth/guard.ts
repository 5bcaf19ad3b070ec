import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils';
import { defaultFieldResolver, type GraphQLFieldConfig, type GraphQLSchema } from 'graphql';
import type { Context } from '../context.js';
import type { Permission } from '../graphql.generated.js';

/** A root field that says neither who may call it nor that everyone may. */
export class UnguardedFieldError extends Error {
  constructor(readonly fields: readonly string[]) {
    super(`These root fields carry neither @requires nor @public: ${fields.join(', ')}`);
    this.name = 'UnguardedFieldError';
  }
}

/**
 * Puts a check before the resolver of every field that carries @requires. Fails closed: throws UnguardedFieldError when
 * a root field carries neither @requires nor @public.
 */
export function guardSchema(schema: GraphQLSchema): GraphQLSchema {
  const unguarded: string[] = [];
  const guarded = mapSchema(schema, {
    [MapperKind.ROOT_FIELD]: (field, name, typeName) => {
      const permission = permissionOf(schema, field as Field);
      const isPublic = (getDirective(schema, field, 'public') ?? []).length > 0;
      if ((permission === null) === !isPublic) unguarded.push(`${typeName}.${name}`);
      return permission === null ? field : withCheck(field as Field, permission);
    },
    [MapperKind.COMPOSITE_FIELD]: (field) => {
      const permission = permissionOf(schema, field as Field);
      return permission === null ? field : withCheck(field as Field, permission);
    },
  });
  if (unguarded.length > 0) throw new UnguardedFieldError(unguarded);
  return guarded;
}

type Field = GraphQLFieldConfig<unknown, Context>;

function permissionOf(schema: GraphQLSchema, field: Field): Permission | null {
  const directive = getDirective(schema, field, 'requires')?.[0];
  return directive === undefined ? null : (directive['permission'] as Permission);
}

function withCheck(field: Field, permission: Permission): Field {
  const resolve = field.resolve ?? defaultFieldResolver;
  return {
    ...field,
    resolve: (source, args, context, info) => {
      context.demand(permission);
      return resolve(source, args, context, info);
    },
  };
}
