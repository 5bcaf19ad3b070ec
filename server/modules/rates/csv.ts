import { isCalendarDay } from '../../reports/shapes/days.js';
import { isKnownCurrency } from '../../reports/shapes/money.js';
import { Refusal } from '../change/refusal.js';
import { CsvFaults, shown } from '../csv/faults.js';
import { readCsv, type CsvRow } from '../csv/read.js';
import type { EuroRateRow } from './entity.js';
import { RATE_RULE, rateText } from './rate-text.js';

/** A rate of a file, before it is known whose. */
export type PublishedRate = Omit<EuroRateRow, 'source'>;

const LONG_HEADER = 'date,currency,rate';

/** The rates of a file in either layout. Throws Refusal with every wrong cell. */
export function ratesFromCsv(csv: string, today: string): PublishedRate[] {
  const [header, ...rows] = readCsv(csv);
  if (header === undefined || rows.length === 0) {
    throw new Refusal([{ field: ['csv'], code: 'REQUIRED', message: 'The file holds no rates: a header and at least one row are expected.' }]);
  }
  const collected = new Collected(today);
  const names = header.cells.map((cell) => cell.toLowerCase());
  if (names.join() === LONG_HEADER) readLong(collected, rows);
  else readWide(collected, header, rows);
  collected.faults.refuseIfAny();
  return [...collected.rates.values()];
}

/** The rates read so far, each with the row it came from, and what was wrong. */
class Collected {
  readonly faults = new CsvFaults();
  readonly rates = new Map<string, PublishedRate>();
  private readonly rowOf = new Map<string, number>();

  constructor(private readonly today: string) {}

  /** The day of a row; null, with a fault, when it is none. */
  day({ row, cells }: CsvRow, column: string): string | null {
    const day = cells[0] ?? '';
    if (day === '') this.faults.add(row, column, 'REQUIRED', 'a day is missing.');
    else if (!isCalendarDay(day)) this.faults.add(row, column, 'INVALID', `${shown(day)} is not a day YYYY-MM-DD.`);
    else if (day > this.today) this.faults.add(row, column, 'INVALID', `${day} is after today, ${this.today}.`);
    else return day;
    return null;
  }

  /** A currency that a rate can be of; null, with a fault, when it is none. */
  currency(row: number, column: string, code: string): string | null {
    if (code === '') this.faults.add(row, column, 'REQUIRED', 'a currency is missing.');
    else if (code === 'EUR') this.faults.add(row, column, 'INVALID', 'rates are against the euro, which has none itself.');
    else if (!isKnownCurrency(code)) this.faults.add(row, column, 'INVALID', `${shown(code)} is not a currency Seatwise knows.`);
    else return code;
    return null;
  }

  /** Takes a rate, unless the cell holds none or the file has one already. */
  rate(row: number, column: string, cell: string, rateDate: string | null, currency: string | null): void {
    const unitsPerEuro = rateText(cell);
    if (unitsPerEuro === null) this.faults.add(row, column, 'INVALID', `${shown(cell)} is not a rate: ${RATE_RULE}.`);
    if (unitsPerEuro === null || rateDate === null || currency === null) return;
    const key = `${rateDate} ${currency}`;
    const earlier = this.rowOf.get(key);
    if (earlier !== undefined) this.faults.add(row, column, 'DUPLICATE', `row ${earlier} has a rate of ${currency} on ${rateDate} already.`);
    else this.rates.set(key, { rateDate, currency, unitsPerEuro });
    this.rowOf.set(key, earlier ?? row);
  }

  tooLong({ row, cells }: CsvRow, columns: number): void {
    if (cells.slice(columns).some((cell) => cell !== '')) {
      this.faults.add(row, String(columns + 1), 'INVALID', `the row has more cells than the ${columns} columns of the header.`);
    }
  }
}

function readLong(collected: Collected, rows: readonly CsvRow[]): void {
  for (const line of rows) {
    const [, code = '', cell = ''] = line.cells;
    const day = collected.day(line, 'date');
    const currency = collected.currency(line.row, 'currency', code);
    if (cell === '') collected.faults.add(line.row, 'rate', 'REQUIRED', 'a rate is missing.');
    else collected.rate(line.row, 'rate', cell, day, currency);
    collected.tooLong(line, 3);
  }
}

/** One column a currency. The files of the European Central Bank end each row with a comma: an empty last column is none. */
function readWide(collected: Collected, header: CsvRow, rows: readonly CsvRow[]): void {
  const names = header.cells.at(-1) === '' ? header.cells.slice(0, -1) : header.cells;
  const [first = '', ...codes] = names;
  if (first.toLowerCase() !== 'date' || codes.length === 0) {
    collected.faults.add(header.row, first === '' ? '1' : first.slice(0, 64), 'INVALID', `the header is neither ${LONG_HEADER} nor Date,USD,JPY,… with one column a currency.`);
    return;
  }
  const currencies = codes.map((code, index) => {
    const currency = collected.currency(header.row, code === '' ? String(index + 2) : code.slice(0, 64), code);
    if (currency !== null && codes.indexOf(code) < index) collected.faults.add(header.row, code, 'DUPLICATE', 'the column occurs twice.');
    return currency;
  });
  for (const line of rows) {
    const day = collected.day(line, first);
    for (const [index, currency] of currencies.entries()) {
      const cell = line.cells[index + 1] ?? '';
      // A wrong column is named once, in the header.
      if (cell !== '' && cell !== 'N/A' && currency !== null && codes.indexOf(currency) === index) collected.rate(line.row, currency, cell, day, currency);
    }
    collected.tooLong(line, names.length);
  }
}
