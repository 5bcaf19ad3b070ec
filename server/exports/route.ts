import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { GraphQLError } from 'graphql';
import { writeXlsxStream } from 'hucre/xlsx';
import type { Context } from '../context.js';
import { isForClients, isOutage, outageAnswer, retryAfterOf } from '../errors.js';
import type { SchemaViews } from '../graphql/schema-view.js';
import { viewOf } from '../graphql/view-plugin.js';
import { requestContext, type Services } from '../http/request-context.js';
import { csvLines, workbookCell, type Cell } from './cells.js';
import { exportedLists, type ExportedList, type ListQuestion } from './lists.js';
import { readQuestion } from './question.js';

/** Rows read from the database at once: many enough that ordering them again for every page does not matter. */
const ROWS_AT_ONCE = 5000;
const BYTE_ORDER_MARK = '\ufeff';

const statusOf: Readonly<Record<string, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, BAD_USER_INPUT: 400, UNAVAILABLE: 503, RATE_LIMITED: 429 };

type Row = readonly Cell[];

/** How rows become a file. */
const formats = {
  csv: { type: 'text/csv; charset=utf-8', file: (pages: AsyncIterable<Row[]>) => Readable.from(csvFile(pages)) },
  xlsx: {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    file: (pages: AsyncIterable<Row[]>, title: string) => Readable.fromWeb(writeXlsxStream(workbookRows(pages), { name: title, freezePane: { rows: 1 } }) as never),
  },
};

/**
 * `GET /exports/licenses.csv?filter=…&orderBy=…&asOf=…` (also companies, partners, users; also .xlsx): the whole list as a
 * file, read and sent page by page, of the rows that the viewer may see. `filter` and `orderBy` are the SDL's inputs as JSON.
 */
export function registerExports(app: FastifyInstance, services: Services, views: SchemaViews): void {
  app.get<{ Params: { list: string; format: string }; Querystring: Record<string, unknown> }>('/exports/:list.:format', async (request, reply) => {
    const list = Object.hasOwn(exportedLists, request.params.list) ? exportedLists[request.params.list] : undefined;
    const format = Object.hasOwn(formats, request.params.format) ? formats[request.params.format as keyof typeof formats] : undefined;
    if (list === undefined || format === undefined) return reply.callNotFound();
    void reply.header('cache-control', 'no-store');
    try {
      const context = await requestContext(services, request, reply);
      context.demand('EXPORT_DATA');
      context.demand(list.permission);
      const pages = pagesOf(list, context, readQuestion(viewOf(views, context.viewer).schema, list, request.query));
      // The first page is read before anything is sent, so that what is wrong with the question is told, not broken off.
      const first = await pages.next();
      const name = `${list.title} ${context.today}.${request.params.format}`;
      return await reply
        .type(format.type)
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(format.file(chained(first, pages), list.title));
    } catch (error) {
      return refuse(reply, error, request.id);
    }
  });
}

/** The header, then the rows, some thousand at a time. */
async function* pagesOf(list: ExportedList, context: Context, question: ListQuestion): AsyncGenerator<Row[]> {
  let after: string | null = null;
  let head: Row[] = [list.header(context)];
  do {
    const page: Awaited<ReturnType<ExportedList['read']>> = await list.read(context, { ...question, first: ROWS_AT_ONCE, maximum: ROWS_AT_ONCE, after });
    // Owners of the rows are remembered for one page, not for a million rows.
    context.loaders.clear();
    yield [...head, ...page.rows];
    head = [];
    after = page.next;
  } while (after !== null);
}

async function* chained(first: IteratorResult<Row[]>, rest: AsyncGenerator<Row[]>): AsyncGenerator<Row[]> {
  if (first.done !== true) yield first.value;
  yield* rest;
}

async function* csvFile(pages: AsyncIterable<Row[]>): AsyncGenerator<string> {
  // Spreadsheets take a file without it for one of their own country's encoding.
  yield BYTE_ORDER_MARK;
  for await (const rows of pages) yield csvLines(rows);
}

async function* workbookRows(pages: AsyncIterable<Row[]>): AsyncGenerator<(string | number | null)[]> {
  for await (const rows of pages) for (const row of rows) yield row.map(workbookCell);
}

function refuse(reply: FastifyReply, error: unknown, requestId: string): FastifyReply {
  const told = isOutage(error) ? outageAnswer(error) : error;
  if (!(told instanceof GraphQLError) || !isForClients(told)) throw error;
  const { message, extensions } = told;
  const retryAfter = retryAfterOf(told);
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
  return reply.status(statusOf[String(extensions['code'])] ?? 400).send({ errors: [{ message, extensions: { ...extensions, requestId } }] });
}
