import { describe, expect, it } from '@jest/globals';

import { marksOf } from '../../../client/charts/common';
import { clearLabels } from '../../../client/charts/labels';
import { lineEnds } from '../../../client/charts/limitLines';
import type { Line } from '../../../client/charts/types';
import { utilizationScatter } from '../../../client/charts/utilizationScatter';
import { isZoomed, type View, wholeView, zoom } from '../../../client/charts/zoom';
import { format, seriesOf, tokens } from './support';

function line(ownerId: string, seats: number, active: number, band: Line['figures']['band'], value: number | null): Line {
  return {
    ownerType: 'COMPANY', ownerId, ownerName: `Owner ${ownerId}`,
    figures: { seatsInForce: seats, activeUsers: active, registeredUsers: active + 2, ratio: { value }, band },
  };
}

const lines = [
  line('1', 10, 15, 'OVER', 1.5), line('2', 100, 20, 'UNDER', 0.2), line('3', 50, 45, 'WELL', 0.9), line('4', 0, 6, 'UNLICENSED', null),
];
const limits = { under: 0.7, over: 1 };
const href = (one: Line) => `/owners/${one.ownerId}`;
const points = (option: { series?: unknown }) => seriesOf(option).filter(({ type }) => type === 'scatter');

describe('licences against active users', () => {
  it('gives each band its own symbol, so that colour is never alone', () => {
    const option = utilizationScatter({ lines, limits, href }, format, tokens);
    expect(points(option).map(({ name, symbol }) => [name, symbol])).toEqual([
      ['Well used', 'circle'], ['Under-used', 'triangle'], ['Over-used', 'diamond'], ['Unlicensed', 'rect'],
    ]);
  });

  it('puts owners without seats into a lane below one, since zero has no logarithm', () => {
    const option = utilizationScatter({ lines, limits, href }, format, tokens);
    const unlicensed = points(option).find(({ name }) => name === 'Unlicensed');
    expect(unlicensed?.data).toMatchObject([{ value: [0.45, 6] }]);
  });

  it('leaves out the bands the reader switched off', () => {
    const option = utilizationScatter({ lines, limits, href, hidden: ['WELL', 'UNDER'] }, format, tokens);
    expect(points(option).map(({ name }) => name)).toEqual(['Over-used', 'Unlicensed']);
  });

  it('shows a ratio with both its parts, and says why there is none', () => {
    const marks = marksOf(utilizationScatter({ lines, limits, href }, format, tokens)).map(({ mark }) => mark);
    expect(marks.find(({ title }) => title === 'Owner 1')).toMatchObject({
      href: '/owners/1', lines: [['Seats in force', '10'], ['Active users', '15 of 17'], ['Utilisation', '150%'], ['Band', 'Over-used']],
    });
    expect(marks.find(({ title }) => title === 'Owner 4')?.lines[2]).toEqual(['Utilisation', '– (no seats)']);
  });

  it('zooms around a point that stays where it is, and never beyond the ends', () => {
    const near = zoom(wholeView, { x: 0.5, y: 0 }, 0.5);
    expect(near).toEqual({ x: [0.25, 0.75], y: [0, 0.5] });
    expect(zoom(near, { x: 1, y: 1 }, 4)).toEqual(wholeView);
    expect(isZoomed(near)).toBe(true);
    expect(isZoomed(wholeView)).toBe(false);
  });

  it('labels steps within a decade once fewer than two powers of ten are in view', () => {
    const labels = (view: View) => (utilizationScatter({ lines, limits, href, view }, format, tokens).xAxis as { axisLabel: { customValues: number[] } }).axisLabel.customValues;
    expect(labels(wholeView)).toEqual([0.45, 1, 10, 100]);
    expect(labels({ x: [0.62, 0.86], y: [0, 1] })).toEqual([20, 50]);
  });

  it('ends a limit line at the edge of the plot, whichever edge it meets first', () => {
    expect(lineEnds(0.5, 200)).toEqual([[2, 1], [200, 100]]);
    expect(lineEnds(2, 200)).toEqual([[1, 2], [100, 200]]);
  });

  it('names only owners whose labels stay clear of each other', () => {
    const placed = [{ item: 'a', x: 0.5, y: 0.5 }, { item: 'b', x: 0.55, y: 0.51 }, { item: 'c', x: 0.5, y: 0.7 }, { item: 'd', x: 0.9, y: 0.5 }];
    expect([...clearLabels(placed, 5)]).toEqual(['a', 'c', 'd']);
    expect([...clearLabels(placed, 2)]).toEqual(['a', 'c']);
  });
});
