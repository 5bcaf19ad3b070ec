import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvCell } from '../../server/exports/cells.js';
import { parseBoolean } from '../../server/modules/import/values/boolean.js';
import { parseDate } from '../../server/modules/import/values/dates.js';
import { nearest } from '../../server/modules/import/values/near.js';
import { parseDecimal, parseInteger } from '../../server/modules/import/values/numbers.js';
import type { Parsed } from '../../server/modules/import/values/parsed.js';
import { isBlank, parseText, raggedness } from '../../server/modules/import/values/text.js';
import { addDays } from '../../server/reports/shapes/days.js';

const read = <T>(parsed: Parsed<T>): T | string => ('value' in parsed ? parsed.value : parsed.code);
const message = (parsed: Parsed<unknown>) => ('value' in parsed ? null : parsed.message);

describe('dates', () => {
  it.each([
    ['YMD', '2026-04-13', '2026-04-13'], ['YMD', '2026/4/3', '2026-04-03'], ['YMD', ' 2026-04-13 ', '2026-04-13'], ['YMD', '2026-04-13T00:00:00.000Z', '2026-04-13'],
    ['YMD', '2026-04-13 00:00', '2026-04-13'], ['YMD', '2024-02-29', '2024-02-29'], ['YMD', '9999-12-31', '9999-12-31'],
    ['DMY', '13.04.2026', '2026-04-13'], ['DMY', '3/4/2026', '2026-04-03'], ['DMY', '13-04-2026 00:00:00', '2026-04-13'],
    ['MDY', '04/13/2026', '2026-04-13'], ['MDY', '4-3-2026', '2026-04-03'], ['MDY', '4/13/2026 12:00:00 AM', '2026-04-13'],
    ['D_MONTH_Y', '13 Apr 2026', '2026-04-13'], ['D_MONTH_Y', '1-SEPTEMBER-2026', '2026-09-01'], ['D_MONTH_Y', '2 sept 2026 00:00', '2026-09-02'],
    ['SERIAL', '46125', '2026-04-13'], ['SERIAL', '46125.0', '2026-04-13'], ['SERIAL', '1', '1899-12-31'], ['SERIAL', '2958465', '9999-12-31'],
    [null, '2026-04-13', '2026-04-13'],
  ] as const)('%s reads %s', (format, text, expected) => {
    expect(parseDate(text, format)).toEqual({ value: expected });
  });

  it.each([
    ['YMD', '2026-02-29'], ['YMD', '1900-02-29'], ['YMD', '2026-13-01'], ['YMD', '2026-00-10'], ['YMD', '0000-00-00'], ['YMD', '0999-12-31'], ['YMD', '26-04-13'], ['YMD', '13.04.2026'],
    ['YMD', '2026.04.13'], ['YMD', '2026-04/13'], ['YMD', '2026-04-13T08:00:00Z'], ['YMD', '2026-04-13T00:00:00+02:00'], ['YMD', '20260413'], ['YMD', '2026-04-13x'], ['YMD', '٢٠٢٦-٠٤-١٣'],
    ['DMY', '04/13/2026'], ['DMY', '13.04.26'], ['DMY', '2026-04-13'], ['DMY', '31.04.2026'], ['DMY', '13.04.2026.'], ['DMY', ''], ['DMY', '13 Apr 2026'],
    ['MDY', '13/04/2026'], ['MDY', '04.13.2026'], ['D_MONTH_Y', '13 Abril 2026'], ['D_MONTH_Y', '13.04.2026'], ['D_MONTH_Y', '0 Apr 2026'],
    ['SERIAL', '0'], ['SERIAL', '46125.5'], ['SERIAL', '2958466'], ['SERIAL', '-1'], ['SERIAL', '46.125.0'], ['SERIAL', '2026-04-13'],
    [null, '13.04.2026'], [null, '46125'], ['YMD', 'x'.repeat(1_000_000)], ['D_MONTH_Y', `${' '.repeat(100_000)}1`],
  ] as const)('%s does not read %s', (format, text) => {
    expect(read(parseDate(text, format))).toBe('UNREADABLE');
  });

  it('says what is wrong and what to do', () => {
    expect(message(parseDate('04/13/2026', 'DMY'))).toBe('“04/13/2026” is not a day of the calendar.');
    expect(message(parseDate('13.04.26', 'DMY'))).toBe('“13.04.26” is not a date written like 13.04.2026, day first and with all digits of the year, as the format of the column says.');
    expect(message(parseDate('2026-04-13T08:00', 'YMD'))).toContain('only midnight can be cut off');
    expect(message(parseDate('13.04.2026', null))).toContain('choose the format of the column');
  });

  it('reads every day in every way of writing it', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2_900_000 }), (days) => {
      const day = addDays('1900-01-01', days);
      const [year, month, date] = day.split('-');
      const name = new Date(`${day}T00:00:00Z`).toLocaleString('en', { month: 'short', timeZone: 'UTC' });
      const readings = [
        parseDate(day, 'YMD'), parseDate(`${date}.${month}.${year}`, 'DMY'), parseDate(`${month}/${date}/${year}`, 'MDY'),
        parseDate(`${Number(date)} ${name} ${year}`, 'D_MONTH_Y'), parseDate(String(days + 2), 'SERIAL'),
      ];
      expect(readings).toEqual(Array.from({ length: 5 }, () => ({ value: day })));
    }), { numRuns: 500 });
  });
});

