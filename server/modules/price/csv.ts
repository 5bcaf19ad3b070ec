import { Refusal } from '../change/refusal.js';
import { CsvFaults, shown } from '../csv/faults.js';
import { readCsv, type CsvRow } from '../csv/read.js';
import { checkPrice, identityOf, type PriceDraft } from './check.js';
import type { PriceRow } from './entity.js';

/** The columns of a file in their order, by what they mean. */
const columns: readonly (readonly [keyof PriceDraft, string])[] = [
  ['productSlug', 'product'], ['variation', 'variation'], ['amount', 'amount'], ['currency', 'currency'], ['intervalMonths', 'interval_months'],
  ['validFrom', 'valid_from'], ['validTo', 'valid_to'],
];
const columnOf = new Map(columns);
const HEADER = columns.map(([, name]) => name);

/** The prices of a file. Throws Refusal with every wrong cell. */
export function pricesFromCsv(csv: string): Omit<PriceRow, 'id'>[] {
  const [header, ...rows] = readCsv(csv);
  if (header === undefined || rows.length === 0) {
    throw new Refusal([{ field: ['csv'], code: 'REQUIRED', message: 'The file holds no prices: a header and at least one row are expected.' }]);
  }
  const faults = new CsvFaults();
  for (const [index, name] of HEADER.entries()) {
    if (header.cells[index]?.toLowerCase() !== name) faults.add(header.row, name, 'INVALID', `column ${index + 1} must be ${name}: ${HEADER.join()}.`);
  }
  faults.refuseIfAny();
  const rowOf = new Map<string, number>();
  const prices = [header, ...rows].flatMap((line) => {
    tooLong(faults, line);
    return line === header ? [] : [readPrice(faults, line, rowOf)];
  });
  faults.refuseIfAny();
  return prices;
}

function readPrice(faults: CsvFaults, { row, cells }: CsvRow, rowOf: Map<string, number>): Omit<PriceRow, 'id'> {
  const values = Object.fromEntries(columns.map(([field], index) => [field, cells[index] || null])) as Record<keyof PriceDraft, string | null>;
  const { intervalMonths } = values;
  let wrong = false;
  const price = checkPrice({ ...values, intervalMonths: intervalMonths === null ? null : wholeNumber(intervalMonths) }, (field, code, message) => {
    wrong = true;
    const value = values[field];
    faults.add(row, columnOf.get(field) ?? field, code, value === null ? message : `${shown(value)}: ${message}`);
  });
  if (wrong) return price;
  const earlier = rowOf.get(identityOf(price));
  if (earlier !== undefined) faults.add(row, 'valid_from', 'DUPLICATE', `row ${earlier} has a price of this product, variation and currency from this day on already.`);
  rowOf.set(identityOf(price), earlier ?? row);
  return price;
}

/** NaN for whatever is no whole number: it passes no check. */
function wholeNumber(text: string): number {
  return /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
}

function tooLong(faults: CsvFaults, { row, cells }: CsvRow): void {
  if (cells.slice(HEADER.length).some((cell) => cell !== '')) {
    faults.add(row, String(HEADER.length + 1), 'INVALID', `the row has more cells than the ${HEADER.length} columns.`);
  }
}
