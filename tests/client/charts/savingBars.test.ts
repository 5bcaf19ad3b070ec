import { describe, expect, it } from '@jest/globals';

import { savingBars, type SavingMonth } from '../../../client/charts/reports/savingBars';
import { format, seriesOf, tokens } from './support';

const months: SavingMonth[] = [
  { month: '2026-11-01', licenses: 2, seats: 12, saving: { amounts: [{ amount: '1200.50', currency: 'EUR' }, { amount: '90', currency: 'JPY' }] } },
  { month: '2026-12-01', licenses: 1, seats: 3, saving: { amounts: [{ amount: '90', currency: 'JPY' }] } },
  { month: null, licenses: 1, seats: 4, saving: { amounts: [{ amount: '400.00', currency: 'EUR' }] } },
];

const bars = (currency: string | null, list = months) => seriesOf(savingBars({ months: list, currency }, format, tokens))[0]?.data as any[];

describe('the saving by month', () => {
  it('draws one currency at a time', () => {
    expect(bars('EUR').map(({ value }) => value)).toEqual([1200.5, 0, 400]);
    expect(bars('JPY').map(({ value }) => value)).toEqual([90, 90, 0]);
  });

  it('says the exact amount, and nothing of a currency that does not occur', () => {
    expect(bars('EUR')[0].mark).toMatchObject({ title: 'Nov 2026', lines: [['Saving a year', 'EUR\u00a01,200.50'], ['Seats', '12'], ['Licences', '2']] });
    expect(bars('EUR')[1].mark.lines[0]).toEqual(['Saving a year', '–']);
  });

  it('draws seats for those who may not see amounts', () => {
    const hidden = months.map(({ month, licenses, seats }) => ({ month: month ?? null, licenses, seats }));
    expect(bars(null, hidden).map(({ value }) => value)).toEqual([12, 3, 4]);
    expect(bars(null, hidden)[0].mark.lines).toEqual([['Seats', '12'], ['Licences', '2']]);
  });

  it('puts licences without an end last, hollow', () => {
    expect(bars('EUR')[2]).toMatchObject({ mark: { title: 'No end' }, itemStyle: { color: 'surface', borderColor: 'series-1' } });
  });
});
