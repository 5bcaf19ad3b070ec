import { randomUUID } from 'node:crypto';
import { constants } from 'node:zlib';
import fastifyCompress from '@fastify/compress';
import fastify, { LogController, type FastifyInstance } from 'fastify';
import { ActivityRollup } from './activity-rollup/rollup.js';
import { ensureDemoAccounts, ensureFirstAdministrator } from './auth/accounts.js';
import { Bearer } from './auth/bearer.js';
import type { Config } from './config.js';
import { Database } from './db/database.js';
import { insertDemoData, isEmpty } from './db/demo/index.js';
import { terminalProgress } from './db/demo/progress.js';
import { checkExistingTables, hasActivityIndex, trialsTakeCheckIns } from './db/existing-tables.js';
import { registerEmbeds } from './embed/route.js';
import { embedViewer } from './embed/viewer.js';
import { registerExports } from './exports/route.js';
import { HOUSEKEEPING_EVERY_MS, keepHouse } from './housekeeping.js';
import { closeUnusedConnections } from './http/closing.js';
import { registerClient } from './http/client.js';
import { answerUnreadable, registerErrorAnswers } from './http/errors.js';
import { registerGraphQL } from './http/graphql.js';
import { SchemaViews } from './graphql/schema-view.js';
import { registerHealth } from './http/health.js';
import { logging } from './http/logging.js';
import { metricsOf } from './http/metrics.js';
import { RateLimits } from './http/rate-limits.js';
import type { Services } from './http/request-context.js';
import { registerSecurity } from './http/security.js';
import { ChangeFeed } from './live/feed.js';
import { registerStream } from './http/stream.js';
import type { Tracing } from './http/tracing.js';
import { Imports } from './modules/import/imports.js';
import { registerImports } from './modules/import/route.js';
import { registerLicenseCheck } from './license-check/route.js';
import { LicenseChecks } from './license-check/service.js';
import { Providers } from './providers/providers.js';
import { Regularly } from './regularly.js';
import { dayOf } from './reports/shapes/days.js';
import { createSchema } from './schema.js';
import { OBSERVE_TRIALS_EVERY_MS, observeTrials } from './trials/observe.js';

/** A file of 1 MB that is loaded, with room for the escapes of JSON. */
const BODY_LIMIT = 2 * 1_048_576;

/** Answers are compressed while the client waits: Brotli's own defaults spend 20 times the time and 16 MB on each. */
const onTheFly = { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 18 };

/** A running server. */
export interface App {
  url: string;
  /** Answers what is under way, then closes everything. */
  stop(): Promise<void>;
}

/** The composition root, the same for production and for tests: database, accounts, then the server that uses them. */
export async function startApp(config: Config): Promise<App> {
  const database = await Database.open(config);
  try {
    await prepare(database, config);
    const takeCheckIns = await trialsTakeCheckIns(database);
    const providers = new Providers(database, config);
    const services: Services = {
      config,
      database,
      licenseChecks: new LicenseChecks(database, config, takeCheckIns, providers.providers),
      rateLimits: new RateLimits(config.limits),
      bearer: new Bearer(database, config, (token, now) => embedViewer(database, config, token, now)),
      providers,
      imports: new Imports(database, () => new Date()),
      feed: new ChangeFeed(database, () => new Date()),
      activityIndexed: await hasActivityIndex(database),
      activityRollup: new ActivityRollup(database, () => new Date()),
      trialsTakeCheckIns: takeCheckIns,
    };
    const server = await createServer(services);
    services.licenseChecks.start(server.log);
    const url = await server.listen({ host: config.HOST, port: config.PORT });
    services.providers.start(server.log);
    services.imports.start(server.log);
    services.activityRollup.start(server.log);
    const regular = [
      new Regularly(OBSERVE_TRIALS_EVERY_MS, (signal) => observeTrials(database, new Date(), { signal }), server.log, 'Trials could not be observed'),
      new Regularly(HOUSEKEEPING_EVERY_MS, (stopping) => keepHouse(database, stopping), server.log, 'Ended sessions and tokens could not be deleted'),
    ];
    for (const each of regular) each.start();
    return {
      url,
      stop: async () => {
        await Promise.all([server.close(), services.providers.stop(), ...regular.map((each) => each.stop())]);
        await services.feed.stop();
        await services.imports.stop();
        await services.activityRollup.stop();
        await services.licenseChecks.stop();
        await services.bearer.apiTokens.stop();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Brings the tables up to date and makes sure that someone can sign in. */
async function prepare(database: Database, config: Config): Promise<void> {
  const now = new Date();
  await database.migrate();
  await checkExistingTables(database);
  if (config.DEMO && (await isEmpty(database))) {
    await insertDemoData(database, dayOf(now, config.REPORT_TIMEZONE), terminalProgress());
  }
  await ensureFirstAdministrator(database, config, now);
  await ensureDemoAccounts(database, config, now);
}

async function createServer(services: Services): Promise<FastifyInstance> {
  const { config } = services;
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    trustProxy: config.TRUST_PROXY,
    genReqId: () => randomUUID(),
    logger: logging(config),
    logController: new LogController({ disableRequestLogging: !['debug', 'trace'].includes(config.LOG_LEVEL) }),
    // A closing server answers what it has and takes nothing new.
    forceCloseConnections: 'idle',
    clientErrorHandler: answerUnreadable,
  });
  // Loaded where it is asked for only: it would take a tenth of the time to start.
  const { OTEL_EXPORTER_OTLP_ENDPOINT: collector } = config;
  const tracing = collector === undefined ? null : (await import('./http/tracing.js')).tracingTo(collector, services, app.log);
  tracing?.register(app);
  closeUnusedConnections(app);
  registerErrorAnswers(app);
  await registerLicenseCheck(app, services.licenseChecks);
  // In a context of its own: what browsers need would be spent on each of a fleet's checks.
  await app.register((browsers) => registerForBrowsers(browsers, services, tracing));
  return app;
}

/** Everything that pages, their users and analysts ask for. */
async function registerForBrowsers(app: FastifyInstance, services: Services, tracing: Tracing | null): Promise<void> {
  const { config, database } = services;
  await registerSecurity(app, config);
  await app.register(fastifyCompress, { threshold: 1024, brotliOptions: { params: onTheFly } });
  registerHealth(app, database);
  const schema = createSchema();
  const views = new SchemaViews(schema);
  const metrics = metricsOf(services);
  metrics?.register(app);
  await registerGraphQL(app, services, schema, views, [metrics, tracing].flatMap((watcher) => watcher?.plugin ?? []));
  registerStream(app, services, views);
  registerExports(app, services, views);
  await registerImports(app, services);
  await registerClient(app);
  registerEmbeds(app, services);
}
