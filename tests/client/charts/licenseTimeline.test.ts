import { describe, expect, it } from '@jest/globals';

import { marksOf } from '../../../client/charts/common';
import { licenseTimeline, rowsInView } from '../../../client/charts/licenseTimeline';
import { lookOf } from '../../../client/charts/timelineBar';
import { dayStart, lanesOf, timeRange } from '../../../client/charts/timelineLanes';
import type { Round } from '../../../client/charts/types';
import { format, tokens } from './support';

const asOf = '2026-04-13';
const href = ({ id }: Round) => `/licences/${id}`;

function round(id: string, ownerKey: string, startDate: string, endDate: string | null, more: Partial<Round> = {}): Round {
  return { id, ownerKey, ownerName: `Owner ${ownerKey}`, productLabel: 'Suite', startDate, endDate, graceEndDate: null, seats: 40, lifecycleStatus: 'ACTIVE', ...more };
}

const ids = (rounds: Round[]) => lanesOf(rounds).map((lane) => [lane.ownerName, lane.rounds.map(({ id }) => id)]);

describe('lanes of the timeline', () => {
  it('puts rounds that follow each other into one lane and overlapping ones below each other', () => {
    expect(ids([
      round('1', 'A', '2026-01-01', '2026-06-30'), round('2', 'A', '2026-03-01', '2026-09-30'), round('3', 'A', '2026-07-01', '2026-12-31'),
    ])).toEqual([['Owner A', ['1', '3']], [null, ['2']]]);
  });

  it('counts the last day as taken: a round that starts on it overlaps', () => {
    expect(ids([round('1', 'A', '2026-01-01', '2026-06-30'), round('2', 'A', '2026-06-30', '2026-12-31')])).toHaveLength(2);
  });

  it('keeps a lane taken during grace, and for ever by a perpetual round', () => {
    expect(ids([round('1', 'A', '2026-01-01', '2026-06-30', { graceEndDate: '2026-07-07' }), round('2', 'A', '2026-07-05', '2026-12-31')])).toHaveLength(2);
    expect(ids([round('1', 'A', '2020-01-01', null), round('2', 'A', '2026-07-05', '2026-12-31')])).toHaveLength(2);
  });

  it('keeps owners in the order they arrive in', () => {
    expect(ids([round('1', 'B', '2026-01-01', '2026-06-30'), round('2', 'A', '2026-01-01', '2026-06-30'), round('3', 'B', '2026-07-01', null)]))
      .toEqual([['Owner B', ['1', '3']], ['Owner A', ['2']]]);
  });
});

describe('days of the timeline', () => {
  it('spans at least a year around short terms', () => {
    const { from, to } = timeRange([round('1', 'A', '2026-04-01', '2026-04-30')], asOf);
    expect(to - from).toBeGreaterThanOrEqual(365 * 86_400_000);
    expect(from).toBeLessThan(dayStart('2026-04-01'));
  });

  it('cuts terms that reach decades away, and keeps the day in view', () => {
    const { from, to } = timeRange([round('1', 'A', '1990-01-01', '2090-01-01')], asOf);
    expect(from).toBeGreaterThan(dayStart('2023-01-01'));
    expect(to).toBeLessThan(dayStart('2030-01-01'));
  });
});

describe('licence timeline', () => {
  it('places a round on its own row with its own days, in UTC', () => {
    const option = licenseTimeline({ rounds: [round('7', 'A', '2026-01-01', '2026-06-30', { graceEndDate: '2026-07-07' })], asOf, href }, format, tokens);
    const [placed] = marksOf(option);
    expect(option.useUTC).toBe(true);
    expect(placed?.mark).toMatchObject({ href: '/licences/7', row: 0, title: 'Owner A · Suite' });
    expect(placed?.mark.lines[0]?.[1].replace(/\s/g, ' ')).toBe('1 Jan – 30 Jun 2026');
  });

  it('says that a perpetual round has no end', () => {
    const option = licenseTimeline({ rounds: [round('7', 'A', '2026-01-01', null, { lifecycleStatus: 'PERPETUAL' })], asOf, href }, format, tokens);
    expect(marksOf(option)[0]?.mark.lines[0]).toEqual(['Term', '1 Jan 2026, no end']);
  });

  it('scrolls only when there are more rows than fit', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => round(String(index), `O${index}`, '2026-01-01', '2026-06-30'));
    expect(licenseTimeline({ rounds: many(25), asOf, href }, format, tokens).dataZoom).toEqual([]);
    expect(licenseTimeline({ rounds: many(26), asOf, href }, format, tokens).dataZoom).toHaveLength(2);
    expect(rowsInView(400, true)).toBe(12);
  });

  it('tells the statuses apart without colour: dashed, hatched, hollow or solid', () => {
    expect(lookOf('SCHEDULED', tokens)).toMatchObject({ fill: 'surface', dash: [4, 3] });
    expect(lookOf('IN_GRACE', tokens)).toMatchObject({ hatched: true });
    expect(lookOf('EXPIRED', tokens)).toMatchObject({ fill: 'surface', stroke: 'expired-mark' });
    expect(lookOf('ACTIVE', tokens)).toMatchObject({ fill: 'well-mark' });
  });
});
