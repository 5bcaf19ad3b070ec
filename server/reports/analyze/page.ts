import sql, { join, raw, type Sql } from 'sql-template-tag';
import { decodeCursor } from '../../db/cursor.js';
import { number } from '../../db/decode.js';
import { once, pageFrom, pageSize, readPage, type Page } from '../../db/page.js';
import type { AnalyzeKey, AnalyzeMeasure } from '../../graphql.generated.js';
import { ratesOf } from '../money-sum.js';
import { groupedBy, type GroupedBy } from './dimensions.js';
import { figuresOf, type FigureReading, type FiguresModel } from './figures.js';
import { dimensionOrder, keyColumns, keysOf, keyText, labelsOf } from './keys.js';
import { linesOf, type Lines } from './lines.js';
import { amountColumn } from './measures.js';
import { convertedValue, readCurrencies } from './money.js';
import { analyzeOrdering, isMoney, type AnalyzeArgs, type AnalyzeOrdering, type AnalyzeQuestion } from './question.js';

/** One group. */
export interface RowModel {
  keys: AnalyzeKey[];
  figures: FiguresModel;
}

/** The groups of a question, its totals, each read when it is asked for. */
export interface AnalyzeModel {
  question: AnalyzeQuestion;
  page: () => Promise<Page<RowModel>>;
  totals: () => Promise<FiguresModel>;
  totalCount: () => Promise<number>;
}

/** What is read for a question. The paging arguments are checked at once, whatever of the answer is asked for. */
export function analysis(question: AnalyzeQuestion, args: AnalyzeArgs): AnalyzeModel {
  const ordering = analyzeOrdering(question, args.orderBy);
  pageSize({ first: args.first });
  const { context, asOf, measures } = question;
  const rates = ratesOf(context, asOf);
  const currencies = once(() => ([...measures].some(isMoney) ? readCurrencies(question) : Promise.resolve([])));
  const reading = async (): Promise<FigureReading> => ({ measures, currencies: await currencies(), rates });
  const totals = once(async () => {
    const known = await reading();
    const lines = linesOf(question, measures, known.currencies, true);
    const [row] = await context.db.read(sql`select ${columnsOf(question, lines, 'k')} from (${lines.statement}) k`);
    return figuresOf(known, row);
  });
  const totalCount = once(() => countGroups(question));
  const page = once(async () => (question.dimensions.length === 0 ? onePage(args, await totals()) : groupPage(question, args, ordering, await reading(), totalCount)));
  return { question, totals, totalCount, page };
}

/** Without dimensions there is one row, and it is the totals. */
function onePage({ first, after }: AnalyzeArgs, figures: FiguresModel): Page<RowModel> {
  const order = { name: 'analyze', direction: 'ASC', key: raw('0') } as const;
  if (after != null) decodeCursor(after, order);
  const rows = after == null ? [{ sw_key: 0, sw_id: 'all' }] : [];
  return pageFrom({ order, after, decode: () => ({ keys: [], figures }) }, rows, pageSize({ first }), () => Promise.resolve(1));
}

async function groupPage(question: AnalyzeQuestion, args: AnalyzeArgs, ordering: AnalyzeOrdering, reading: FigureReading, totalCount: () => Promise<number>): Promise<Page<RowModel>> {
  const { context, measures, dimensions } = question;
  const dims = groupedBy(dimensions);
  const lines = linesOf(question, measures, reading.currencies, false);
  // Names are read of the rows of the page alone, but for those that it is ordered by.
  const isOrder = ({ name }: GroupedBy): boolean => ordering?.by === 'dimension' && ordering.dimension === name;
  const [before, after] = [labelsOf(question, dims.filter(isOrder), 's'), labelsOf(question, dims.filter((dim) => !isOrder(dim)), 'x')];
  return {
    ...(await readPage({
      db: context.db,
      source: sql`(select ${join([raw('s.*'), sql`${keyText(context, dims)} as id`, ...before.columns])} from (${lines.statement}) s ${before.joins}) k`,
      alias: 'k',
      where: [],
      order: { name: orderName(question, ordering), key: await orderKey(question, ordering, reading), direction: ordering?.direction ?? 'ASC' },
      first: args.first,
      after: args.after,
      columns: join([...[...keyColumns(dims), ...before.names].map((column) => raw(`x.${column} as ${column}`)), ...after.columns, columnsOf(question, lines, 'x')]),
      joins: after.joins,
      decode: (row): RowModel => ({ keys: keysOf(dims, row), figures: figuresOf(reading, row) }),
    })),
    totalCount,
  };
}

