import { ApolloServer, HeaderMap } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Context } from '../context.js';
import { DatabaseError, RETRY_AFTER_SECONDS, unavailable } from '../errors.js';
import { limitRules } from '../graphql/limits.js';
import { executionPlugin, formatEarlyError, responsePlugin } from '../graphql/plugins.js';
import { requestContext, type Services } from './request-context.js';

/** Serves `POST /graphql`, and GET for queries. */
export async function registerGraphQL(app: FastifyInstance, services: Services, schema: GraphQLSchema): Promise<void> {
  const { config } = services;
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
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: config.MAX_QUERY_TOKENS },
    validationRules: limitRules(config),
    formatError: formatEarlyError,
    logger: app.log,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      fastifyApolloDrainPlugin(app),
      executionPlugin(schema, config),
      responsePlugin,
    ],
  });
  await apollo.start();
  await app.register(fastifyApollo(apollo), {
    context: async (request, reply) => {
      try {
        return await requestContext(services, request, reply);
      } catch (error) {
        if (error instanceof DatabaseError) throw withStatus(503, unavailable());
        throw error;
      }
    },
  });
}

function withStatus(status: number, error: ReturnType<typeof unavailable>): ReturnType<typeof unavailable> {
  error.extensions['http'] = { status, headers: new HeaderMap([['retry-after', String(RETRY_AFTER_SECONDS)]]) };
  return error;
}
