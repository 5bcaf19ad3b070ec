import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { continuedSeats, type ChainLicense } from '../../server/reports/renewal-forecast/allocation.js';
import { addDays } from '../../server/reports/shapes/days.js';

const licence = fc.record({
  start: fc.integer({ min: 0, max: 400 }), length: fc.option(fc.integer({ min: 0, max: 200 })), quantity: fc.integer({ min: 1, max: 20 }), isUnlimited: fc.constant(false),
});
const group = fc.array(licence, { maxLength: 8 }).map((list) => list.map(({ start, length, ...values }, index): ChainLicense => ({
  uid: index + 1, startDate: addDays('2025-01-01', start), endDate: length === null ? null : addDays('2025-01-01', start + length), ...values,
})));

const follows = (other: ChainLicense, { startDate, endDate }: ChainLicense): boolean =>
  endDate !== null && other.startDate > startDate && other.startDate <= addDays(endDate, 30) && (other.endDate === null || other.endDate > endDate);

it('continues no more seats than a licence has, and none without a successor', () => {
  fc.assert(fc.property(group, (licences) => {
    const continued = continuedSeats(licences);
    for (const one of licences) {
      const seats = continued.get(one.uid) ?? 0;
      const offered = licences.filter((other) => follows(other, one)).reduce((sum, { quantity }) => sum + quantity, 0);
      expect(seats).toBeGreaterThanOrEqual(0);
      expect(seats).toBeLessThanOrEqual(Math.min(one.quantity, offered));
    }
  }));
});

it('uses every seat once: no more are continued than the successors have together', () => {
  fc.assert(fc.property(group, (licences) => {
    const total = [...continuedSeats(licences).values()].reduce((sum, seats) => sum + seats, 0);
    const successors = licences.filter((other) => licences.some((one) => follows(other, one)));
    expect(total).toBeLessThanOrEqual(successors.reduce((sum, { quantity }) => sum + quantity, 0));
  }));
});

it('gives the first to end all that its successors have', () => {
  fc.assert(fc.property(group, (licences) => {
    const [first] = [...licences].filter(({ endDate }) => endDate !== null).sort((a, b) => (a.endDate === b.endDate ? a.uid - b.uid : (a.endDate ?? '') < (b.endDate ?? '') ? -1 : 1));
    if (first === undefined) return;
    const offered = licences.filter((other) => follows(other, first)).reduce((sum, { quantity }) => sum + quantity, 0);
    expect(continuedSeats(licences).get(first.uid) ?? 0).toBe(Math.min(first.quantity, offered));
  }));
});

it('does not depend on the order in which the licences are read', () => {
  fc.assert(fc.property(group, (licences) => {
    expect(continuedSeats([...licences].reverse())).toEqual(continuedSeats(licences));
  }));
});