/** The sums of lines as they leave the database: amounts as texts, so that no digit is lost. */
function columnsOf({ context: { db } }: AnalyzeQuestion, { counts, amounts }: Lines, alias: string): Sql {
  return join([
    raw(`${alias}.sw_one as sw_one`), ...counts.map((name) => raw(`${alias}.${name} as ${name}`)),
    ...amounts.map((name) => sql`${db.dialect.exactInteger(raw(`${alias}.${name}`))} as ${raw(name)}`),
  ]);
}

/** Every group counted, without their money and without names. */
async function countGroups(question: AnalyzeQuestion): Promise<number> {
  const { context, measures, dimensions } = question;
  if (dimensions.length === 0) return 1;
  const counted = new Set<AnalyzeMeasure>([...measures].filter((measure) => !isMoney(measure)));
  const { statement } = linesOf(question, counted.size === 0 ? new Set(['LICENSES']) : counted, [], false);
  const [row] = await context.db.read(sql`select k.sw_one as sw_one, count(*) as n from (${statement}) k group by k.sw_one`);
  return row === undefined ? 0 : number(row, 'n');
}

/** A cursor belongs to one ordering of one grouping. */
function orderName({ dimensions }: AnalyzeQuestion, ordering: AnalyzeOrdering): string {
  const by = ordering === null ? '' : ordering.by === 'measure' ? `${ordering.measure}.${ordering.currency ?? ''}` : ordering.dimension;
  return `analyze.${dimensions.join('+')}.${by}`;
}

/** A ratio as a whole number of millionths, so that a cursor finds its place again exactly. */
const MILLIONTHS = raw('1000000e0');
const HIGHEST = raw('1000000000000');

async function orderKey({ context, dimensions }: AnalyzeQuestion, ordering: AnalyzeOrdering, { currencies, rates }: FigureReading): Promise<Sql> {
  const { dialect } = context.db;
  const whole = (amount: Sql): Sql => dialect.wholeQuotient(amount, raw('1'));
  if (ordering === null) return raw('0');
  if (ordering.by === 'dimension') {
    const dim = groupedBy(dimensions).find(({ name }) => name === ordering.dimension);
    return dim === undefined ? raw('0') : dimensionOrder(context, dim);
  }
  const currency = ordering.currency ?? '';
  switch (ordering.measure) {
    case 'ANNUAL_VALUE':
      return convertedValue(currencies, currency, await rates(), whole);
    case 'AVERAGE_COST': {
      const [value, seats] = (['round_value', 'round_seats'] as const).map((amount) => raw(`k.${amountColumn(amount, currency)}`));
      return currencies.includes(currency) && value !== undefined && seats !== undefined ? sql`coalesce(${dialect.wholeQuotient(value, seats)}, -1)` : raw('-1');
    }
    case 'UTILIZATION':
      return sql`case when k.round_seats = 0 and k.active > 0 then ${HIGHEST} when k.round_seats = 0 then -1
        else ${dialect.wholeUnits(raw('(k.active / (k.round_seats * 1e0))'), MILLIONTHS)} end`;
    case 'UNUSED_SEATS':
      return whole(raw('k.round_seats - k.active'));
    default:
      return whole(raw(`k.${columnOf[ordering.measure]}`));
  }
}

const columnOf = {
  LICENSES: 'licenses', ROUNDS: 'rounds', LICENSES_IN_FORCE: 'in_force', SEATS: 'seats', SEATS_IN_FORCE: 'seats_in_force', SEATS_IN_GRACE: 'seats_in_grace',
  OWNERS: 'owners', REGISTERED_USERS: 'registered', ACTIVE_USERS: 'active',
} as const;
