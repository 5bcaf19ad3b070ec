import { createHash } from 'node:crypto';
import type { Context } from '../../context.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import type { ExchangeRateInput, UserError } from '../../graphql.generated.js';
import { recordChange } from '../audit/service.js';
import { refusable, type Outcome } from '../change/change.js';
import { checkText } from '../change/checks.js';
import { Faults, Refusal } from '../change/refusal.js';
import { ratesFromCsv } from './csv.js';
import { EXCHANGE_RATE, type EuroRateRow } from './entity.js';
import { RATE_RULE, rateText, sameRate } from './rate-text.js';
import { lockRates } from './store.js';

const MAX_SOURCE_LENGTH = 64;
const ROWS_PER_STATEMENT = 500;
/** The audit log shows so many of the values that a file replaced; the file's hash stands for the rest. */
const LOGGED_VALUES = 100;

/** Sets one rate. A rate that is already so is left alone and not logged. */
export function setRate(context: Context, input: ExchangeRateInput): Promise<Outcome<EuroRateRow>> {
  return refusable(context, async (tx) => {
    const rate = checked(context, input);
    const before = await lockRate(tx, rate);
    if (before !== null && sameEntry(before, rate)) return before;
    await tx.manager.upsert(EXCHANGE_RATE, rate, ['rateDate', 'currency']);
    await recordChange(context, tx, {
      action: before === null ? 'create' : 'update', entity: EXCHANGE_RATE, entityId: idOf(rate), before: before && { ...before }, after: { ...rate },
    });
    return rate;
  });
}

/** Removes one rate. */
export function deleteRate(context: Context, key: { rateDate: string; currency: string }): Promise<Outcome<EuroRateRow>> {
  return refusable(context, async (tx) => {
    const before = await lockRate(tx, key);
    if (before === null) {
      throw new Refusal([{ field: ['rateDate'], code: 'NOT_FOUND', message: `There is no rate of ${key.currency} on ${key.rateDate}.` }]);
    }
    await tx.manager.delete(EXCHANGE_RATE, { rateDate: key.rateDate, currency: key.currency });
    await recordChange(context, tx, { action: 'delete', entity: EXCHANGE_RATE, entityId: idOf(before), before: { ...before }, after: null });
    return before;
  });
}

/** What became of a file. */
export interface Loaded {
  rows: number;
  created: number;
  updated: number;
  userErrors: UserError[];
}

/** Loads a file of rates, all of it or nothing. */
export async function loadRates(context: Context, csv: string, source: string): Promise<Loaded> {
  const { row, userErrors } = await refusable(context, async (tx) => {
    const faults = new Faults([]);
    const publisher = checkText(faults, 'source', 'Source', source, MAX_SOURCE_LENGTH);
    faults.refuseIfAny();
    const rates = ratesFromCsv(csv, context.today).map((rate) => ({ ...rate, source: publisher }));
    return store(context, tx, rates, csv);
  });
  return row === null ? { rows: 0, created: 0, updated: 0, userErrors } : { ...row, userErrors };
}

async function store(context: Context, tx: ScopedTransaction, rates: EuroRateRow[], csv: string): Promise<Omit<Loaded, 'userErrors'>> {
  const days = rates.map(({ rateDate }) => rateDate).sort();
  const [from = '', to = ''] = [days[0], days.at(-1)];
  const known = new Map(rates.length === 0 ? [] : (await lockRates(tx, from, to)).map((rate) => [idOf(rate), rate]));
  const created = rates.filter((rate) => !known.has(idOf(rate)));
  const replaced = rates.flatMap((rate) => {
    const before = known.get(idOf(rate));
    return before === undefined || sameEntry(before, rate) ? [] : [{ before, after: rate }];
  });
  const changed = [...created, ...replaced.map(({ after }) => after)];
  for (let at = 0; at < changed.length; at += ROWS_PER_STATEMENT) {
    await tx.manager.upsert(EXCHANGE_RATE, changed.slice(at, at + ROWS_PER_STATEMENT), ['rateDate', 'currency']);
  }
  const counts = { rows: rates.length, created: created.length, updated: replaced.length };
  if (changed.length === 0) return counts;
  const logged = replaced.slice(0, LOGGED_VALUES);
  await recordChange(context, tx, {
    action: 'load', entity: EXCHANGE_RATE, entityId: `${from} ${to}`,
    before: { replaced: logged.map(({ before }) => valuesOf(before)) },
    after: { source: rates[0]?.source, ...counts, replaced: logged.map(({ after }) => valuesOf(after)), sha256: createHash('sha256').update(csv).digest('hex') },
  });
  return counts;
}

function checked({ today }: Context, input: ExchangeRateInput): EuroRateRow {
  const faults = new Faults();
  const unitsPerEuro = rateText(input.unitsPerEuro);
  if (input.rateDate > today) faults.add('rateDate', 'INVALID', `The day ${input.rateDate} is after today, ${today}.`);
  if (input.currency === 'EUR') faults.add('currency', 'INVALID', 'Rates are against the euro, which has none itself.');
  if (unitsPerEuro === null) faults.add('unitsPerEuro', 'INVALID', `The rate must be ${RATE_RULE}.`);
  const source = checkText(faults, 'source', 'Source', input.source, MAX_SOURCE_LENGTH);
  faults.refuseIfAny();
  return { rateDate: input.rateDate, currency: input.currency, unitsPerEuro: unitsPerEuro ?? '', source };
}

async function lockRate(tx: ScopedTransaction, { rateDate, currency }: { rateDate: string; currency: string }): Promise<EuroRateRow | null> {
  return (await lockRates(tx, rateDate, rateDate)).find((rate) => rate.currency === currency) ?? null;
}

function sameEntry(a: EuroRateRow, b: EuroRateRow): boolean {
  return a.source === b.source && sameRate(a.unitsPerEuro, b.unitsPerEuro);
}

function valuesOf({ rateDate, currency, unitsPerEuro, source }: EuroRateRow): string[] {
  return [rateDate, currency, unitsPerEuro, source];
}

function idOf({ rateDate, currency }: { rateDate: string; currency: string }): string {
  return `${rateDate} ${currency}`;
}
