import { randomUUID } from 'node:crypto';
import { constants } from 'node:zlib';
import fastifyCompress from '@fastify/compress';
import fastifyCookie from '@fastify/cookie';
import fastifyCors from '@fastify/cors';
import fastifyHelmet from '@fastify/helmet';
import fastify, { LogController, type FastifyInstance } from 'fastify';
import { ensureDemoAccounts, ensureFirstAdministrator } from './auth/accounts.js';
import { deleteExpiredSessions } from './auth/session-store.js';
import { Sessions } from './auth/sessions.js';
import type { Config } from './config.js';
import { Database } from './db/database.js';
import { insertDemoData, isEmpty } from './db/demo/index.js';
import { terminalProgress } from './db/demo/progress.js';
import { checkExistingTables, hasActivityIndex, trialsTakeCheckIns } from './db/existing-tables.js';
import { registerExports } from './exports/route.js';
import { registerClient } from './http/client.js';
import { registerErrorAnswers } from './http/errors.js';
import { registerGraphQL } from './http/graphql.js';
import { registerHealth } from './http/health.js';
import type { Services } from './http/request-context.js';
import { Imports } from './modules/import/imports.js';
import { registerImports } from './modules/import/route.js';
import { registerLicenseCheck } from './license-check/route.js';
import { LicenseChecks } from './license-check/service.js';
import { Providers } from './providers/providers.js';
import { dayOf } from './reports/shapes/days.js';
import { createSchema } from './schema.js';
import { TrialWatch } from './trials/watch.js';

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
      sessions: new Sessions(database, config),
      providers,
      imports: new Imports(database, () => new Date()),
      activityIndexed: await hasActivityIndex(database),
      trialsTakeCheckIns: takeCheckIns,
    };
    const server = await createServer(services);
    services.licenseChecks.start(server.log);
    const url = await server.listen({ host: config.HOST, port: config.PORT });
    services.providers.start(server.log);
    services.imports.start(server.log);
    const trials = new TrialWatch(database, server.log);
    trials.start();
    return {
      url,
      stop: async () => {
        await Promise.all([server.close(), services.providers.stop(), trials.stop()]);
        await services.imports.stop();
        await services.licenseChecks.stop();
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
  await deleteExpiredSessions(database, now);
}

async function createServer(services: Services): Promise<FastifyInstance> {
  const { config, database } = services;
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    trustProxy: config.TRUST_PROXY,
    genReqId: () => randomUUID(),
    logger: { level: config.LOG_LEVEL, redact: ['req.headers.authorization', 'req.headers.cookie'] },
    logController: new LogController({ disableRequestLogging: !['debug', 'trace'].includes(config.LOG_LEVEL) }),
    // A closing server answers what it has and takes nothing new.
    forceCloseConnections: 'idle',
  });
  registerErrorAnswers(app);
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        // Mantine sizes and colours its elements with inline styles.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: null,
      },
    },
  });
  await app.register(fastifyCors, { origin: [...config.corsOrigins], credentials: true });
  await app.register(fastifyCookie);
  await app.register(fastifyCompress, { threshold: 1024, brotliOptions: { params: onTheFly } });
  registerHealth(app, database);
  const schema = createSchema();
  await registerGraphQL(app, services, schema);
  registerExports(app, services, schema);
  await registerLicenseCheck(app, services.licenseChecks);
  await registerImports(app, services);
  await registerClient(app);
  return app;
}
