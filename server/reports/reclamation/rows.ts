import sql, { raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { instantOrNull, number, numberOrNull, text, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import { all, isOneOf } from '../../db/filter.js';
import type { Page } from '../../db/page.js';
import type { ReclamationReason } from '../../graphql.generated.js';
import { searchCondition } from '../../modules/unified/filter.js';
import { readMergedPage } from '../merged-page.js';
import { judgedLicenses } from './judged.js';
import type { ReclamationQuestion } from './question.js';

/** A licence with seats to reclaim. */
export interface ReclamationRowModel {
  /** Id over all sources, and the day at which the licence is judged. */
  uid: number;
  asOf: string;
  reason: ReclamationReason;
  lastActivityAt: string | null;
  activeUsers: number | null;
  reclaimableSeats: number;
  currency: string | null;
  /** 1/60 minor units; null when the price is unknown. */
  savingParts: string | null;
}

export type ReclamationRowPage = Page<ReclamationRowModel>;

export interface ReclamationRowArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
  reasons?: readonly ReclamationReason[] | null | undefined;
  search?: string | null | undefined;
}

/** A page of candidates. `counted` gives the number of candidates by reason, for which a search alone needs a statement. */
export async function reclamationRows(
  question: ReclamationQuestion,
  { first, after, reasons, search }: ReclamationRowArgs,
  counted: (reasons: readonly ReclamationReason[] | null) => Promise<number>,
): Promise<ReclamationRowPage> {
  const { context, asOf } = question;
  const { db } = context;
  const { dialect } = db;
  const searched = search?.trim() ? search.trim() : null;
  const shown = all([
    question.scope.licenses,
    ...(searched === null ? [] : [searchCondition(context, (column) => raw(`k.${column}`), searched)]),
  ]);
  const sources = await Promise.all(question.sources.map((source) => judgedLicenses(question, source, shown)));
  const where = [reasons == null ? raw('k.reason is not null') : isOneOf(raw('k.reason'), reasons, 'reasons')];
  return readMergedPage({
    db, sources: sources.length === 0 ? [nothing(context)] : sources, where, first, after,
    // Never used first: no instant comes before any.
    order: { name: 'reclamation', key: sql`coalesce(${dialect.asText(raw('k.latest'))}, '')`, direction: 'ASC' },
    columns: sql`k.reason as reason, k.latest as latest, k.active as active, k.seats as seats, ${dialect.neutralText(raw('k.currency'))} as currency,
      ${dialect.exactInteger(raw('k.saving'))} as saving`,
    decode: decodeRow(asOf),
    totalCount: () => (searched === null ? counted(reasons ?? null) : count(context, sources, where)),
  });
}

/** No source is asked for: a list without rows. */
function nothing({ db }: Context): Sql {
  return sql`(select c.id as id, '' as currency, null as reason, null as latest, 0 as active, 0 as seats, 0 as saving from ${db.table('company', 'c')} where 1 = 0) k`;
}

async function count({ db }: Context, sources: readonly Sql[], where: readonly Sql[]): Promise<number> {
  const conditions = all(where);
  const counts = await Promise.all(sources.map(async (source) => {
    const rows = await db.read(sql`select k.reason as reason, count(*) as n from ${source} where ${conditions} group by k.reason`);
    return rows.reduce((sum, row) => sum + number(row, 'n'), 0);
  }));
  return counts.reduce((sum, n) => sum + n, 0);
}

function decodeRow(asOf: string): (row: Row) => ReclamationRowModel {
  return (row) => ({
    uid: number(row, 'sw_id'),
    asOf,
    reason: text(row, 'reason') as ReclamationReason,
    lastActivityAt: instantOrNull(row['latest']),
    activeUsers: numberOrNull(row, 'active'),
    reclaimableSeats: number(row, 'seats'),
    currency: textOrNull(row, 'currency'),
    savingParts: textOrNull(row, 'saving'),
  });
}
