import { describe, expect, it } from '@jest/globals';

import { revenueBars, revenueNote } from '../../../client/charts/revenueBars';
import type { Figure } from '../../../client/charts/types';
import { format, seriesOf, tokens } from './support';

function figure(currency: string, amount: string, euros: string | null): Figure {
  return {
    currency, annualValue: { amount, currency }, seats: 1200, rounds: 3,
    converted: euros === null ? null : { money: { amount: euros, currency: 'EUR' }, rateDate: '2026-04-13', source: 'ECB' },
  };
}

const figures = [figure('JPY', '15400000', '97000.00'), figure('EUR', '9007199254740993.25', '9007199254740993.25'), figure('CHF', '22000.00', null)];
const href = ({ currency }: Figure) => `/licences?currency=${currency}`;
const items = (list: Figure[]) => seriesOf(revenueBars({ figures: list, href }, format, tokens))[0]?.data as {
  value: number; label: { formatter: string }; mark: { title: string; lines: string[][] };
}[];

describe('revenue by currency', () => {
  it('orders by length in the reporting currency, never by the bare number', () => {
    expect(items(figures).map(({ mark }) => mark.title)).toEqual(['EUR', 'JPY', 'CHF']);
  });

  it('writes the amount exactly, beyond what a float can hold', () => {
    expect(items(figures)[0]?.label.formatter).toContain('9,007,199,254,740,993.25');
  });

  it('draws no bar where a rate is missing, and still writes the amount', () => {
    const [, , chf] = items(figures);
    expect(chf?.value).toBe(0);
    expect(chf?.label.formatter).toMatch(/CHF\s22,000\.00/);
    expect(chf?.mark.lines).toContainEqual(['Converted', 'no rate']);
  });

  it('writes a symbol for one currency and codes as soon as there are two', () => {
    expect(items([figure('EUR', '12.50', '12.50')])[0]?.label.formatter).toContain('€12.50');
    expect(items(figures)[1]?.label.formatter).toMatch(/JPY\s15,400,000/);
  });

  it('says what the lengths compare and which rate is missing', () => {
    expect(revenueNote(figures, 'EUR', format)).toBe(
      'Bar length compares in EUR at rates of 13 Apr 2026 (ECB). No rate for CHF: amount without a bar.',
    );
    expect(revenueNote([figure('EUR', '1.00', '1.00')], 'EUR', format)).toBeNull();
  });
});
