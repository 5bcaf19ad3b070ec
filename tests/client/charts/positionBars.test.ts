import { describe, expect, it } from '@jest/globals';

import { type PositionBar, positionBars, positionHeight, rowsInView } from '../../../client/charts/reports/positionBars';
import { format, seriesOf, tokens } from './support';

const href = ({ key }: PositionBar) => `/licences?company=${key}`;

const line = (key: string, more: Partial<PositionBar>): PositionBar => ({
  key, name: `Owner ${key}`, purchased: 10, deployed: 10, inGrace: 0, surplus: 0, position: 'COMPLIANT', ...more,
});

interface Item {
  value: number;
  itemStyle?: { color?: string; borderColor?: string; decal?: object };
  label: { show: boolean; position: string; formatter: string };
  mark?: { title: string; href?: string; lines: [string, string][]; row: number };
}

const draw = (lines: PositionBar[], narrow = false) => positionBars({ lines, href, narrow }, format, tokens);
const gaps = (lines: PositionBar[]) => seriesOf(draw(lines))[0]?.data as Item[];
const grace = (lines: PositionBar[]) => seriesOf(draw(lines))[1]?.data as Item[];

describe('the bars of the licence position', () => {
  const deficit = line('1', { deployed: 14, surplus: -4, position: 'DEFICIT', inGrace: 3 });
  const surplus = line('2', { deployed: 4, surplus: 6, position: 'SURPLUS', inGrace: 2 });
  const unused = line('3', { deployed: 0, surplus: 10, position: 'UNUSED' });
  const unlicensed = line('4', { purchased: 0, deployed: 5, surplus: -5, position: 'UNLICENSED' });
  const unlimited = line('5', { purchased: 0, deployed: 7, surplus: null, position: 'UNLIMITED' });

  it('point left for a deficit and right for a surplus, with the signed figure at the end', () => {
    const [left, right] = gaps([deficit, surplus]);
    expect([left?.value, left?.label.position, left?.label.formatter]).toEqual([-4, 'left', '-4']);
    expect(left?.itemStyle?.color).toBe('over-mark');
    expect([right?.value, right?.itemStyle?.color]).toEqual([6, 'under-mark']);
  });

  it('hatch what is in grace, beside what is counted and never in it', () => {
    const [besideDeficit, besideSurplus, none] = grace([deficit, surplus, unused]);
    expect([besideDeficit?.value, besideSurplus?.value, none?.value]).toEqual([3, 2, 0]);
    expect(besideSurplus?.itemStyle?.decal).toBeDefined();
    // The surplus' own figure stands after the hatched part, where its bar ends.
    expect(gaps([surplus])[0]?.label.show).toBe(false);
    expect(besideSurplus?.label.formatter).toBe('{own|+6}{grace|2 in grace}');
    expect(besideDeficit?.label.formatter).toBe('{grace|3 in grace}');
  });

  it('draw what is unused hollow, what is unlicensed apart from a deficit, and no bar without a limit', () => {
    const [hollow, apart, endless] = gaps([unused, unlicensed, unlimited]);
    expect([hollow?.itemStyle?.color, hollow?.itemStyle?.borderColor]).toEqual(['surface', 'expired-mark']);
    expect(apart?.itemStyle?.color).toBe('unlicensed-mark');
    expect([endless?.value, endless?.label.formatter]).toEqual([0, '∞']);
    expect(endless?.mark?.lines).toContainEqual(['Purchased', 'unlimited']);
  });

  it('lead to the rounds of their line', () => {
    expect(gaps([deficit])[0]?.mark).toMatchObject({ title: 'Owner 1', href: '/licences?company=1', row: 0 });
  });

  it('scroll beyond thirty rows, fifteen on a phone', () => {
    const many = Array.from({ length: 40 }, (_, index) => line(String(index), {}));
    expect([rowsInView(40, false), rowsInView(40, true), rowsInView(3, true)]).toEqual([30, 15, 3]);
    expect(draw(many).dataZoom).toHaveLength(2);
    expect(draw(many.slice(0, 30)).dataZoom).toEqual([]);
    expect(positionHeight(40, false)).toBeGreaterThan(positionHeight(40, true));
  });
});
