import { numberOrNull, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import type { AnalyzeMeasure, Ratio } from '../../graphql.generated.js';
import type { RateTable } from '../../modules/rates/service.js';
import { moneyFromParts, moneySum, type MoneySumModel } from '../money-sum.js';
import { decimal, type Money } from '../shapes/money.js';
import { ratio } from '../shapes/ratio.js';
import { amountColumn, type Figure } from './measures.js';

/** The measures of one group; null: not asked for. */
export interface FiguresModel {
  licenses: number | null;
  rounds: number | null;
  licensesInForce: number | null;
  seats: number | null;
  seatsInForce: number | null;
  seatsInGrace: number | null;
  annualValue: MoneySumModel | null;
  averageCost: Money[] | null;
  owners: number | null;
  registeredUsers: number | null;
  activeUsers: number | null;
  utilization: Ratio | null;
  unusedSeats: number | null;
}

/** What figures are decoded with. */
export interface FigureReading {
  measures: ReadonlySet<AnalyzeMeasure>;
  /** In order of code. */
  currencies: readonly string[];
  rates: () => Promise<RateTable>;
}

/** The figures of a row of lines; without a row everything is 0. */
export function figuresOf({ measures, currencies, rates }: FigureReading, row: Row | undefined): FiguresModel {
  const read = (figure: Figure): number => (row === undefined ? 0 : (numberOrNull(row, figure) ?? 0));
  const asked = <T>(measure: AnalyzeMeasure, value: () => T): T | null => (measures.has(measure) ? value() : null);
  const amounts = (of: Parameters<typeof amountColumn>[0]) => currencies.flatMap((currency) => {
    const parts = row === undefined ? null : textOrNull(row, amountColumn(of, currency));
    return parts === null ? [] : [{ currency, parts }];
  });
  return {
    licenses: asked('LICENSES', () => read('licenses')),
    rounds: asked('ROUNDS', () => read('rounds')),
    licensesInForce: asked('LICENSES_IN_FORCE', () => read('in_force')),
    seats: asked('SEATS', () => read('seats')),
    seatsInForce: asked('SEATS_IN_FORCE', () => read('seats_in_force')),
    seatsInGrace: asked('SEATS_IN_GRACE', () => read('seats_in_grace')),
    annualValue: asked('ANNUAL_VALUE', () => moneySum(amounts('value'), rates)),
    averageCost: asked('AVERAGE_COST', () => averages(amounts('round_value'), amounts('round_seats'))),
    owners: asked('OWNERS', () => read('owners')),
    registeredUsers: asked('REGISTERED_USERS', () => read('registered')),
    activeUsers: asked('ACTIVE_USERS', () => read('active')),
    utilization: asked('UTILIZATION', () => ratio(read('active'), read('round_seats'))),
    unusedSeats: asked('UNUSED_SEATS', () => read('round_seats') - read('active')),
  };
}

/** Amounts over seats, rounded once. A round in force has seats. */
function averages(values: readonly { currency: string; parts: string }[], seats: readonly { currency: string; parts: string }[]): Money[] {
  const seatsIn = new Map(seats.map(({ currency, parts }) => [currency, parts]));
  return values.map(({ currency, parts }) => moneyFromParts(decimal(parts).div(seatsIn.get(currency) ?? 1), currency));
}
