import sql, { join, raw } from 'sql-template-tag';
import { number, text, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import { all } from '../../db/filter.js';
import type { LicenseSource } from '../../graphql.generated.js';
import type { UnifiedColumn } from '../../modules/unified/columns.js';
import { unifiedSource } from '../../modules/unified/relation.js';
import { lastDay } from '../shapes/lifecycle.js';
import type { ChainLicense } from './allocation.js';
import { notOver, type RenewalQuestion } from './question.js';

/** A licence of an owner and product that have one to be continued and one that may continue it. */
export interface ChainRow extends ChainLicense {
  /** Source, owner and product. */
  group: string;
  /** Expires within the horizon and passes the filter. */
  isListed: boolean;
  currency: string | null;
  /** 1/60 minor units; null when unknown or not asked for. */
  arr: string | null;
}

/**
 * Owner and product of `k` without nulls of the owner, so that they can be compared, and when the owner is known: nobody continues
 * the licence of a stranger. They are looked up by one number made of them, and told apart in full by whoever reads them.
 */
const keys: Record<LicenseSource, { parts: string[]; columns: UnifiedColumn[]; known: string }> = {
  // By number: to join the names of the products to 200,000 rounds took MariaDB 1.5 s of 5.6.
  PORTAL: {
    parts: ['coalesce(k.company_id, 0)', 'coalesce(k.partner_id, 0)', 'k.product_id'],
    columns: ['product_id'],
    known: 'k.company_id is not null or k.partner_id is not null',
  },
  EXTERNAL: {
    parts: [
      'coalesce(k.company_id, 0)', 'coalesce(k.partner_id, 0)',
      `case when k.company_id is null and k.partner_id is null then coalesce(k.site_host, '') else '' end`, 'k.product_key',
    ],
    columns: ['site_host', 'product_key'],
    known: `k.company_id is not null or k.partner_id is not null or k.site_host <> ''`,
  },
  TRIAL: { parts: ['k.site_host', 'k.product_key'], columns: ['site_host', 'product_key'], known: `k.site_host <> ''` },
};

/** All licences of one source that belong to such an owner and product, the expired ones included. */
export async function readChains(question: RenewalQuestion, source: LicenseSource, withMoney: boolean): Promise<ChainRow[]> {
  const { context, asOf, passes, shares, expires } = question;
  const { dialect } = context.db;
  const { parts, columns: named } = keys[source];
  const key = dialect.roughKey(dialect.concat(parts.flatMap((part, index) => [...(index === 0 ? [] : [raw(`':'`)]), raw(part)])));
  const columns: readonly UnifiedColumn[] = [...question.columns, ...named, 'start_date'];
  const known = raw(keys[source].known);
  const listed = all([expires, passes]);
  const groups = sql`select t.rough_key as rough_key from (
      select ${key} as rough_key, k.start_date as start_date, case when ${listed} then k.start_date end as listed_start
      from ${unifiedSource(context, source, asOf, columns)}
      where ${all([sql`k.end_date is null or ${notOver(asOf)}`, known, shares])}
    ) t group by t.rough_key having min(t.listed_start) < max(t.start_date)`;
  // To work out the sites of 200,000 trials took MariaDB 2.8 s, and hardly any site has a second trial of a product.
  if (source === 'TRIAL' && (await context.db.read(sql`select g.rough_key as rough_key from (${groups}) g limit 1`)).length === 0) return [];
  const wanted: readonly UnifiedColumn[] = [...columns, 'id', 'quantity', 'is_unlimited', 'currency', ...(withMoney ? (['arr'] as const) : [])];
  const whole = parts.map((part, index) => sql`${dialect.neutralExactText(dialect.asText(raw(part)))} as ${raw(`key_${index}`)}`);
  // Each licence looks its group up; as an inner join MariaDB went through all licences once for every group. What is dear, such
  // as the status, is worked out afterwards, for the few whose group is there.
  const rows = await context.db.read(sql`
    select k.id as uid, ${join(whole)}, ${dialect.asText(raw('k.start_date'))} as start_date, ${dialect.asText(raw('k.end_date'))} as end_date,
      k.quantity as quantity, k.is_unlimited as is_unlimited, case when ${listed} then 1 else 0 end as listed, k.currency as currency,
      ${withMoney ? dialect.exactInteger(raw('k.arr')) : raw('null')} as arr
    from ${unifiedSource(context, source, asOf, wanted)} left join (${groups}) n on n.rough_key = ${key}
    where case when n.rough_key is null then 0 when ${all([raw(`k.is_enabled = 1 and k.is_superseded = 0 and k.status <> 'INVALID'`), known, shares])} then 1 else 0 end = 1`);
  return rows.map((row) => decode(source, parts.length, row));
}

function decode(source: LicenseSource, keys: number, row: Row): ChainRow {
  return {
    uid: number(row, 'uid'),
    group: JSON.stringify([source, ...Array.from({ length: keys }, (_, index) => textOrNull(row, `key_${index}`))]),
    startDate: text(row, 'start_date').slice(0, 10),
    endDate: lastDay(textOrNull(row, 'end_date')),
    quantity: number(row, 'quantity'),
    isUnlimited: number(row, 'is_unlimited') === 1,
    isListed: number(row, 'listed') === 1,
    currency: textOrNull(row, 'currency'),
    arr: textOrNull(row, 'arr'),
  };
}
