import { getDirective, type DirectableGraphQLObject } from '@graphql-tools/utils';
import { getNamedType, isObjectType, type GraphQLOutputType, type GraphQLSchema } from 'graphql';
import type { Permission } from '../graphql.generated.js';

/** The permission that @requires names on a part of the schema; null: none. */
export function permissionOf(schema: GraphQLSchema, part: DirectableGraphQLObject): Permission | null {
  const directive = getDirective(schema, part, 'requires')?.[0];
  return directive === undefined ? null : (directive['permission'] as Permission);
}

/** What a viewer must hold to see a field: what it asks for itself, and what the type asks for that it leads to. */
export function permissionsBefore(schema: GraphQLSchema, field: DirectableGraphQLObject & { type: GraphQLOutputType }): Permission[] {
  const type = getNamedType(field.type);
  const needed = [permissionOf(schema, field), isObjectType(type) ? permissionOf(schema, type) : null];
  return [...new Set(needed.filter((permission) => permission !== null))];
}
