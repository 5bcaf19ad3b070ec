import sql, { raw, type Sql } from 'sql-template-tag';
import { number, text, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import { isKnownCurrency } from '../shapes/money.js';
import { noMovements, type Movements } from '../shapes/trend-flows.js';
import { CHANGE, chainedTerms, EXPIRY, RESTART, START } from './chains.js';
import { datedTerms, spansOf } from './events.js';
import { grossMovements } from './gross.js';
import { lifeMovements } from './lives.js';
import { chainMovements } from './netting.js';
import type { TrendQuestion } from './question.js';
import { termsOf } from './terms.js';

/** What happened in one interval to licences of one currency. */
export interface Movement {
  /** First month of the interval as YYYYMM; 0 for everything before the first interval. */
  key: number;
  /** Null where the price has none, or none that is known. */
  currency: string | null;
  /** Terms begun less terms ended. */
  terms: bigint;
  licenses: Movements;
  seats: Movements;
  /** In 1/60 minor units. */
  arr: Movements;
}

/** The movements of all sources, added up by the database per interval and currency. */
export async function readMovements(question: TrendQuestion): Promise<Movement[]> {
  const perSource = await Promise.all(question.scope.sources.map(async (source) => {
    const terms = await termsOf(question, source);
    const movements = movementsOf(question, terms);
    const { db } = question.context;
    const exact = (column: string) => sql`${db.dialect.exactInteger(raw(`f.${column}`))} as ${raw(column)}`;
    return db.read(sql`
      select f.kind as kind, f.b as b, f.currency as currency, f.terms as terms, f.licenses as licenses, f.seats_up as seats_up, f.seats_down as seats_down,
        f.seats_kept as seats_kept, ${exact('arr_up')}, ${exact('arr_down')}, ${exact('arr_kept')}
      from (${movements}) f`);
  }));
  return perSource.flat().map(decode);
}

function movementsOf(question: TrendQuestion, terms: Sql): Sql {
  const { mode, interval, units } = question;
  if (mode === 'GROSS') return grossMovements(spansOf(question, terms));
  const dated = datedTerms(question, terms);
  return units.renewals || units.seats || units.money ? chainMovements(chainedTerms(dated, interval !== 'MONTH'), units) : lifeMovements(dated);
}

function decode(row: Row): Movement {
  const whole = (column: string): bigint => BigInt(number(row, column));
  const exact = (column: string): bigint => BigInt(text(row, column).replace(/\.0*$/, ''));
  const currency = textOrNull(row, 'currency');
  const kind = number(row, 'kind');
  return {
    key: number(row, 'b'),
    currency: currency !== null && isKnownCurrency(currency) ? currency : null,
    terms: whole('terms'),
    // A chain is one licence, whatever happens to it: it has no size to gain or lose.
    licenses: kind === CHANGE ? { ...noMovements, renewed: whole('licenses') } : ofKind(kind, whole('licenses')),
    seats: amounts(kind, whole('seats_up'), whole('seats_down'), whole('seats_kept')),
    arr: amounts(kind, exact('arr_up'), exact('arr_down'), exact('arr_kept')),
  };
}

/** What starts added and ends took; in a change only what is beyond what both have in common, chain by chain. */
function amounts(kind: number, up: bigint, down: bigint, kept: bigint): Movements {
  return kind === CHANGE ? { ...noMovements, renewed: kept, expansion: up - kept, contraction: down - kept } : ofKind(kind, magnitude(up - down));
}

function ofKind(kind: number, amount: bigint): Movements {
  switch (kind) {
    case START: return { ...noMovements, new: amount };
    case RESTART: return { ...noMovements, reactivated: amount };
    case EXPIRY: return { ...noMovements, expired: amount };
    default: throw new Error(`A movement of kind ${kind}`);
  }
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
