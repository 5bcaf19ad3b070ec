import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { projectFile } from '../../project-root.js';
import { addDays, weekday } from './calendar.js';

export interface RateRow {
  rateDate: string;
  currency: string;
  /** As published: a decimal text. */
  unitsPerEuro: string;
  source: string;
}

/**
 * The reference rates of the European Central Bank, the earliest first, then the last of them on every business day up to
 * `today`, marked as such: reports accept a rate of at most 7 days before.
 */
export function rates(today: string): RateRow[] {
  const published = readPublished();
  const last = published.at(-1)?.rateDate;
  if (last === undefined) throw new Error('The file of exchange rates holds no rate');
  const ofLastDay = published.filter(({ rateDate }) => rateDate === last);
  const carried: RateRow[] = [];
  for (let day = addDays(last, 1); day <= today; day = addDays(day, 1)) {
    if (weekday(day) > 5) continue;
    carried.push(...ofLastDay.map((rate) => ({ ...rate, rateDate: day, source: `carried forward from ECB ${last}` })));
  }
  return [...published, ...carried];
}

function readPublished(): RateRow[] {
  const file = projectFile('server', 'db', 'demo', 'exchange-rates-ecb.csv');
  const lines = parse<Record<string, string>>(readFileSync(file), { columns: true, skip_empty_lines: true, trim: true, bom: true });
  return lines
    .flatMap(({ Date: rateDate = '', ...units }) =>
      Object.entries(units).map(([currency, unitsPerEuro]) => ({ rateDate, currency, unitsPerEuro, source: 'ECB' })),
    )
    .filter(({ unitsPerEuro }) => /^\d+(\.\d+)?$/.test(unitsPerEuro))
    .sort((a, b) => (a.rateDate < b.rateDate ? -1 : a.rateDate > b.rateDate ? 1 : 0));
}
