import { describe, expect, it } from '@jest/globals';

import { activityLine, isPartial } from '../../../client/charts/activityLine';
import { tooltipHtml } from '../../../client/charts/common';
import type { Line } from '../../../client/charts/types';
import { utilizationBars, utilizationBarsHeight } from '../../../client/charts/utilizationBars';
import { format, seriesOf, tokens } from './support';

const limits = { under: 0.7, over: 1 };
const href = (one: Line) => `/owners/${one.ownerId}`;

function line(ownerId: string, seats: number, active: number, band: Line['figures']['band']): Line {
  return {
    ownerType: 'COMPANY', ownerId, ownerName: `Owner ${ownerId}`,
    figures: { seatsInForce: seats, activeUsers: active, registeredUsers: active, ratio: { value: active / seats }, band },
  };
}

type Bar = { value: number; label: { formatter: string } };

describe('utilisation bars', () => {
  const over = [line('1', 10, 400, 'OVER'), line('2', 100, 120, 'OVER')];
  const under = [line('3', 100, 20, 'UNDER')];

  it('cuts a bar beyond 150 % and writes the true number', () => {
    const [first, second] = (seriesOf(utilizationBars({ over, under, limits, href }, format, tokens))[0]?.data as Bar[]).slice(1);
    expect(first?.value).toBe(1.5);
    expect(first?.label.formatter).toContain('› 4,000%');
    expect(second?.value).toBe(1.2);
    expect(second?.label.formatter).not.toContain('›');
  });

  it('draws the over-used owners first and leaves out an empty group', () => {
    const option = utilizationBars({ over, under, limits, href }, format, tokens);
    expect((option.yAxis as { data: string[] }[]).map(({ data }) => data[0])).toEqual(['Over-used', 'Under-used']);
    expect(seriesOf(utilizationBars({ over: [], under, limits, href }, format, tokens))).toHaveLength(1);
  });

  it('lists fifteen owners a group and says of how many', () => {
    const many = Array.from({ length: 40 }, (_, index) => line(String(index), 100, 10, 'UNDER'));
    const option = utilizationBars({ over: [], under: many, limits, href }, format, tokens);
    expect((option.yAxis as { data: string[] }[])[0]?.data).toHaveLength(16);
    expect((option.yAxis as { data: string[] }[])[0]?.data[0]).toBe('Under-used · 15 of 40');
  });

  it('is as tall as both groups on a phone and as the taller one elsewhere', () => {
    expect(utilizationBarsHeight(over, under, true)).toBeGreaterThan(utilizationBarsHeight(over, under, false));
  });
});

describe('activity over time', () => {
  it('knows an interval that still runs', () => {
    expect(isPartial({ from: '2026-11-16', to: '2026-11-21', activeUsers: 1 }, 'WEEK')).toBe(true);
    expect(isPartial({ from: '2026-11-16', to: '2026-11-22', activeUsers: 1 }, 'WEEK')).toBe(false);
    expect(isPartial({ from: '2026-02-01', to: '2026-02-28', activeUsers: 1 }, 'MONTH')).toBe(false);
    expect(isPartial({ from: '2026-11-01', to: '2026-11-21', activeUsers: 1 }, 'MONTH')).toBe(true);
    expect(isPartial({ from: '2026-11-21', to: '2026-11-21', activeUsers: 1 }, 'DAY')).toBe(false);
  });

  it('draws the running interval apart, dashed and hollow, and says "to date"', () => {
    const points = [{ from: '2026-11-09', to: '2026-11-15', activeUsers: 8 }, { from: '2026-11-16', to: '2026-11-21', activeUsers: 5 }];
    const [closed, open] = seriesOf(activityLine({ points, interval: 'WEEK' }, format, tokens));
    expect(closed?.data).toHaveLength(1);
    expect(open?.data?.[1]).toMatchObject({ value: 5, symbol: 'emptyCircle', mark: { lines: [['Active users', '5'], ['Interval', 'Week, to date']] } });
  });
});

describe('tooltips', () => {
  it('escape names: they come from the database', () => {
    const html = tooltipHtml({ title: '<img src=x onerror=alert(1)>', lines: [['a & b', '"1"']] }, tokens);
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img');
    expect(html).toContain('a &amp; b');
  });
});
