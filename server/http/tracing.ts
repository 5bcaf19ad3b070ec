import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setTimeout as wait } from 'node:timers/promises';
import type { ApolloServerPlugin } from '@apollo/server';
import { defaultTextMapGetter, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context as Trace, type Span, type Tracer } from '@opentelemetry/api';
import { ExportResultCode, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context.js';
import { STATEMENTS, type StatementEvent } from '../db/database.js';
import { operationLabel } from './operation-label.js';
import type { Services } from './request-context.js';

/** A collector that is away is told of once a minute at most. */
const WARN_EVERY_MS = 60_000;
/** What is left to send when the server stops waits no longer for the collector. */
const LAST_SENT_WITHIN_MS = 3000;

/** Traces of one server. */
export interface Tracing {
  /** Names the trace of a request by its operation, and tells how it ended. */
  readonly plugin: ApolloServerPlugin<Context>;
  register(app: FastifyInstance): void;
}

/**
 * One trace a request, sent to an OTLP collector: a span of the request, going on from the caller's `traceparent`, and below it one
 * of each SQL statement. None holds a value, an address or a name of anybody: routes and statements are told with their placeholders.
 */
export function tracingTo(endpoint: string, { config, database }: Services, log: FastifyBaseLogger): Tracing {
  const exporter = warning(new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }), log);
  const provider = new BasicTracerProvider({ resource: resourceFromAttributes({ 'service.name': config.OTEL_SERVICE_NAME }), spanProcessors: [new BatchSpanProcessor(exporter)] });
  const tracer = provider.getTracer('seatwise');
  // The API's own context is one for the process, in which tests run several servers.
  const current = new AsyncLocalStorage<Trace>();
  const traces = new WeakMap<FastifyRequest, Trace>();
  const onStatement = statementsTo(tracer, () => current.getStore(), database.dialect.system);
  return {
    plugin: namesOperations(() => spanOf(current.getStore())),
    register: (app) => {
      subscribe(STATEMENTS, onStatement);
      app.addHook('onRequest', (request, _, done) => {
        const begun = begin(tracer, request);
        traces.set(request, begun);
        current.run(begun, done);
      });
      // Reading the body leaves the context.
      app.addHook('preHandler', (request, _, done) => current.run(traces.get(request) ?? ROOT_CONTEXT, done));
      app.addHook('onResponse', async (request, reply) => {
        const span = spanOf(traces.get(request));
        span?.setAttribute('http.response.status_code', reply.statusCode);
        if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
        span?.end();
      });
      app.addHook('onClose', async () => {
        unsubscribe(STATEMENTS, onStatement);
        await Promise.race([provider.shutdown().catch(() => undefined), wait(LAST_SENT_WITHIN_MS, undefined, { ref: false })]);
      });
    },
  };
}

const propagator = new W3CTraceContextPropagator();

function begin(tracer: Tracer, request: FastifyRequest): Trace {
  const parent = propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter);
  const route = request.routeOptions.url;
  const attributes = { 'http.request.method': request.method, ...(route === undefined ? {} : { 'http.route': route }) };
  return trace.setSpan(parent, tracer.startSpan(`${request.method} ${route ?? ''}`.trim(), { kind: SpanKind.SERVER, attributes }, parent));
}

function spanOf(context: Trace | undefined): Span | undefined {
  return context === undefined ? undefined : trace.getSpan(context);
}

function namesOperations(span: () => Span | undefined): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ operation, operationName, response }) => {
        const type = operation?.operation;
        const name = operationLabel(operationName);
        if (type !== undefined) span()?.updateName(`${type} ${name}`).setAttributes({ 'graphql.operation.type': type, 'graphql.operation.name': name });
        const { errors } = response.body.kind === 'single' ? response.body.singleResult : { errors: undefined };
        const code = errors?.[0]?.extensions?.['code'];
        if (typeof code === 'string') span()?.setAttribute('error.type', code);
      },
    }),
  };
}

/** A listener that makes a span of each statement of a request; what is done in the background has no trace. */
function statementsTo(tracer: Tracer, parent: () => Trace | undefined, system: string): (message: unknown) => void {
  return (message) => {
    const { text, milliseconds } = message as StatementEvent;
    const request = parent();
    if (request === undefined) return;
    const ended = performance.timeOrigin + performance.now();
    const operation = /^\s*(\w+)/.exec(text)?.[1]?.toLowerCase() ?? '';
    const attributes = { 'db.system.name': system, 'db.operation.name': operation, 'db.query.text': text };
    tracer.startSpan(operation, { kind: SpanKind.CLIENT, attributes, startTime: ended - milliseconds }, request).end(ended);
  };
}

function warning(exporter: SpanExporter, log: FastifyBaseLogger): SpanExporter {
  let warnedAt = -Infinity;
  return {
    export: (spans, done) => exporter.export(spans, (result) => {
      if (result.code === ExportResultCode.FAILED && performance.now() - warnedAt > WARN_EVERY_MS) {
        warnedAt = performance.now();
        log.warn({ err: result.error }, 'Traces could not be sent to the collector');
      }
      done(result);
    }),
    shutdown: () => exporter.shutdown(),
  };
}
