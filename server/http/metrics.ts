import { timingSafeEqual } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import sql from 'sql-template-tag';
import type { Context } from '../context.js';
import { STATEMENTS, type StatementEvent } from '../db/database.js';
import { instantOrNull, text } from '../db/decode.js';
import { OTHER, operationLabel } from './operation-label.js';
import type { Services } from './request-context.js';

/** Event loop, memory and garbage collection belong to the process, whatever runs in it. */
const ofProcess = new Registry();
let processIsWatched = false;

const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What one server counts. */
export interface Metrics {
  /** Counts requests by operation and by how they ended. */
  readonly plugin: ApolloServerPlugin<Context>;
  /** Serves `GET /metrics` to whoever brings the token. */
  register(app: FastifyInstance): void;
}

/** The server's figures for Prometheus; null where no METRICS_TOKEN is set: then nothing is counted, and `/metrics` is not there. */
export function metricsOf(services: Services): Metrics | null {
  const { METRICS_TOKEN } = services.config;
  if (METRICS_TOKEN === undefined) return null;
  if (!processIsWatched) collectDefaultMetrics({ register: ofProcess });
  processIsWatched = true;
  const registry = new Registry();
  const onStatement = watchStatements(registry);
  const { database } = services;
  watchStates(registry, 'seatwise_database_connections', 'Connections to the database that are busy or free, and requests that wait for one.', () => database.poolUse());
  watchStates(registry, 'seatwise_database_replicas', 'Replicas that answer reads (used), and those that are left alone since they were behind or away (resting).', () => database.replicaUse());
  watchRollup(registry, services);
  watchProviders(registry, services);
  return {
    plugin: watchOperations(registry),
    register: (app) => {
      app.addHook('onClose', async () => void unsubscribe(STATEMENTS, onStatement));
      app.get('/metrics', async (request, reply) => {
        if (!isToken(request.headers.authorization, METRICS_TOKEN)) return reply.callNotFound();
        return reply.type(registry.contentType).send(`${await ofProcess.metrics()}\n${await registry.metrics()}`);
      });
    },
  };
}

function isToken(given: string | undefined, token: string): boolean {
  const [sent, expected] = [Buffer.from(given ?? ''), Buffer.from(`Bearer ${token}`)];
  return sent.length === expected.length && timingSafeEqual(sent, expected);
}

function watchOperations(registry: Registry): ApolloServerPlugin<Context> {
  const requests = new Histogram({
    name: 'seatwise_graphql_request_seconds', help: 'Time from the parsed request to its answer, by operation of the client (other: anybody else\'s) and outcome (ok, or the code of the first error).',
    labelNames: ['operation', 'outcome'], buckets: BUCKETS, registers: [registry],
  });
  return {
    requestDidStart: async () => {
      const started = performance.now();
      return {
        willSendResponse: async ({ operationName, response }) => {
          const { errors } = response.body.kind === 'single' ? response.body.singleResult : { errors: undefined };
          const code = errors?.[0]?.extensions?.['code'];
          const outcome = errors === undefined ? 'ok' : typeof code === 'string' ? code : OTHER;
          requests.observe({ operation: operationLabel(operationName), outcome }, (performance.now() - started) / 1000);
        },
      };
    },
  };
}

function watchStatements(registry: Registry): (message: unknown) => void {
  const statements = new Histogram({
    name: 'seatwise_sql_statement_seconds', help: 'Time of SQL statements, the wait for a connection included, by their first word.',
    labelNames: ['kind'], buckets: BUCKETS, registers: [registry],
  });
  const kinds = new Set(['select', 'insert', 'update', 'delete', 'with']);
  const listener = (message: unknown) => {
    const { text: statement, milliseconds } = message as StatementEvent;
    const word = /^\s*(\w+)/.exec(statement)?.[1]?.toLowerCase() ?? OTHER;
    statements.observe({ kind: kinds.has(word) ? word : OTHER }, milliseconds / 1000);
  };
  subscribe(STATEMENTS, listener);
  return listener;
}

/** Counts by state that somebody else keeps; where there are none, no figure. */
function watchStates(registry: Registry, name: string, help: string, counts: () => object | null): void {
  if (counts() === null) return;
  new Gauge({
    name, help, labelNames: ['state'], registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(counts() ?? {})) this.set({ state }, count as number);
    },
  });
}

function watchRollup(registry: Registry, { activityRollup }: Services): void {
  new Gauge({
    name: 'seatwise_activity_rollup_lag_entries', help: 'Entries of the activity log, by their ids, that the roll-up has not read; absent while nothing is known.',
    registers: [registry],
    async collect() {
      const { mark, newest } = await activityRollup.progress().catch(() => ({ mark: null, newest: 0 }));
      this.reset();
      if (mark != null) this.set(newest - mark.readThrough);
    },
  });
}

function watchProviders(registry: Registry, { config, database }: Services): void {
  const failures = new Counter({ name: 'seatwise_metrics_failures_total', help: 'Figures that could not be read for a scrape.', registers: [registry] });
  new Gauge({
    name: 'seatwise_provider_age_seconds', help: 'Time since the latest complete synchronisation of a provider; absent when there was none.', labelNames: ['provider'],
    registers: [registry],
    async collect() {
      this.reset();
      try {
        const rows = await database.read(sql`select s.provider as provider, s.last_success_at as at from sw_sync_state s where s.last_success_at is not null`);
        for (const row of rows) {
          const provider = text(row, 'provider');
          const at = Date.parse(instantOrNull(row['at']) ?? '');
          if (config.PROVIDERS.some(({ name }) => name === provider)) this.set({ provider }, (Date.now() - at) / 1000);
        }
      } catch {
        failures.inc();
      }
    },
  });
}
