import sql, { join, raw, type Sql } from 'sql-template-tag';
import { number, text } from '../../db/decode.js';
import { all } from '../../db/filter.js';
import { once, type Page } from '../../db/page.js';
import type { DateRange, RenewalBucketName, RenewalState } from '../../graphql.generated.js';
import type { UnifiedColumn } from '../../modules/unified/columns.js';
import { searchCondition, type ColumnOf } from '../../modules/unified/filter.js';
import { unifiedSource } from '../../modules/unified/relation.js';
import { readMergedPage } from '../merged-page.js';
import { bucketsWithin } from './buckets.js';
import type { Continued } from './continued.js';
import type { RenewalQuestion } from './question.js';

export interface RenewalRowArgs {
  first?: number | null;
  after?: string | null;
  buckets?: readonly RenewalBucketName[] | null;
  expires?: DateRange | null;
  states?: readonly RenewalState[] | null;
  search?: string | null;
}

/** A licence of the report by its id, and what continues it. */
export interface RenewalRowModel {
  uid: number;
  endDate: string;
  question: RenewalQuestion;
  continued: Continued | null;
}

/** One page of the licences that expire, those in grace first, then by days remaining: in the order of their last day. */
export async function renewalRows(
  question: RenewalQuestion,
  args: RenewalRowArgs,
  continued: () => Promise<ReadonlyMap<number, Continued>>,
): Promise<Page<RenewalRowModel>> {
  const { context, asOf, sources } = question;
  const { dialect } = context.db;
  const used = new Set<UnifiedColumn>(['id', ...question.columns]);
  const col: ColumnOf = (column) => {
    used.add(column);
    return raw(`k.${column}`);
  };
  const found = await continued();
  const where = [
    question.expires, question.passes,
    ...(args.buckets == null ? [] : [inBuckets(question, args.buckets)]),
    ...(args.expires?.from == null ? [] : [sql`k.end_date >= ${args.expires.from}`]),
    ...(args.expires?.to == null ? [] : [sql`k.end_date <= ${args.expires.to}`]),
    ...(args.states == null ? [] : [inStates(question, args.states, found)]),
    ...(args.search?.trim() ? [searchCondition(context, col, args.search.trim())] : []),
  ];
  const among = (sources.length === 0 ? (['PORTAL'] as const) : sources).map((source) => unifiedSource(context, source, asOf, [...used]));
  const conditions = sources.length === 0 ? [raw('1 = 0')] : where;
  return readMergedPage<RenewalRowModel>({
    db: context.db,
    sources: among,
    where: conditions,
    order: { name: 'renewals', key: dialect.asText(raw('k.end_date')), direction: 'ASC' },
    first: args.first,
    after: args.after,
    columns: raw('k.id as uid'),
    decode: (row) => {
      const uid = number(row, 'uid');
      return { uid, endDate: text(row, 'sw_key').slice(0, 10), question, continued: found.get(uid) ?? null };
    },
    totalCount: once(async () => {
      const counts = among.map((source) => sql`select count(*) as n from ${source} where ${all(conditions)}`);
      return (await context.db.read(join(counts, ' union all '))).reduce((sum, row) => sum + number(row, 'n'), 0);
    }),
  });
}

function inBuckets({ asOf, horizonDays }: RenewalQuestion, names: readonly RenewalBucketName[]): Sql {
  const wanted = bucketsWithin(asOf, horizonDays).filter(({ name }) => names.includes(name));
  const ranges = wanted.map(({ from, to }) => (from === null ? sql`k.end_date < ${asOf}` : sql`k.end_date >= ${from} and k.end_date <= ${to}`));
  return ranges.length === 0 ? raw('1 = 0') : join(ranges.map((range) => sql`(${range})`), ' or ');
}

/** The licences that are continued are known by id; all others are not renewed. */
function inStates({ context }: RenewalQuestion, states: readonly RenewalState[], continued: ReadonlyMap<number, Continued>): Sql {
  const among = (wanted: (state: RenewalState) => boolean): Sql =>
    sql`(select j.id from ${context.db.dialect.numbersOf(JSON.stringify([...continued.values()].filter(({ state }) => wanted(state)).map(({ uid }) => uid)))} j)`;
  const named = sql`k.id in ${among((state) => states.includes(state))}`;
  return states.includes('NOT_RENEWED') ? sql`${named} or k.id not in ${among(() => true)}` : named;
}
