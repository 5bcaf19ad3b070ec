import sql, { empty, raw, type Sql } from 'sql-template-tag';
import { number, text, textOrNull } from '../../db/decode.js';
import { all } from '../../db/filter.js';
import { endingSource } from '../../modules/unified/relation.js';
import { decimal, isKnownCurrency } from '../shapes/money.js';
import type { MoneyParts } from '../money-sum.js';
import type { Continued } from './continued.js';
import type { RenewalQuestion } from './question.js';

/** What expires on one day in one currency. */
export interface DayFigures {
  endDate: string;
  currency: string | null;
  licenses: number;
  quantity: number;
  /** Σ ARR in 1/60 minor units, exact; '0' when not asked for. */
  arr: string;
  /** Licences without a price; with ARR 0 by definition; with an ARR in no known currency. */
  unpriced: number;
  withoutArr: number;
  unknownCurrency: number;
}

/** What expires, by day and currency. Each source is a statement of its own, which the database works on side by side. */
export async function readDays({ context, asOf, lastDay, sources, expires, passes, columns }: RenewalQuestion, withMoney: boolean): Promise<DayFigures[]> {
  const { dialect } = context.db;
  const money = sql`, sum(t.arr) as arr, sum(case when t.arr is null then 1 else 0 end) as unpriced,
    sum(case when t.arr = 0 and t.is_free = 1 then 1 else 0 end) as without_arr, sum(case when t.arr <> 0 then 1 else 0 end) as valued`;
  const parts = sources.map((source): Sql => {
    const used = [...columns, 'end_date', 'quantity', ...(withMoney ? (['currency', 'arr'] as const) : [])] as const;
    const own = sql`, ${dialect.neutralText(raw('k.currency'))} as currency, k.arr as arr, ${raw(source === 'PORTAL' ? '0' : '1')} as is_free`;
    return sql`select t.end_date as end_date ${withMoney ? raw(', t.currency as currency') : empty}, count(*) as licenses, sum(t.quantity) as quantity ${withMoney ? money : empty}
      from (select k.end_date as end_date, k.quantity as quantity ${withMoney ? own : empty} from ${endingSource(context, source, asOf, { from: asOf, to: lastDay }, used)}
        where ${all([raw('k.may_end = 1'), expires, passes])}) t group by t.end_date ${withMoney ? raw(', t.currency') : empty}`;
  });
  const exact = withMoney ? sql`, x.currency as currency, ${dialect.exactInteger(raw('x.arr'))} as arr, x.unpriced as unpriced, x.without_arr as without_arr, x.valued as valued` : empty;
  const rows = await Promise.all(parts.map((part) => context.db.read(sql`
    select ${dialect.asText(raw('x.end_date'))} as end_date, x.licenses as licenses, x.quantity as quantity ${exact} from (${part}) x`)));
  return rows.flat().map((row) => {
    const currency = textOrNull(row, 'currency');
    const count = (column: string): number => (withMoney ? number(row, column) : 0);
    return {
      endDate: text(row, 'end_date').slice(0, 10), currency, licenses: number(row, 'licenses'), quantity: number(row, 'quantity'),
      arr: textOrNull(row, 'arr') ?? '0', unpriced: count('unpriced'), withoutArr: count('without_arr'),
      unknownCurrency: currency !== null && isKnownCurrency(currency) ? 0 : count('valued'),
    };
  });
}

/** Licences, seats and ARR of a group. */
export interface Figures {
  licenses: number;
  quantity: number;
  arr: readonly MoneyParts[];
}

/** Everything on the days that pass. */
export function allOn(days: readonly DayFigures[], isOn: (day: string) => boolean): Figures {
  const passing = days.filter(({ endDate }) => isOn(endDate));
  return {
    licenses: passing.reduce((sum, { licenses }) => sum + licenses, 0),
    quantity: passing.reduce((sum, { quantity }) => sum + quantity, 0),
    arr: passing.map(({ currency, arr }) => ({ currency, parts: arr })),
  };
}

/** Those that are continued in full. */
export function renewedOn(continued: Iterable<Continued>, isOn: (day: string) => boolean): Figures {
  const full = [...continued].filter(({ state, endDate }) => state === 'RENEWED' && isOn(endDate));
  return {
    licenses: full.length,
    quantity: full.reduce((sum, { quantity }) => sum + quantity, 0),
    arr: full.map(({ currency, arr }) => ({ currency, parts: arr ?? '0' })),
  };
}

/** What is left of everything when the seats that are continued, and their share of ARR, are taken away. */
export function atRiskOn(days: readonly DayFigures[], continued: Iterable<Continued>, isOn: (day: string) => boolean): Figures {
  const everything = allOn(days, isOn);
  const safe = [...continued].filter(({ endDate }) => isOn(endDate));
  return {
    licenses: everything.licenses - safe.filter(({ state }) => state === 'RENEWED').length,
    quantity: everything.quantity - safe.reduce((sum, { renewed }) => sum + renewed, 0),
    arr: [...everything.arr, ...safe.map(({ currency, arr, renewed, quantity }) => ({ currency, parts: shareOf(arr, renewed, quantity) }))],
  };
}

/** The share of the seats that are continued, to be taken away: exact but for a third of a minor unit and the like. */
function shareOf(arr: string | null, renewed: number, quantity: number): string {
  const share = quantity === 0 ? decimal(arr ?? '0') : decimal(arr ?? '0').times(renewed).div(quantity);
  return share.negated().toFixed();
}
