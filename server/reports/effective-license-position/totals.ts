import sql, { empty, raw } from 'sql-template-tag';
import type { Row } from '../../db/dialect/dialect.js';
import { number, text, textOrNull } from '../../db/decode.js';
import { keptWhole } from '../../db/kept-whole.js';
import type { LicensePosition } from '../../graphql.generated.js';
import { isKnownCurrency } from '../shapes/money.js';
import type { MoneyParts } from '../money-sum.js';
import type { Grouping } from './grouping.js';
import { deficitOf, isShown, summedLines } from './lines.js';
import { currencyIn, priceIn } from './price.js';
import type { PositionQuery } from './query.js';

/** Every position, in the order of the SDL. */
export const positions: readonly LicensePosition[] = ['COMPLIANT', 'SURPLUS', 'DEFICIT', 'UNLICENSED', 'UNUSED', 'UNLIMITED'];

/** Sums over all lines. */
export interface Totals {
  purchased: number;
  inGrace: number;
  users: number;
  activations: number;
  trials: number;
  unattributed: number;
  surplus: number;
  deficit: number;
  unknownLimits: number;
  invalidRows: number;
  /** Lines of the answer by position; null: in grace only. */
  lines: ReadonlyMap<LicensePosition | null, number>;
  /** Cost of the deficits, where it was asked for. */
  trueUp: readonly MoneyParts[];
  /** Lines with a deficit and no price. */
  unpriced: number;
}

/** The sums, of every grouping by itself: grouped by position and currency of the price, and added up here. */
export async function readTotals(query: PositionQuery, priced: boolean): Promise<Totals> {
  return totalsOf((await Promise.all(query.groupings.map((grouping) => readSums(query, grouping, priced)))).flat(), priced);
}

function readSums(query: PositionQuery, grouping: Grouping, priced: boolean): Promise<readonly Row[]> {
  const { dialect } = query.context.db;
  const deficit = deficitOf('s');
  const cost = sql`, s.currency as currency, ${dialect.exactInteger(sql`sum(s.deficit * ${dialect.integerOf(raw('s.price'))})`)} as cost`;
  return query.context.db.read(sql`
    select s.line_position as line_position, sum(s.shown) as line_count, sum(s.purchased) as purchased, sum(s.in_grace) as in_grace, sum(s.users) as users,
      sum(s.activations) as activations, sum(s.trials) as trials, sum(s.unattributed) as unattributed, sum(s.unknown_limits) as unknown_limits,
      sum(s.invalid_rows) as invalid_rows, sum(s.surplus) as surplus, sum(s.deficit) as deficit ${priced ? cost : empty}
    from (select s.*, case when ${isShown} then 1 else 0 end as shown, ${deficit} as deficit,
        case when s.line_position in ('SURPLUS', 'UNUSED') then s.purchased - s.deployed else 0 end as surplus
        ${priced ? sql`, ${currencyIn(raw('s.latest'))} as currency, ${priceIn(raw('s.latest'))} as price` : empty}
      from (${summedLines(query, grouping, priced)} ${keptWhole}) s) s
    group by s.line_position ${priced ? raw(', s.currency') : empty}`);
}

function totalsOf(rows: readonly Row[], priced: boolean): Totals {
  const sum = (column: string, of = rows): number => of.reduce((total, row) => total + number(row, column), 0);
  const lines = new Map<LicensePosition | null, number>();
  for (const row of rows) {
    const position = textOrNull(row, 'line_position') as LicensePosition | null;
    lines.set(position, (lines.get(position) ?? 0) + number(row, 'line_count'));
  }
  const lacking = priced ? rows.filter((row) => number(row, 'deficit') > 0) : [];
  const isPriced = (currency: string | null): boolean => currency !== null && isKnownCurrency(currency);
  return {
    purchased: sum('purchased'), inGrace: sum('in_grace'), users: sum('users'), activations: sum('activations'), trials: sum('trials'),
    unattributed: sum('unattributed'), surplus: sum('surplus'), deficit: sum('deficit'),
    unknownLimits: sum('unknown_limits'), invalidRows: sum('invalid_rows'), lines,
    trueUp: lacking.filter((row) => isPriced(textOrNull(row, 'currency'))).map((row) => ({ currency: text(row, 'currency'), parts: text(row, 'cost') })),
    unpriced: sum('line_count', lacking.filter((row) => !isPriced(textOrNull(row, 'currency')))),
  };
}
