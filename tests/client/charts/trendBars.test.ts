import { describe, expect, it } from '@jest/globals';

import { trendBars, trendHeight } from '../../../client/charts/reports/trendBars';
import { intervalText, type Movement, type TrendStep } from '../../../client/charts/reports/trendWords';
import { format, seriesOf, tokens } from './support';

type Flow = Record<Movement, number>;

const flow = (change: Partial<Flow>): Flow => ({
  opening: 0, new: 0, renewed: 0, reactivated: 0, expansion: 0, contraction: 0, expired: 0, net: 0, closing: 0, ...change,
});

const october: TrendStep = {
  from: '2026-10-01', to: '2026-10-31', incomplete: false, flow: flow({ opening: 10, new: 4, renewed: 3, expired: 1, net: 3, closing: 13 }),
};
const november: TrendStep = {
  from: '2026-11-01', to: '2026-11-21', incomplete: true, flow: flow({ opening: 13, new: 1, expired: 2, net: -1, closing: 12 }),
};
const steps = [october, november];
const draw = (data: Partial<Parameters<typeof trendBars>[0]> = {}) => trendBars({ steps, interval: 'MONTH', ...data }, format, tokens);

interface Item {
  value: number;
  itemStyle?: { opacity?: number; decal?: unknown; borderType?: string };
  symbol?: string;
  label?: { formatter: string };
  mark?: { title: string; lines: [string, string][]; href?: string };
}

const itemsOf = (option: ReturnType<typeof draw>, name: string) =>
  seriesOf(option).find((series) => series.name === name)?.data as Item[];

describe('consumption trend', () => {
  it('draws gains above and losses below, and net as a line', () => {
    const option = draw();
    expect(itemsOf(option, 'New').map(({ value }) => value)).toEqual([4, 1]);
    expect(itemsOf(option, 'Expired').map(({ value }) => value)).toEqual([-1, -2]);
    expect(seriesOf(option).find(({ name }) => name === 'Net')).toMatchObject({ type: 'line' });
    expect(itemsOf(option, 'Net').map(({ value }) => value)).toEqual([3, -1]);
  });

  it('has two grids over one another and no second axis beside either', () => {
    const option = draw() as unknown as { grid: unknown[]; xAxis: { gridIndex: number; data: string[] }[]; yAxis: { gridIndex: number; position?: string }[] };
    expect(option.grid).toHaveLength(2);
    expect(option.yAxis.map(({ gridIndex }) => gridIndex)).toEqual([0, 1]);
    expect(option.xAxis[0]?.data).toEqual(option.xAxis[1]?.data);
    expect(trendHeight(true)).toBeLessThan(trendHeight(false));
  });

  it('draws the running interval paler, hatched and dashed', () => {
    const [closed, running] = itemsOf(draw(), 'New');
    expect(closed?.itemStyle).toBeUndefined();
    expect(running?.itemStyle).toMatchObject({ opacity: 0.55, borderType: 'dashed' });
    expect(running?.itemStyle?.decal).toBeDefined();
  });

  it('ends the closing balance dashed and hollow, "to date", while the interval runs', () => {
    const closing = seriesOf(draw()).slice(-2) as { data: (Item | '-')[]; lineStyle?: { type?: unknown } }[];
    expect(closing[0]?.data.map((item) => (item as Item).value)).toEqual([13]);
    expect(closing[1]?.lineStyle?.type).toEqual([4, 4]);
    expect(closing[1]?.data.at(-1)).toMatchObject({ value: 12, symbol: 'emptyCircle', label: { formatter: 'to date' } });
    expect(seriesOf(draw({ steps: [october] })).at(-1)?.data).toHaveLength(1);
  });

  it('says of each bar its own figure, net and closing; of a renewed one that it is no part of net', () => {
    expect(itemsOf(draw(), 'Renewed')[0]?.mark).toMatchObject({
      title: 'Oct 2026', lines: [['Renewed, not part of net', '3'], ['Net', '3'], ['Closing', '13']],
    });
    expect(itemsOf(draw(), 'New')[1]?.mark?.title).toBe('Nov 2026, to 21 Nov');
  });

  it('has nothing to point at where nothing moved', () => {
    expect(itemsOf(draw(), 'Reactivated').map(({ mark }) => mark)).toEqual([undefined, undefined]);
  });

  it('leads from what expired to the licences that end in the interval, and from nothing else', () => {
    const option = draw({ href: ({ from, to }) => `/unified?dates=${from}..${to}` });
    expect(itemsOf(option, 'Expired')[0]?.mark?.href).toBe('/unified?dates=2026-10-01..2026-10-31');
    expect(itemsOf(option, 'New')[0]?.mark?.href).toBeUndefined();
  });

  it('leaves out what the reader switched off', () => {
    expect(seriesOf(draw({ hidden: ['renewed'] })).map(({ name }) => name)).not.toContain('Renewed');
  });

  it('draws money by its size and writes it exactly', () => {
    const money = (amount: string) => ({ amount, currency: 'EUR' });
    const flowOfMoney = Object.fromEntries(Object.keys(october.flow).map((key) => [key, money(`${String((october.flow as Flow)[key as Movement])}.10`)])) as TrendStep['flow'];
    const option = draw({ steps: [{ ...october, flow: flowOfMoney }] });
    expect(itemsOf(option, 'New')[0]).toMatchObject({ value: 4.1, mark: { lines: [['New', '€4.10'], ['Net', '€3.10'], ['Closing', '€13.10']] } });
  });

  it('names quarters', () => {
    expect(['2026-01-01', '2026-04-01', '2026-10-01'].map((from) => intervalText(from, 'QUARTER', format))).toEqual(['Q1 2026', 'Q2 2026', 'Q4 2026']);
  });
});
