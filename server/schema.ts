import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { guardSchema } from './auth/guard.js';
import type { Context } from './context.js';
import { projectFile } from './project-root.js';
import { resolvers } from './resolvers.js';

/** All SDL files under schema/, in the order of their names. */
export function readSdl(directory: string = projectFile('schema')): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => readFileSync(join(directory, name), 'utf8'));
}

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
