import { describe, expect, it } from '@jest/globals';

import { type CostBar, costBars, costHeight } from '../../../client/charts/reports/costBars';
import { format, seriesOf, tokens } from './support';

const href = (bar: CostBar) => `/unified?company=${bar.key}`;

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const bars: CostBar[] = [
  { key: '1', name: 'Northwind', source: 'PORTAL', annualSpend: eur('12400.00'), costPerActiveUser: null, activeUsers: 0, licenses: 3 },
  { key: '2', name: 'Acme', source: 'EXTERNAL', annualSpend: eur('900.00'), costPerActiveUser: eur('450.00'), activeUsers: 2, licenses: 4 },
  { key: '3', name: 'Globex', source: 'PORTAL', annualSpend: eur('300.00'), costPerActiveUser: eur('300.00'), activeUsers: 1, licenses: 1 },
];

interface Item {
  value: number;
  itemStyle: { color: string };
  label: { formatter: string };
  mark: { title: string; lines: [string, string][]; href: string };
}

const itemsOf = (narrow = false) => seriesOf(costBars({ bars, href, narrow }, format, tokens))[0]?.data as Item[];

describe('cost per active user', () => {
  it('has no bar where nobody is active, and says what is spent all the same', () => {
    const [first] = itemsOf();
    expect(first?.value).toBe(0);
    expect(first?.label.formatter).toBe('{none|No active users,}{more|spend €12,400.00}');
    expect(first?.mark.lines).toContainEqual(['Cost per active user', 'no active users']);
  });

  it('writes the exact cost with what it is divided by, one or many', () => {
    expect(itemsOf().slice(1).map(({ label }) => label.formatter)).toEqual(['{cost|€450.00}{more|2 licences}', '{cost|€300.00}{more|1 user}']);
  });

  it('keeps the order of the API and tells the sources apart', () => {
    const option = costBars({ bars, href }, format, tokens);
    const { axisLabel } = option.yAxis as unknown as { axisLabel: { formatter: (row: string) => string } };
    expect(['0', '1', '2'].map(axisLabel.formatter)).toEqual(['Northwind', 'Acme', 'Globex']);
    expect(itemsOf().map(({ itemStyle }) => itemStyle.color)).toEqual(['series-1', 'series-2', 'series-1']);
  });

  it('leads to the licences behind a bar, and is as tall as its rows', () => {
    expect(itemsOf()[1]?.mark.href).toBe('/unified?company=2');
    expect(costHeight(20) - costHeight(10)).toBe(280);
  });

  it('labels its axis in the one currency it shows', () => {
    const yen = [{ ...bars[1]!, annualSpend: { amount: '9000', currency: 'JPY' }, costPerActiveUser: { amount: '4500', currency: 'JPY' } }];
    const { axisLabel } = costBars({ bars: yen, href }, format, tokens).xAxis as unknown as { axisLabel: { formatter: (value: number) => string } };
    expect(axisLabel.formatter(3000)).toBe('¥3k');
    expect(axisLabel.formatter(0)).toBe('¥0');
  });

  it('leaves the count out on a phone, where only the cost has room', () => {
    expect(itemsOf(true)[1]?.label.formatter).toBe('{cost|€450.00}');
  });
});
