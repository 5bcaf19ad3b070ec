import sql, { join, raw, type Sql } from 'sql-template-tag';
import { number } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import { all } from '../../db/filter.js';
import type { LicenseSource, ReportWarning } from '../../graphql.generated.js';
import { hasKnownCurrency } from '../../modules/unified/known-currency.js';
import { licenceInForce, unifiedSource } from '../../modules/unified/relation.js';
import { warning } from '../meta.js';
import { isMoney, type AnalyzeQuestion } from './question.js';

/** Why a licence in force adds nothing to sums of money, as a number; 0: it adds to them. */
const reasons = { unpriced: 1, withoutArr: 2, unknownCurrency: 3 } as const;

/** What to know before relying on the figures: each warning only where it speaks of a measure that is asked for. */
export async function warningsOf(question: AnalyzeQuestion): Promise<ReportWarning[]> {
  const { context, scope, measures } = question;
  if (scope.sources.length === 0) return [];
  const money = [...measures].some(isMoney);
  const seats = measures.has('SEATS') || measures.has('SEATS_IN_FORCE');
  const rows = await context.db.read(sql`select g.is_invalid as is_invalid, g.no_money as no_money, g.no_limit as no_limit, sum(g.n) as n
    from (${join(scope.sources.map((source) => counted(question, source, money)), ' union all ')}) g group by g.is_invalid, g.no_money, g.no_limit`);
  const sum = (matches: (row: Row) => boolean): number => rows.filter(matches).reduce((total, row) => total + number(row, 'n'), 0);
  const invalid = sum((row) => number(row, 'is_invalid') === 1);
  const unlimited = sum((row) => number(row, 'no_limit') === 1);
  const because = (reason: keyof typeof reasons): number => sum((row) => number(row, 'no_money') === reasons[reason]);
  const [unpriced, unknownCurrency, withoutArr] = [because('unpriced'), because('unknownCurrency'), because('withoutArr')];
  return [
    ...warning('INVALID_ROUNDS', invalid, `${invalid} rounds or licences are invalid and left out.`),
    ...(seats ? warning('UNKNOWN_QUANTITY', unlimited, `${unlimited} external licences in force name no activation limit and add nothing to the seats.`) : []),
    ...warning('MISSING_PRICE', unpriced, `${unpriced} licences in force have no price in the mirror or the price list and add nothing to sums of money.`),
    ...warning('UNKNOWN_CURRENCY', unknownCurrency, `${unknownCurrency} licences in force have a price in no known currency and add nothing to sums of money.`),
    ...warning('NO_ARR', withoutArr, `${withoutArr} trials and perpetual or one-time licences in force add nothing to sums of money.`),
  ];
}

/** Licences of a source by what there is to say of them, with their number. */
function counted(question: AnalyzeQuestion, source: LicenseSource, money: boolean): Sql {
  const { context, asOf, licences, filterColumns, filterJoins } = question;
  const external = source === 'EXTERNAL';
  const columns = ['status', 'is_enabled', 'is_superseded', ...(external ? (['quantity', 'is_unlimited'] as const) : []), ...(money ? (['arr', 'currency'] as const) : [])] as const;
  const noMoney = sql`case when not (${licenceInForce}) then 0 when k.arr is null then ${raw(String(reasons.unpriced))}
    when ${raw(source === 'PORTAL' ? '1 = 0' : 'k.arr = 0')} then ${raw(String(reasons.withoutArr))}
    when not ${hasKnownCurrency(context.db.dialect, raw('k.currency'))} then ${raw(String(reasons.unknownCurrency))} else 0 end`;
  const noLimit = sql`case when ${licenceInForce} and k.is_unlimited = 0 and k.quantity = 0 then 1 else 0 end`;
  return sql`select t.is_invalid as is_invalid, t.no_money as no_money, t.no_limit as no_limit, count(*) as n from (
      select case when k.status = 'INVALID' then 1 else 0 end as is_invalid, ${money ? noMoney : raw('0')} as no_money, ${external ? noLimit : raw('0')} as no_limit
      from ${unifiedSource(context, source, asOf, [...columns, ...filterColumns])} ${filterJoins} where ${all([raw('k.is_superseded = 0'), licences])}
    ) t group by t.is_invalid, t.no_money, t.no_limit`;
}
