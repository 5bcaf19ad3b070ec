import { describe, expect, it } from '@jest/globals';

import { marksOf, placeOf } from '../../../client/charts/common';
import type { Mark } from '../../../client/charts/types';

const mark = (title: string, value: string, href?: string): Mark => ({ title, lines: [['Seats', value]], ...(href === undefined ? {} : { href }) });
const marks = (...series: Mark[][]) => marksOf({ series: series.map((data) => ({ type: 'bar', data: data.map((one) => ({ value: 1, mark: one })) })) });

/** The place in the second drawing of a mark of the first. */
function placeAfter(before: ReturnType<typeof marks>, place: number, after: ReturnType<typeof marks>): number {
  const was = before[place];
  if (!was) throw new Error('There is no such mark.');
  return placeOf(was, after);
}

describe('the place of the keys, when a chart is drawn anew', () => {
  const before = marks([mark('One', '1', '/1'), mark('Two', '2', '/2')]);

  it('stays on the mark of the same words, wherever that stands now', () => {
    expect(placeAfter(before, 1, marks([mark('Two', '2', '/2'), mark('One', '1', '/1')]))).toBe(0);
    expect(placeAfter(before, 1, marks([mark('One', '1', '/1'), mark('Two', '2', '/2?day=next')]))).toBe(1);
  });

  it('stays on a mark whose figures changed, in another series too', () => {
    expect(placeAfter(before, 1, marks([mark('One', '1', '/1'), mark('Two', '5', '/2')]))).toBe(1);
    expect(placeAfter(before, 1, marks([mark('One', '1', '/1')], [mark('Two', '5', '/2')]))).toBe(1);
  });

  it('tells apart rounds of the same words by where they lead, and marks of the same title by their series', () => {
    const twins = marks([mark('One', '1', '/1'), mark('One', '1', '/2')]);
    expect(placeAfter(twins, 1, twins)).toBe(1);
    expect(placeAfter(marks([mark('May', '1')], [mark('May', '2')]), 1, marks([mark('May', '3')], [mark('May', '4')]))).toBe(1);
  });

  it('is lost with its mark', () => {
    expect(placeAfter(before, 1, marks([mark('One', '1', '/1')]))).toBe(-1);
    expect(placeAfter(marks([mark('May', '1')], [mark('June', '2')]), 1, marks([mark('June', '3')]))).toBe(-1);
  });
});
