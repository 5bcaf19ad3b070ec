import type { GraphQLSchema } from 'graphql';
import { neverByToken, permissionsOf } from '../../server/auth/permissions.js';
import type { Permission, Role } from '../../server/graphql.generated.js';
import { SchemaViews } from '../../server/graphql/schema-view.js';
import { createSchema } from '../../server/schema.js';

const schema = createSchema();
const views = new SchemaViews(schema);

/** What a role may do, viewers included to whom VIEWER_SEES_MONEY shows money. */
export function heldBy(role: Role, VIEWER_SEES_MONEY = true): ReadonlySet<Permission> {
  return permissionsOf(role, { VIEWER_SEES_MONEY });
}

/** The part of the schema that whoever holds these permissions sees: what walks and other generated queries are made of. */
export function schemaSeenWith(permissions: ReadonlySet<Permission>): GraphQLSchema {
  return views.of(permissions).schema;
}

/** The part of the schema that a role sees. */
export function schemaSeenBy(role: Role): GraphQLSchema {
  return schemaSeenWith(heldBy(role));
}

/** The part of the schema that an API token of a role sees. */
export function schemaSeenByToken(role: Role): GraphQLSchema {
  return schemaSeenWith(new Set([...heldBy(role)].filter((permission) => !neverByToken.has(permission))));
}
