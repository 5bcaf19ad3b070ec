import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Context } from '../../context.js';
import { parseId } from '../../db/filter.js';
import { badInput, isForClients, isOutage, outageAnswer, retryAfterOf } from '../../errors.js';
import { csvLines } from '../../exports/cells.js';
import type { ImportSubject } from '../../graphql.generated.js';
import { requestContext, type Services } from '../../http/request-context.js';
import { fieldsOf } from './fields/index.js';
import { readJob } from './job-store.js';
import { UnreadableFile } from './reading/reading.js';
import { errorPage } from './resolvers.js';
import { ImportFailure } from './run.js';
import { BrokenUpload, FileTooLarge, receive } from './upload.js';

const MEGABYTE = 1_048_576;
/** How long the rest of a refused file may take. */
const REST_MS = 30_000;
const LONGEST_NAME = 255;
const ERRORS_AT_ONCE = 5000;
const subjects: readonly ImportSubject[] = ['LICENSES', 'COMPANIES', 'PARTNERS'];

const statusOf: Readonly<Record<string, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, BAD_USER_INPUT: 400, UNAVAILABLE: 503, RATE_LIMITED: 429 };

/**
 * `POST /imports?subject=LICENSES&fileName=rounds.csv`: a file comes in as the body, of any content type, and is answered with
 * the id of its import. `GET /imports/ID/errors.csv`: what the check found. `GET /imports/template/LICENSES.csv`: a header.
 */
export async function registerImports(app: FastifyInstance, services: Services): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.post<{ Querystring: Record<string, unknown>; Body: Readable | undefined }>('/imports', async (request, reply) => {
      return answered(services, request, reply, async (context) => {
        const megabytes = services.config.IMPORT_MAX_MEGABYTES;
        refuseForms(request);
        if (Number(request.headers['content-length'] ?? 0) > megabytes * MEGABYTE) throw new FileTooLarge(megabytes);
        const id = await receive(services.imports.own, context, {
          subject: subjectOf(request.query['subject']), fileName: fileNameOf(request.query['fileName']),
          bytes: request.body?.iterator({ destroyOnReturn: false }) ?? Readable.from([]), megabytes, clock: services.imports.clock,
        });
        return reply.status(201).send({ id: String(id) });
      });
    });
    scope.get<{ Params: { id: string } }>('/imports/:id/errors.csv', async (request, reply) =>
      answered(services, request, reply, async (context) => {
        const job = await readJob(services.imports.own, parseId(request.params.id, 'id'));
        if (job === null) return reply.callNotFound();
        return reply.header('content-disposition', `attachment; filename="errors of import ${job.id}.csv"`).type('text/csv; charset=utf-8')
          .send(Readable.from(errorLines(context, job.id)));
      }));
    scope.get<{ Params: { subject: string } }>('/imports/template/:subject.csv', async (request, reply) =>
      answered(services, request, reply, async () => {
        const subject = subjectOf(request.params.subject);
        return reply.header('content-disposition', `attachment; filename="${subject.toLowerCase()}.csv"`).type('text/csv; charset=utf-8')
          .send(csvLines([fieldsOf(subject).map(({ name, aliases }) => aliases[0] ?? name)]));
      }));
  });
}

/** Runs the work for someone who may import, and answers what is expected to go wrong in the API's shape. */
async function answered(services: Services, request: FastifyRequest, reply: FastifyReply, work: (context: Context) => Promise<FastifyReply | void>): Promise<FastifyReply | void> {
  void reply.header('cache-control', 'no-store');
  try {
    const context = await requestContext(services, request, reply);
    context.demand('IMPORT_DATA');
    return await work(context);
  } catch (error) {
    const { status, code, message, retryAfter } = refusalOf(error);
    if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
    letRestPass(request, reply);
    return reply.status(status).send({ errors: [{ message, extensions: { code, requestId: request.id } }] });
  }
}

/**
 * A file that is refused is still coming in. Who sends it reads no answer before that is done, and a connection closed at once
 * takes the answer along; one that nobody reads would stay for minutes. So the rest is thrown away, for a while.
 */
function letRestPass({ raw }: FastifyRequest, reply: FastifyReply): void {
  if (raw.complete) return;
  void reply.header('connection', 'close');
  const patience = setTimeout(() => raw.socket.destroy(), REST_MS).unref();
  raw.socket.once('close', () => clearTimeout(patience));
  setImmediate(() => raw.resume());
}

function refusalOf(error: unknown): { status: number; code: string; message: string; retryAfter?: number | undefined } {
  const told = isOutage(error) ? outageAnswer(error) : error;
  if (told instanceof FileTooLarge) return { status: 413, code: 'QUERY_TOO_LARGE', message: told.message };
  if (told instanceof UnsupportedBody) return { status: 415, code: 'BAD_USER_INPUT', message: told.message };
  if (told instanceof UnreadableFile || told instanceof BrokenUpload) return { status: 400, code: 'BAD_USER_INPUT', message: told.message };
  if (told instanceof ImportFailure) return { status: 409, code: 'BAD_USER_INPUT', message: told.message };
  if (told instanceof GraphQLError && isForClients(told)) {
    const code = String(told.extensions['code']);
    return { status: statusOf[code] ?? 400, code, message: told.message, retryAfter: retryAfterOf(told) };
  }
  throw error;
}

class UnsupportedBody extends Error {}

/** A form wraps the file in parts of its own, and a compressed body is none of text. */
function refuseForms({ headers }: FastifyRequest): void {
  if (/^multipart\//i.test(headers['content-type'] ?? '')) throw new UnsupportedBody('Send the file itself as the body, not a form.');
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new UnsupportedBody('Send the file as it is, not compressed.');
}

function subjectOf(text: unknown): ImportSubject {
  const subject = subjects.find((known) => known === String(text).toUpperCase());
  if (subject === undefined) throw badInput('subject', `must be ${subjects.join(', ')}`);
  return subject;
}

/** The name alone, whatever folders stood before it. */
function fileNameOf(text: unknown): string {
  const name = (typeof text === 'string' ? text : '').split(/[/\\]/).at(-1)?.replaceAll(/\p{Cc}|\p{Surrogate}/gu, '').trim() ?? '';
  return name === '' ? 'file.csv' : [...name].slice(0, LONGEST_NAME).join('');
}

async function* errorLines(context: Context, jobId: number): AsyncGenerator<string> {
  yield csvLines([['row', 'column', 'value', 'code', 'reason']]);
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof errorPage>> = await errorPage(context, jobId, { first: ERRORS_AT_ONCE, after }, ERRORS_AT_ONCE);
    if (page.nodes.length > 0) yield csvLines(page.nodes.map(({ row, column, value, code, message }) => [String(row), column ?? '', value ?? '', code, message]));
    after = page.hasNextPage ? (page.cursors().at(-1) ?? null) : null;
  } while (after !== null);
}
