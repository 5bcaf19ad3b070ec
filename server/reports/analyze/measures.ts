import sql, { raw, type Sql } from 'sql-template-tag';
import type { AnalyzeMeasure } from '../../graphql.generated.js';

/** What a licence counts for, as a number: texts would be compared for every figure of every group. */
export const states = { inForce: 1, inGrace: 2, other: 0 } as const;

/** Where a licence stands, as a number; 0: rows of users and owners. */
export const kinds = { PORTAL: 1, TRIAL: 2, EXTERNAL: 3 } as const;

/** Columns of the rows of all facts, beside those that they are grouped by; `licence_id` is that of one licence of the group. */
export type FactColumn = 'licence_id' | 'kind' | 'state' | 'currency' | 'n' | 'quantity' | 'arr' | 'owners' | 'registered' | 'active';

/** What is added up of the rows `g` of a group. */
const figures = {
  licenses: { sum: 'sum(g.n)', needs: ['n'] },
  rounds: { sum: `sum(case when g.kind = ${kinds.PORTAL} then g.n else 0 end)`, needs: ['kind', 'n'] },
  in_force: { sum: `sum(case when g.state = ${states.inForce} then g.n else 0 end)`, needs: ['state', 'n'] },
  seats: { sum: 'sum(g.quantity)', needs: ['quantity'] },
  seats_in_force: { sum: `sum(case when g.state = ${states.inForce} then g.quantity else 0 end)`, needs: ['state', 'quantity'] },
  seats_in_grace: { sum: `sum(case when g.state = ${states.inGrace} then g.quantity else 0 end)`, needs: ['state', 'quantity'] },
  round_seats: { sum: `sum(case when g.kind = ${kinds.PORTAL} and g.state = ${states.inForce} then g.quantity else 0 end)`, needs: ['kind', 'state', 'quantity'] },
  owners: { sum: 'sum(g.owners)', needs: ['owners'] },
  registered: { sum: 'sum(g.registered)', needs: ['registered'] },
  active: { sum: 'sum(g.active)', needs: ['active'] },
} as const satisfies Record<string, { sum: string; needs: readonly FactColumn[] }>;

export type Figure = keyof typeof figures;

/** The figures that a measure is made from. Money has columns of its own, one for each currency. */
const figuresOf: Record<AnalyzeMeasure, readonly Figure[]> = {
  LICENSES: ['licenses'],
  ROUNDS: ['rounds'],
  LICENSES_IN_FORCE: ['in_force'],
  SEATS: ['seats'],
  SEATS_IN_FORCE: ['seats_in_force'],
  SEATS_IN_GRACE: ['seats_in_grace'],
  ANNUAL_VALUE: [],
  AVERAGE_COST: [],
  OWNERS: ['owners'],
  REGISTERED_USERS: ['registered'],
  ACTIVE_USERS: ['active'],
  UTILIZATION: ['round_seats', 'active'],
  UNUSED_SEATS: ['round_seats', 'active'],
};

/** Amounts of one currency in one group. */
export type Amount = 'value' | 'round_value' | 'round_seats';

const inCurrency: Record<Amount, { of: 'arr' | 'quantity'; condition: string }> = {
  value: { of: 'arr', condition: '' },
  round_value: { of: 'arr', condition: `and g.kind = ${kinds.PORTAL}` },
  round_seats: { of: 'quantity', condition: `and g.kind = ${kinds.PORTAL}` },
};

const amountsOf: Partial<Record<AnalyzeMeasure, readonly Amount[]>> = { ANNUAL_VALUE: ['value'], AVERAGE_COST: ['round_value', 'round_seats'] };

/** The column that holds an amount of a currency. */
export const amountColumn = (amount: Amount, currency: string): string => `${amount}_${currency.toLowerCase()}`;

/** What has to be read for some measures. */
export interface Reading {
  /** Columns that the facts have. */
  needs: ReadonlySet<FactColumn>;
  /** Sums over the rows `g` of a group, each under its name. */
  sums: readonly Sql[];
  /** Names of those that are counts. */
  counts: readonly Figure[];
  /** Names of those that are amounts in one currency: they may have more digits than a number holds. */
  amounts: readonly string[];
}

/** The sums of the measures. An amount is null where nothing of the currency occurs, which is not the same as 0. */
export function readingOf(measures: ReadonlySet<AnalyzeMeasure>, currencies: readonly string[]): Reading {
  const wanted = [...new Set([...measures].flatMap((measure) => figuresOf[measure]))];
  const amounts = [...measures].flatMap((measure) => amountsOf[measure] ?? []);
  const needs = new Set<FactColumn>(wanted.flatMap((name): readonly FactColumn[] => figures[name].needs));
  for (const amount of amounts) for (const column of ['kind', 'state', 'currency', inCurrency[amount].of] as const) needs.add(column);
  const money = amounts.flatMap((amount) => currencies.map((currency) => ({ amount, currency, name: amountColumn(amount, currency) })));
  return {
    needs,
    sums: [
      ...wanted.map((name) => raw(`${figures[name].sum} as ${name}`)),
      ...money.map(({ amount, currency, name }) => {
        const { of, condition } = inCurrency[amount];
        return sql`sum(case when g.state = ${raw(String(states.inForce))} and g.currency = ${currency} ${raw(condition)} then ${raw(`g.${of}`)} end) as ${raw(name)}`;
      }),
    ],
    counts: wanted,
    amounts: money.map(({ name }) => name),
  };
}
