import { describe, expect, it } from '@jest/globals';
import { withFormats } from '../../server/modules/import/columns/formats.js';
import type { ColumnPlan } from '../../server/modules/import/columns/plan.js';
import { suggestColumns } from '../../server/modules/import/columns/suggest.js';
import { fieldsOf, missingFields } from '../../server/modules/import/fields/index.js';

const fieldsFor = (subject: 'LICENSES' | 'COMPANIES' | 'PARTNERS', header: string) =>
  suggestColumns(subject, header.split(','), []).map(({ field }) => field);

describe('the meaning of columns', () => {
  it.each([
    ['LICENSES', 'id,company_id,company,partner_id,partner,product_id,product_code,product,start_date,end_date,seats,unit_cost,currency,status,annual_value,total_cost,lifecycle_status',
      ['id', 'company', null, 'partner', null, 'product', null, null, 'startDate', 'endDate', 'seats', 'unitCost', 'currency', 'status', null, null, null]],
    ['LICENSES', 'id,company_id,partner_id,product_code_id,start_date,end_date,number_of_licenses,cost_per_license,total_cost,currency,status',
      ['id', 'company', 'partner', 'product', 'startDate', 'endDate', 'seats', 'unitCost', null, 'currency', 'status']],
    ['LICENSES', 'Firma,Produkt,Beginn,Gültig bis,Anzahl,Stückpreis,Währung,Status', ['company', 'product', 'startDate', 'endDate', 'seats', 'unitCost', 'currency', 'status']],
    ['LICENSES', 'CompanyName, Start-Date ,"Unit Price",Quantty,constructor,__proto__', ['company', 'startDate', 'unitCost', 'seats', null, null]],
    ['LICENSES', 'seats,seats,colour', ['seats', null, null]],
    ['COMPANIES', 'id,name,active,partner_id,partner', ['id', 'name', 'active', 'partner', null]],
    ['COMPANIES', 'company_id,company', ['id', 'name']],
    ['PARTNERS', 'id,name', ['id', 'name']],
  ] as const)('of %s is found by name: %s', (subject, header, expected) => {
    expect(fieldsFor(subject, header)).toEqual(expected);
  });

  it('has one name each, whatever the header holds', () => {
    const names = suggestColumns('LICENSES', ['seats', '', 'seats', ' seats\n', 'Column 2', 'x'.repeat(5000)], []).map(({ name }) => name);
    expect(names).toEqual(['seats', 'Column 2', 'seats (2)', 'seats (3)', 'Column 2 (2)', 'x'.repeat(100)]);
  });

  it('shows the first different values of a column', () => {
    const [column] = suggestColumns('PARTNERS', ['name'], [['a'], [''], ['a'], [' b '], ['y'.repeat(500)], ['d']]);
    expect(column?.samples).toEqual(['a', 'b', 'y'.repeat(200)]);
  });

  it('is missing where a required field has no column; a company or a partner is enough of an owner', () => {
    const missing = (...fields: string[]) => missingFields('LICENSES', fields.map((field) => ({ field }))).map(({ name }) => name);
    expect(missing('product', 'startDate', 'seats', 'unitCost', 'currency')).toEqual(['company', 'partner', 'status']);
    expect(missing('partner', 'product', 'startDate', 'seats', 'unitCost', 'currency', 'status')).toEqual([]);
    expect(missingFields('COMPANIES', [{ field: null }]).map(({ name }) => name)).toEqual(['name']);
  });

  it('has aliases that no other field of its kind of file has', () => {
    for (const subject of ['LICENSES', 'COMPANIES', 'PARTNERS'] as const) {
      const aliases = fieldsOf(subject).flatMap((field) => field.aliases);
      expect(aliases.filter((alias, index) => aliases.indexOf(alias) < index)).toEqual([]);
    }
  });
});

describe('the formats of a column', () => {
  const plan: ColumnPlan = { index: 0, name: 'x', samples: [], field: 'x', suggested: true, dateFormat: null, numberFormat: null, ambiguous: false };
  const dates = (...texts: string[]) => {
    const { dateFormat, ambiguous } = withFormats(plan, 'DATE', texts);
    return ambiguous ? 'ask' : dateFormat;
  };
  const numbers = (kind: 'INTEGER' | 'DECIMAL', ...texts: string[]) => {
    const { numberFormat, ambiguous } = withFormats(plan, kind, texts);
    return ambiguous ? 'ask' : numberFormat;
  };

  it('of dates is the one that fits all that can be read, and asked for where several do', () => {
    expect(dates('2026-04-13', '', '2026-04-14T00:00:00Z')).toBe('YMD');
    expect(dates('13/04/2026', '01/02/2026')).toBe('DMY');
    expect(dates('01/02/2026', '04/13/2026')).toBe('MDY');
    expect(dates('01.02.2026')).toBe('DMY');
    expect(dates('1 Apr 2026')).toBe('D_MONTH_Y');
    expect(dates('46125', '46126')).toBe('SERIAL');
    expect(dates('2026-04-13', 'soon', 'n/a')).toBe('YMD');
    expect([dates('01/02/2026'), dates('01/01/2026', '02/02/2026'), dates('13/04/2026', '04/13/2026'), dates('2026-04-13', '13.04.2026')]).toEqual(['ask', 'ask', 'ask', 'ask']);
    expect([dates(), dates('', ' '), dates('soon'), dates('2026', '2027')]).toEqual([null, null, null, null]);
  });

  it('of numbers is the one that fits all that have separators, and asked for where both do', () => {
    expect(numbers('DECIMAL', '12.50', '100')).toBe('POINT');
    expect(numbers('DECIMAL', '12,50', '1.234')).toBe('COMMA');
    expect(numbers('DECIMAL', '1.234.567')).toBe('COMMA');
    expect(numbers('INTEGER', '1,200', '7')).toBe('POINT');
    expect(numbers('INTEGER', '1.200')).toBe('COMMA');
    expect([numbers('DECIMAL', '1,200'), numbers('DECIMAL', '1.200'), numbers('DECIMAL', '12.50', '12,50')]).toEqual(['ask', 'ask', 'ask']);
    expect([numbers('DECIMAL', '100', '200'), numbers('INTEGER', '1 200', '-5'), numbers('DECIMAL'), numbers('DECIMAL', '$5')]).toEqual([null, null, null, null]);
  });

  it('of our own export are known, unless a spreadsheet has written it anew', () => {
    const header = ['id', 'company_id', 'partner_id', 'product_code', 'start_date', 'end_date', 'seats', 'unit_cost', 'total_cost', 'annual_value', 'lifecycle_status'];
    const formats = (start: string, cost: string) =>
      suggestColumns('LICENSES', header, [['1', '1', '', 'SUB', start, '', '10', cost, '1', '1', 'ACTIVE']])
        .filter(({ field }) => ['startDate', 'endDate', 'unitCost'].includes(field ?? '')).map(({ dateFormat, numberFormat, ambiguous }) => (ambiguous ? 'ask' : (dateFormat ?? numberFormat)));
    expect(formats('2026-04-13', '1.234')).toEqual(['YMD', 'YMD', 'POINT']);
    expect(formats('2026-04-13', '100')).toEqual(['YMD', 'YMD', 'POINT']);
    expect(formats('13.04.2026', '1.234')).toEqual(['DMY', null, 'ask']);
    expect(formats('13.04.2026', '12,50')).toEqual(['DMY', null, 'COMMA']);
  });

  it('are none of texts and references', () => {
    expect(withFormats({ ...plan, dateFormat: 'YMD', ambiguous: true }, 'TEXT', ['01/02/2026'])).toEqual(plan);
  });
});