describe('numbers', () => {
  it.each([
    ['POINT', '1234.50', '1234.50'], ['POINT', '1,234.50', '1234.50'], ['POINT', '1 234.5', '1234.5'], ['POINT', '1\u202f234\u202f567', '1234567'], ['POINT', "1'234.50", '1234.50'],
    ['POINT', '-5', '-5'], ['POINT', '−5.5', '-5.5'], ['POINT', '+5', '5'], ['POINT', '007', '7'], ['POINT', '0.5', '0.5'], ['POINT', "'-5.00", '-5.00'], ['POINT', '12345678901234567890.12', '12345678901234567890.12'],
    ['COMMA', '1234,50', '1234.50'], ['COMMA', '1.234,50', '1234.50'], ['COMMA', '1 234,50', '1234.50'], ['COMMA', '1.234', '1234'], ['COMMA', '12\u00a0345', '12345'], ['COMMA', '1\u2009234,5', '1234.5'],
    [null, '1234', '1234'], [null, ' 5 ', '5'], [null, '1\u2009234', '1234'], [null, "1'234 ", '1234'],
  ] as const)('%s reads %s as %s', (format, text, expected) => {
    expect(parseDecimal(text, format)).toEqual({ value: expected });
  });

  it.each([
    ['POINT', '12,50'], ['POINT', '1.234,50'], ['POINT', '1,23,456'], ['POINT', '1,234 567'], ['POINT', '.5'], ['POINT', '5.'], ['POINT', '1.2.3'], ['POINT', ''], ['POINT', '-'], ['POINT', '--5'],
    ['POINT', '1e5'], ['POINT', '0x10'], ['POINT', 'NaN'], ['POINT', 'Infinity'], ['POINT', '$12.50'], ['POINT', '12.50 €'], ['POINT', '(5)'], ['POINT', '１２'], ['POINT', '9'.repeat(31)],
    ['COMMA', '12.50'], ['COMMA', '1,234.50'], ['COMMA', ',5'], [null, '1,234'], [null, '12.50'], ['POINT', '1'.repeat(1_000_000)], ['COMMA', '1.'.repeat(500_000)],
  ] as const)('%s does not read %s', (format, text) => {
    expect(read(parseDecimal(text, format))).toBe('UNREADABLE');
  });

  it.each([
    ['POINT', '1,200', 1200], ['COMMA', '1.200', 1200], ['POINT', '12.00', 12], ['COMMA', '12,0', 12], ['POINT', '-3', -3], [null, '2147483648', 2147483648], ['POINT', '-0', 0],
    // 1.200 may be twelve hundred: as whole numbers go, no three decimals are taken for nothing.
    ['POINT', '1.000', 'UNREADABLE'], ['COMMA', '1,000', 'UNREADABLE'], ['POINT', '1.5', 'UNREADABLE'], ['POINT', '1,5', 'UNREADABLE'], [null, '9007199254740993', 'INVALID'],
  ] as const)('%s reads the whole number %s as %s', (format, text, expected) => {
    expect(read(parseInteger(text, format))).toBe(expected);
  });

  it('says what is wrong and what to do', () => {
    expect(message(parseDecimal('$1,200.00', 'POINT'))).toBe('“$1,200.00” is not a number: leave the currency sign out, the currency has a column of its own.');
    expect(message(parseDecimal('1.2E+05', 'POINT'))).toContain('a spreadsheet has shortened it');
    expect(message(parseDecimal('12,5', 'POINT'))).toBe('“12,5” is not a number written like 1,234.50, as the format of the column says.');
    expect(message(parseDecimal('12,5', null))).toContain('choose the format of the column');
  });

  it('never reads the thousands of one format as the decimals of the other', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 999_999_999 }), (value) => {
      const english = value.toLocaleString('en');
      expect(parseDecimal(english, 'POINT')).toEqual({ value: String(value) });
      expect(parseDecimal(english.replaceAll(',', '.'), 'COMMA')).toEqual({ value: String(value) });
      if (value >= 1000) expect(read(parseInteger(english, 'COMMA'))).toBe('UNREADABLE');
    }), { numRuns: 300 });
  });
});

