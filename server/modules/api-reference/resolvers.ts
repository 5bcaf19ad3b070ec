import { printSchemaWithDirectives } from '@graphql-tools/utils';
import type { GraphQLSchema } from 'graphql';
import type { QueryResolvers } from '../../graphql.generated.js';

/** As long as the view of the schema that they were made of; viewers with the same permissions share one. */
const texts = new WeakMap<GraphQLSchema, string>();

export const apiReferenceQueries = {
  apiReference: (_, __, ___, { schema }) => {
    const known = texts.get(schema) ?? printSchemaWithDirectives(schema);
    texts.set(schema, known);
    return known;
  },
} satisfies QueryResolvers;
