import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { number, text, textOrNull } from '../../db/decode.js';
import type { Dialect, Row } from '../../db/dialect/dialect.js';
import { all } from '../../db/filter.js';
import type { LicenseSource } from '../../graphql.generated.js';
import type { UnifiedColumn } from '../../modules/unified/columns.js';
import { unifiedSource } from '../../modules/unified/relation.js';
import { lastDay } from '../shapes/lifecycle.js';
import type { ChainLicense } from './allocation.js';
import type { RenewalQuestion } from './question.js';

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

/** Long keys are no keys to a temporary table: licences are looked up by the first letters of a text, and told apart here by all of it. */
const KEY_LETTERS = 60;

interface GroupKey {
  name: string;
  /** A number, or the first letters of a text. */
  value: Sql;
  whole: Sql;
}

/** Owner of `k` without nulls, so that it can be compared, and when it is known: nobody continues the licence of a stranger. */
const owners: Record<LicenseSource, { numbers: string[]; texts: string[]; known: string }> = {
  PORTAL: { numbers: ['coalesce(k.company_id, 0)', 'coalesce(k.partner_id, 0)'], texts: [], known: 'k.company_id is not null or k.partner_id is not null' },
  EXTERNAL: {
    numbers: ['coalesce(k.company_id, 0)', 'coalesce(k.partner_id, 0)'],
    texts: [`case when k.company_id is null and k.partner_id is null then coalesce(k.site_host, '') else '' end`],
    known: `k.company_id is not null or k.partner_id is not null or k.site_host <> ''`,
  },
  TRIAL: { numbers: [], texts: ['k.site_host'], known: `k.site_host <> ''` },
};

/** All licences of one source that belong to such an owner and product, the expired ones included. */
export async function readChains(question: RenewalQuestion, source: LicenseSource, withMoney: boolean): Promise<ChainRow[]> {
  const { context, asOf, passes, shares, expires } = question;
  const { dialect } = context.db;
  const keys = groupKeys(dialect, source);
  const columns: readonly UnifiedColumn[] = [...question.columns, 'site_host', 'product_key', 'start_date', 'grace_end_date'];
  const listed = sql`case when ${all([expires, passes])} then 1 else 0 end`;
  const known = raw(owners[source].known);
  const lookup = lookupKey(dialect, keys);
  const groups = sql`select t.lookup_key as lookup_key from (
      select ${lookup} as lookup_key, k.start_date as start_date, ${listed} as listed from ${unifiedSource(context, source, asOf, columns)}
      where ${all([sql`k.end_date is null or k.grace_end_date >= ${asOf}`, known, shares])}
    ) t group by t.lookup_key having max(t.listed) = 1 and max(t.start_date) > min(case when t.listed = 1 then t.start_date end)`;
  const wanted: readonly UnifiedColumn[] = [...columns, 'id', 'quantity', 'is_unlimited', 'currency', ...(withMoney ? (['arr'] as const) : [])];
  const members = sql`select k.id as uid, ${lookup} as lookup_key, ${join(keys.map(({ name, whole }) => sql`${whole} as ${raw(`whole_${name}`)}`))}, k.start_date as start_date, k.end_date as end_date, k.quantity as quantity,
      k.is_unlimited as is_unlimited, ${listed} as listed, k.currency as currency ${withMoney ? raw(', k.arr as arr') : empty}
    from ${unifiedSource(context, source, asOf, wanted)}
    where ${all([raw(`k.status <> 'INVALID' and k.is_enabled = 1 and k.is_superseded = 0`), known, shares])}`;
  // Each licence looks its group up. As an inner join MariaDB went through all licences once for every group.
  const rows = await context.db.read(sql`
    select m.uid as uid, ${raw(keys.map(({ name }) => `m.whole_${name} as whole_${name}`).join(', '))}, ${dialect.asText(raw('m.start_date'))} as start_date, ${dialect.asText(raw('m.end_date'))} as end_date,
      m.quantity as quantity, m.is_unlimited as is_unlimited, m.listed as listed, m.currency as currency,
      ${withMoney ? dialect.exactInteger(raw('m.arr')) : raw('null')} as arr
    from (${members}) m left join (${groups}) n on n.lookup_key = m.lookup_key
    where case when n.lookup_key is null then 0 else 1 end = 1`);
  return rows.map((row) => decode(source, keys, row));
}

function groupKeys(dialect: Dialect, source: LicenseSource): GroupKey[] {
  const { numbers, texts } = owners[source];
  const values = [
    ...numbers.map((value) => ({ value: raw(value), whole: raw(value) })),
    ...[...texts, 'k.product_key'].map((text) => {
      const whole = dialect.neutralExactText(raw(text));
      return { value: sql`substr(${whole}, 1, ${raw(String(KEY_LETTERS))})`, whole };
    }),
  ];
  return values.map((value, index) => ({ name: `key_${index}`, ...value }));
}

/** Owner and product as one short text: of several columns MariaDB may look up by the least telling one. */
function lookupKey(dialect: Dialect, keys: readonly GroupKey[]): Sql {
  return dialect.concat(keys.flatMap(({ value }, index) => [...(index === 0 ? [] : [raw(`':'`)]), value]));
}

function decode(source: LicenseSource, keys: readonly GroupKey[], row: Row): ChainRow {
  return {
    uid: number(row, 'uid'),
    group: JSON.stringify([source, ...keys.map(({ name }) => textOrNull(row, `whole_${name}`))]),
    startDate: text(row, 'start_date').slice(0, 10),
    endDate: lastDay(textOrNull(row, 'end_date')),
    quantity: number(row, 'quantity'),
    isUnlimited: number(row, 'is_unlimited') === 1,
    isListed: number(row, 'listed') === 1,
    currency: textOrNull(row, 'currency'),
    arr: textOrNull(row, 'arr'),
  };
}