describe('texts', () => {
  it.each(['yes', 'TRUE', '1', 'Y'])('takes %s for yes', (text) => expect(parseBoolean(text)).toEqual({ value: true }));
  it.each(['no', 'False', '0', ' n '])('takes %s for no', (text) => expect(parseBoolean(text)).toEqual({ value: false }));
  it.each(['', '2', 'ja', 'x', '10'])('takes "%s" for neither', (text) => expect(read(parseBoolean(text))).toBe('UNREADABLE'));

  it('gives back every text that the export makes safe for spreadsheets', () => {
    const text = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '1', 'a'), maxLength: 6 });
    fc.assert(fc.property(text, (original) => {
      expect(parseText(csvCell(original))).toEqual({ value: original });
    }), { numRuns: 1000 });
  });

  it('leaves other apostrophes alone', () => {
    expect(["'s Hertogenbosch", "'", "''", "O'Neill", "'=1+1", "''=1"].map((text) => read(parseText(text)))).toEqual(["'s Hertogenbosch", "'", "''", "O'Neill", '=1+1', "'=1"]);
  });

  it('takes spaces of all kinds for blank', () => {
    expect(['', ' ', '\t', '\u00a0', '\u202f\u2009', '\r\n'].every(isBlank)).toBe(true);
    expect(['0', '-', '\u200b', '漢'].some(isBlank)).toBe(false);
  });

  it('says why a row does not fit its header; empty cells at its end do no harm', () => {
    expect([raggedness(['a', 'b'], 2), raggedness(['a', 'b', '', ' '], 2)]).toEqual([null, null]);
    expect(raggedness(['a'], 2)).toContain('has 1 cells, the header 2');
    expect(raggedness(['a', 'b', '', 'x'], 2)).toContain('quotation marks');
  });
});

describe('near names', () => {
  const companies = ['Acme GmbH', 'Acme Holding', 'ACMÉ Ltd', 'Globex', 'Initech', 'Initrode', 'Café Zürich', 'Li'].map((name, index) => ({ id: index + 1, name }));
  const names = (value: string) => nearest(value, companies, 3).map(({ name }) => name);

  it.each([
    ['Acme Gmbh', ['Acme GmbH']], ['acme', ['ACMÉ Ltd', 'Acme GmbH', 'Acme Holding']], ['Glbex', ['Globex']], ['Cafe Zurich', ['Café Zürich']], ['Inintech', ['Initech']],
    ['Zzz', []], ['', []], ['  ', []], ['!!!', []], ['X', []], ['Globex Inc.', ['Globex']], ['Acme'.repeat(250_000), []],
  ])('%s is like %j', (value, expected) => {
    expect(names(value)).toEqual(expected);
  });
});
