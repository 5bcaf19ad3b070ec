import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Context } from '../context.js';
import { guardEmbeds } from '../embed/gate.js';
import { Measures } from '../graphql/limits-measure.js';
import { limitedResult } from '../graphql/limits-result.js';
import { executionPlugin, formatEarlyError, responsePlugin } from '../graphql/plugins.js';
import { MAX_FAULTS, type SchemaViews } from '../graphql/schema-view.js';
import { answeredEarly, checkRequest } from './graphql-limits.js';
import { requestContext, type Services } from './request-context.js';

const GRAPHQL_PATH = '/graphql';

/** Serves `POST /graphql`, and GET for queries. */
export async function registerGraphQL(
  app: FastifyInstance, services: Services, schema: GraphQLSchema, views: SchemaViews, plugins: readonly ApolloServerPlugin<Context>[],
): Promise<void> {
  const { config } = services;
  const measures = new Measures();
  const apollo = new ApolloServer<Context>({
    schema,
    // Who may introspect is a permission, asked by the execution plugin.
    introspection: true,
    csrfPrevention: true,
    // An open cache that anyone may fill.
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: false,
    maxRecursiveSelections: true,
    validationOptions: { maxErrors: MAX_FAULTS },
    stopOnTerminationSignals: false,
    // Each viewer's own limits are checked before, see `checkRequest`; this bounds what anybody's may be.
    parseOptions: { maxTokens: Math.max(...Object.values(config.limits).map(({ tokens }) => tokens)) },
    stringifyResult: limitedResult,
    formatError: formatEarlyError,
    logger: app.log,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      fastifyApolloDrainPlugin(app),
      executionPlugin(schema, views),
      responsePlugin(views),
      ...plugins,
    ],
  });
  await apollo.start();
  guardEmbeds(app, GRAPHQL_PATH, services.database, config);
  await app.register(fastifyApollo(apollo), {
    path: GRAPHQL_PATH,
    context: async (request, reply) => {
      try {
        void reply.header('cache-control', 'no-store');
        const context = await requestContext(services, request, reply);
        context.figures = checkRequest(measures, context, request);
        return context;
      } catch (error) {
        throw answeredEarly(error, request);
      }
    },
  });
}
