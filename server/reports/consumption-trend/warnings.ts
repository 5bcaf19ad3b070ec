import sql, { raw } from 'sql-template-tag';
import { number } from '../../db/decode.js';
import type { LicenseSource, ReportMeta } from '../../graphql.generated.js';
import { reportMeta, warning } from '../meta.js';
import { isKnownCurrency } from '../shapes/money.js';
import type { TrendQuestion } from './question.js';
import { termsOf } from './terms.js';

/** How the trend was computed, with what was left out. */
export async function trendMeta(question: TrendQuestion): Promise<ReportMeta> {
  const { context, asOf, scope: { sources } } = question;
  const left = await Promise.all(sources.map((source) => leftOut(question, source)));
  const total = (name: keyof LeftOut) => left.reduce((sum, counts) => sum + counts[name], 0);
  const [invalid, unpriced, unknown] = [total('invalid'), total('unpriced'), total('unknownCurrency')];
  return reportMeta(context, {
    asOf,
    sources,
    warnings: [
      ...warning('INVALID_ROUNDS', invalid, `${invalid} rounds that are INVALID are left out.`),
      // They speak of money.
      ...(context.signedIn().permissions.has('READ_MONEY')
        ? [
            ...warning('MISSING_PRICE', unpriced, `${unpriced} licences have no price: they count as licences and seats, and add nothing to ARR.`),
            ...warning('UNKNOWN_CURRENCY', unknown, `${unknown} licences have a price in no known currency: they count as licences and seats, and add nothing to ARR.`),
          ]
        : []),
    ],
  });
}

interface LeftOut {
  invalid: number;
  unpriced: number;
  unknownCurrency: number;
}

/** Terms up to asOf that are not in every figure. */
async function leftOut(question: TrendQuestion, source: LicenseSource): Promise<LeftOut> {
  const { context: { db }, asOf, scope } = question;
  const rows = await db.read(sql`
    select k.is_valid as is_valid, k.currency as currency, case when k.a is null then 0 else 1 end as priced, count(*) as n
    from ${await termsOf(question, source)} where (k.is_valid = 0 or k.s <= ${asOf}) and (${scope.licenses})
    group by k.is_valid, k.currency, ${raw('case when k.a is null then 0 else 1 end')}`);
  const counted = { invalid: 0, unpriced: 0, unknownCurrency: 0 };
  for (const row of rows) {
    const [n, currency] = [number(row, 'n'), row['currency'] as string | null];
    if (number(row, 'is_valid') === 0) counted.invalid += n;
    else if (number(row, 'priced') === 0) counted.unpriced += n;
    else if (source !== 'TRIAL' && currency !== null && !isKnownCurrency(currency)) counted.unknownCurrency += n;
  }
  return counted;
}
