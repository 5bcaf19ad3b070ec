import { describe, expect, it } from '@jest/globals';

import { type FunnelBar, funnelBars, funnelHeight } from '../../../client/charts/reports/funnelBars';
import { heatStep, largestShare } from '../../../client/charts/reports/heat';
import { format, seriesOf, tokens } from './support';

const share = (numerator: number, denominator: number) => ({ numerator, denominator, value: denominator === 0 ? null : numerator / denominator });
const steps: FunnelBar[] = [
  { key: 'STARTED', name: 'Started', count: 200, shareOfStarted: share(200, 200), shareOfPrevious: share(200, 200), aside: false },
  { key: 'ACTIVATED', name: 'With activity', count: 100, shareOfStarted: share(100, 200), shareOfPrevious: share(100, 200), aside: false },
  { key: 'EXPIRED', name: 'Reached expiration', count: 150, shareOfStarted: share(150, 200), shareOfPrevious: share(150, 100), aside: true },
];

interface Item {
  value: number;
  itemStyle: { color: string };
  label: { formatter: string };
  mark: { title: string; lines: [string, string][] };
}

const itemsOf = (narrow = false) => seriesOf(funnelBars({ steps, narrow }, format, tokens))[0]?.data as Item[];

describe('trial funnel', () => {
  it('draws every step on one scale, also one that is larger than the step before', () => {
    expect(itemsOf().map(({ value }) => value)).toEqual([200, 100, 150]);
    expect((funnelBars({ steps }, format, tokens).xAxis as { max: string }).max).toBe('dataMax');
  });

  it('writes the shares of started and of the step before, both parts in the tooltip', () => {
    expect(itemsOf()[2]?.label.formatter).toBe('{name|Reached expiration}  {count|150}{share|75% of started · 150% of the step before}');
    expect(itemsOf()[2]?.mark.lines).toEqual([['Trials', '150'], ['Of started', '75% (150 of 200)'], ['Of the step before', '150% (150 of 100)']]);
    expect(itemsOf()[0]?.label.formatter).toBe('{name|Started}  {count|200}');
  });

  it('greys the step that is no success', () => {
    expect(itemsOf().map(({ itemStyle }) => itemStyle.color)).toEqual(['series-1', 'series-1', 'other']);
  });

  it('gives the shares a line of their own on a phone', () => {
    expect(itemsOf(true)[1]?.label.formatter).toContain('\n{share|');
    expect(funnelHeight(4, true)).toBeGreaterThan(funnelHeight(4, false));
  });

  it('says "–" where nothing started', () => {
    const none: FunnelBar = { key: 'ACTIVATED', name: 'With activity', count: 0, shareOfStarted: share(0, 0), shareOfPrevious: share(0, 0), aside: false };
    const [, item] = seriesOf(funnelBars({ steps: [steps[0]!, none] }, format, tokens))[0]?.data as Item[];
    expect(item?.label.formatter).toContain('– of started');
  });
});

describe('the heat of cohorts', () => {
  it('spreads six steps up to the largest share', () => {
    expect([0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3].map((value) => heatStep(value, 0.3))).toEqual([1, 1, 2, 3, 4, 5, 6]);
  });

  it('has no step for no share, and the lowest where all are nothing', () => {
    expect(heatStep(null, 0.3)).toBeNull();
    expect(heatStep(0, largestShare([0, null, undefined]))).toBe(1);
  });
});
