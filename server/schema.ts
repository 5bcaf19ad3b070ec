import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { guardSchema } from './auth/guard.js';
import type { Context } from './context.js';
import { resolvers } from './resolvers.js';
import { readSdl } from './sdl.js';

/** The executable schema, guarded. Throws on a root field that nobody has decided about. */
export function createSchema(): GraphQLSchema {
  return guardSchema(
    makeExecutableSchema<Context>({
      typeDefs: readSdl(),
      resolvers,
      resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
    }),
  );
}
