import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { readTable, writeTable } from '../../../client/ui/grid/editing/clipboard';

describe('a rectangle on the clipboard', () => {
  it('is read as spreadsheets write it, with or without a last line break', () => {
    for (const end of ['', '\n', '\r\n']) expect(readTable(`1\t2${end ? end : ''}`)).toEqual([['1', '2']]);
    expect(readTable('1\t2\r\n3\t4\r\n')).toEqual([['1', '2'], ['3', '4']]);
    expect(readTable('a\n\nb\n')).toEqual([['a'], [''], ['b']]);
    expect(readTable('')).toEqual([['']]);
  });

  it('knows cells with tabs, line breaks and quotes', () => {
    expect(readTable('"a\tb"\t"two\nlines"\t"say ""hi"""\nx\ty\tz')).toEqual([['a\tb', 'two\nlines', 'say "hi"'], ['x', 'y', 'z']]);
  });

  it('takes a quote that never closes for a quote', () => {
    expect(readTable('"Acme\tGmbH')).toEqual([['"Acme', 'GmbH']]);
    expect(readTable('5" disk\t"in" front')).toEqual([['5" disk', '"in" front']]);
  });

  it('fills ragged rows up', () => {
    expect(readTable('1\n2\t3')).toEqual([['1', ''], ['2', '3']]);
  });

  it('opens no formula in the spreadsheet it goes to, and is the same when it comes back', () => {
    expect(writeTable([['=1+1', '-5', '+49 30']])).toBe('\'=1+1\t-5\t\'+49 30');
    expect(readTable('\'=1+1')).toEqual([['=1+1']]);
  });

  it('comes back as it went', () => {
    const table = fc.integer({ min: 1, max: 4 }).chain((width) =>
      fc.array(fc.array(fc.string({ unit: fc.constantFrom('a', '"', '\t', '\n', '\r', '=', '-', '\'', '1') }), { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }));
    fc.assert(fc.property(table, (rows) => {
      expect(readTable(`${writeTable(rows)}\r\n`)).toEqual(rows);
    }), { numRuns: 300 });
  });
});
