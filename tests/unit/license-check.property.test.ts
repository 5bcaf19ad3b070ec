import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { padded } from '../../server/license-check/batcher.js';
import { evaluate } from '../../server/license-check/evaluate.js';
import { parseInput } from '../../server/license-check/input.js';
import { hostOf } from '../../server/reports/shapes/host.js';

/** Days by the calendar of plain UTC dates, without the functions under test. */
const dayAt = (offset: number) => new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10);
const offset = fc.integer({ min: -4000, max: 4000 });

describe('the state of a licence', () => {
  it('is that of the last day it names', () => {
    const term = { lastDay: '2026-03-31', ownGraceDay: null };
    const on = (today: string) => evaluate(term, 7, today);
    expect(on('2026-03-30')).toEqual({ state: 'ACTIVE', expirationDate: '2026-03-31', daysToExpiry: 1, graceEndDate: '2026-04-07', daysToGraceEnd: 8 });
    expect(on('2026-03-31').state).toBe('EXPIRES_TODAY');
    expect([on('2026-04-01').state, on('2026-04-07').state, on('2026-04-08').state]).toEqual(['IN_GRACE', 'IN_GRACE', 'EXPIRED']);
    expect([evaluate(term, 0, '2026-03-31').state, evaluate(term, 0, '2026-04-01').state]).toEqual(['EXPIRES_TODAY', 'EXPIRED']);
  });

  it('has no days without an end', () => {
    expect(evaluate({ lastDay: null, ownGraceDay: '2020-01-01' }, 7, '2026-01-01')).toEqual({
      state: 'ACTIVE', expirationDate: null, daysToExpiry: null, graceEndDate: null, daysToGraceEnd: null,
    });
  });

  it('only ever gets worse with time, and follows from the days that are told', () => {
    const order = ['ACTIVE', 'EXPIRES_TODAY', 'IN_GRACE', 'EXPIRED'];
    fc.assert(
      fc.property(offset, offset, fc.integer({ min: 0, max: 3660 }), fc.option(offset), (today, last, grace, own) => {
        const term = { lastDay: dayAt(last), ownGraceDay: own === null ? null : dayAt(own) };
        const [now, later] = [evaluate(term, grace, dayAt(today)), evaluate(term, grace, dayAt(today + 1))];
        const graceEnd = own ?? last + grace;
        expect([now.daysToExpiry, now.daysToGraceEnd, now.graceEndDate]).toEqual([last - today, graceEnd - today, dayAt(graceEnd)]);
        expect(now.state).toBe(last > today ? 'ACTIVE' : last === today ? 'EXPIRES_TODAY' : graceEnd >= today ? 'IN_GRACE' : 'EXPIRED');
        expect(order.indexOf(later.state)).toBeGreaterThanOrEqual(order.indexOf(now.state));
      }),
    );
  });
});

describe('the input of a check', () => {
  it('is either read, with a host by the rule of all reports, or refused with a reason', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.webUrl(), fc.domain(), fc.constant('x'));
    fc.assert(
      fc.property(fc.record({ licenseKey: text, siteUrl: text, productSlug: text }), (given) => {
        const { input, userErrors } = parseInput(given);
        if (input === null) return void expect(userErrors.length).toBeGreaterThan(0);
        expect(input.host).toBe(hostOf(given.siteUrl));
        expect(input.host).toMatch(/^[^\s/?#:@\\]+$/);
        expect([input.licenseKey, input.productSlug]).toEqual([given.licenseKey.trim(), given.productSlug.trim().toLowerCase()]);
        expect(input.siteUrl.length).toBeLessThanOrEqual(500);
      }),
    );
  });

  it('of any other kind is refused, and never an exception', () => {
    fc.assert(fc.property(fc.anything(), (given) => void expect(parseInput(given).userErrors?.length).toBeGreaterThan(0)));
  });
});

describe('the lists of statements', () => {
  it('come in few lengths and hold the same values', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 600 }), (values) => {
        expect(new Set(padded(values))).toEqual(new Set(values));
        expect([1, 4, 16, 64, 256, 512, 768]).toContain(padded(values).length);
      }),
    );
  });
});
