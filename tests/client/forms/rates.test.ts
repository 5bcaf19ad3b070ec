import { describe, expect, it } from '@jest/globals';

import { newPrice, priceChanges, priceInput, validatePrice } from '../../../client/pages/rates/priceValues';
import { rateInput, validateRate } from '../../../client/pages/rates/rateValues';
import { wrongCells } from '../../../client/pages/rates/wrongCells';

const problems = (errors: object) => Object.fromEntries(Object.entries(errors).filter(([, message]) => message !== undefined));
const today = '2026-11-22';
const rate = { rateDate: today, currency: 'usd', unitsPerEuro: '1,0837', source: ' ECB ' };

describe('the form of a rate', () => {
  it('takes a decimal comma and a code in small letters as they are meant', () => {
    expect(problems(validateRate(rate, today))).toEqual({});
    expect(rateInput(rate)).toEqual({ rateDate: today, currency: 'USD', unitsPerEuro: '1.0837', source: 'ECB' });
  });

  it('names what is wrong', () => {
    expect(validateRate({ ...rate, rateDate: '2026-11-23' }, today).rateDate).toBe('The day is after today.');
    expect(validateRate({ ...rate, currency: 'eur' }, today).currency).toBe('The euro is what rates are against.');
    expect(validateRate({ ...rate, unitsPerEuro: '0.000' }, today).unitsPerEuro).toBe('The rate must be above 0.');
    expect(validateRate({ ...rate, unitsPerEuro: '1.0837x' }, today).unitsPerEuro).toContain('Enter a number');
    expect(validateRate({ ...rate, source: '' }, today).source).toContain('who published');
  });
});

const price = { ...newPrice(today, 'EUR'), productSlug: 'Fluent-Forms', amount: '49,90' };

describe('the form of a price', () => {
  it('reads an empty interval as paid once and an empty end as open', () => {
    expect(problems(validatePrice(price, ['EUR']))).toEqual({});
    expect(priceInput({ ...price, intervalMonths: '' })).toEqual({
      productSlug: 'fluent-forms', variation: null, amount: '49.90', currency: 'EUR', intervalMonths: null, validFrom: today, validTo: null,
    });
  });

  it('sends the changed fields alone', () => {
    expect(priceChanges({ ...price, validTo: '2026-12-31' }, ['validTo'])).toEqual({ validTo: '2026-12-31' });
  });

  it('names what is wrong', () => {
    expect(validatePrice({ ...price, amount: '49.901' }, ['EUR']).amount).toBe('EUR has at most 2 decimals.');
    expect(validatePrice({ ...price, amount: '1.5', currency: 'JPY' }, ['JPY']).amount).toBe('JPY has no decimals.');
    expect(validatePrice({ ...price, intervalMonths: '121' }, ['EUR']).intervalMonths).toContain('1 to 120');
    expect(validatePrice({ ...price, validTo: '2026-11-21' }, ['EUR']).validTo).toBe('The last day is before the first.');
    expect(validatePrice({ ...price, productSlug: ' ' }, ['EUR']).productSlug).toBe('Enter the product slug.');
  });
});

describe('the refusals of a file', () => {
  it('stand by row and column', () => {
    const code = 'INVALID' as const;
    expect(wrongCells([{ field: ['csv', '3', 'USD'], code, message: 'a' }, { field: ['csv'], code, message: 'b' }, { field: ['source'], code, message: 'c' }])).toEqual([
      { row: '3', column: 'USD', message: 'a' }, { row: null, column: null, message: 'b' }, { row: null, column: 'source', message: 'c' },
    ]);
  });
});
