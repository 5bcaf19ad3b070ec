import { describe, expect, it } from '@jest/globals';

import { type ExpiryFigures, sizeOf, wordsOf } from '../../../client/charts/reports/expiry';
import { type ExpiryBucket, expiryBars } from '../../../client/charts/reports/expiryBars';
import { calendarHeight, expiryCalendar, placeOf, shadeOf, weekLabels } from '../../../client/charts/reports/expiryCalendar';
import { format, seriesOf, tokens } from './support';

const figures = (licenses: number, quantity: number, eur?: string): ExpiryFigures => ({
  licenses, quantity, arr: { amounts: eur === undefined ? [] : [{ amount: eur, currency: 'EUR' }] },
});

const inLicences = { measure: 'licenses', currency: 'EUR' } as const;
const inEuros = { measure: 'arr', currency: 'EUR' } as const;

describe('what an expiry chart measures', () => {
  it('is a count, or the ARR of one currency alone', () => {
    const some = figures(2, 30, '1234.50');
    expect([sizeOf(some, inLicences), sizeOf(some, { measure: 'quantity', currency: 'EUR' }), sizeOf(some, inEuros)]).toEqual([2, 30, 1234.5]);
    expect(sizeOf(some, { measure: 'arr', currency: 'USD' })).toBe(0);
  });

  it('is said exactly, and a currency that does not occur is said to be missing', () => {
    expect(wordsOf(figures(1, 30, '1234.50'), inLicences, format)).toBe('1 licence');
    expect(wordsOf(figures(2, 30, '1234.50'), inEuros, format)).toBe('EUR\u00a01,234.50');
    expect(wordsOf(figures(2, 30), inEuros, format)).toBe('no EUR');
  });
});

describe('the expiry calendar', () => {
  it('counts weeks from Monday', () => {
    // 21 November 2026 is a Saturday.
    expect(placeOf('2026-11-21', '2026-11-21')).toEqual([0, 5]);
    expect(placeOf('2026-11-23', '2026-11-21')).toEqual([1, 0]);
    expect(placeOf('2027-05-20', '2026-11-21')).toEqual([26, 3]);
  });

  it('does not lose a day where clocks change', () => {
    expect(placeOf('2027-03-28', '2027-03-22')).toEqual([0, 6]);
    expect(placeOf('2027-03-29', '2027-03-22')).toEqual([1, 0]);
  });

  it('names a month in the week in which it begins', () => {
    expect(weekLabels('2026-11-21', '2026-12-31', format)).toEqual(['Nov 2026', '', 'Dec 2026', '', '', '', '']);
  });

  it('shades from few to most, and nothing without a figure', () => {
    expect([shadeOf(0, 10), shadeOf(1, 10), shadeOf(5, 10), shadeOf(10, 10), shadeOf(3, 0)]).toEqual([0, 1, 4, 5, 0]);
  });

  it('gives every day of the horizon a cell, and days with figures a link', () => {
    const days = [{ date: '2026-11-22', figures: figures(2, 30, '10.00') }];
    const option = expiryCalendar({ days, from: '2026-11-21', to: '2026-12-20', measured: inLicences, href: ({ date }) => `?day=${date}` }, format, tokens);
    const [track, cells] = seriesOf(option);
    expect(track?.data).toHaveLength(30);
    expect(cells?.data).toEqual([{ value: [0, 6], mark: expect.objectContaining({ title: '22 Nov 2026', href: '?day=2026-11-22' }) }]);
  });

  it('runs down on a phone', () => {
    expect(calendarHeight('2026-11-21', '2027-05-20', true)).toBeGreaterThan(calendarHeight('2026-11-21', '2027-05-20', false));
  });
});

describe('the bars by bucket', () => {
  const bucket = (name: ExpiryBucket['name'], all: ExpiryFigures, atRisk: ExpiryFigures): ExpiryBucket => ({
    name, from: name === 'IN_GRACE' ? null : '2026-11-21', to: name === 'IN_GRACE' ? null : '2026-12-21', all, atRisk,
  });
  const words = { IN_GRACE: 'In grace', D0_30: '0–30 days', D31_60: '', D61_90: '', D91_180: '' };
  const buckets = [bucket('IN_GRACE', figures(1, 5, '50.00'), figures(1, 5, '50.00')), bucket('D0_30', figures(9, 90, '900.00'), figures(4, 40, '300.00'))];
  const option = expiryBars({ buckets, words, measured: inLicences, href: ({ name }) => `?bucket=${name}` }, format, tokens);
  const [all, risk] = seriesOf(option) as { data: any[] }[];

  it('lay what is at risk, solid, over everything, hatched: what shows of it is renewed', () => {
    expect(all?.data.map(({ value }) => value)).toEqual([1, 9]);
    expect(risk?.data.map(({ value }) => value)).toEqual([1, 4]);
    expect(all?.data[1].itemStyle.decal).toBeDefined();
    expect(risk?.data[0].itemStyle.color).toBe('under-mark');
  });

  it('say both figures and lead to the rows of the bucket', () => {
    expect(all?.data[1].label.formatter).toBe('{all|9 licences}{risk|4 licences at risk}');
    expect(all?.data[1].mark).toMatchObject({ title: '0–30 days', href: '?bucket=D0_30' });
  });
});
