import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firstTerm, nextTerms, type LicenseNow, type Term } from '../../server/providers/terms.js';
import { addDays } from '../../server/reports/shapes/days.js';

const TODAY = '2026-06-15';
const now = (more: Partial<LicenseNow> = {}): LicenseNow => ({
  purchaseDate: '2025-07-01', expirationDate: '2026-06-30', isEnabled: true, quantity: 5, priceMinor: 4900, currency: 'EUR', intervalMonths: 12, ...more,
});
const term = (startDate: string, endDate: string | null, more: Partial<Term> = {}): Term => ({ startDate, endDate, quantity: 5, priceMinor: 4900, currency: 'EUR', intervalMonths: 12, ...more });

describe('the first term of a licence', () => {
  it.each<[string, Partial<LicenseNow>, Term | null]>([
    ['is from its purchase to its end', {}, term('2025-07-01', '2026-06-30')],
    ['has no end where it has none', { expirationDate: null }, term('2025-07-01', null)],
    ['begins today where nobody says when', { purchaseDate: null }, term('2026-06-15', '2026-06-30')],
    ['begins on its last day where that has passed', { purchaseDate: null, expirationDate: '2026-01-31' }, term('2026-01-31', '2026-01-31')],
    ['ended yesterday at the latest where it is switched off', { isEnabled: false }, term('2025-07-01', '2026-06-14')],
    ['is not there where its dates contradict each other', { expirationDate: '2025-06-30' }, null],
  ])('%s', (_, more, expected) => {
    expect(firstTerm(now(more), TODAY)).toEqual(expected);
  });
});

describe('the terms of a licence after another look', () => {
  const known = [term('2025-07-01', '2026-06-30')];
  it.each<[string, Partial<LicenseNow>, string, Term[]]>([
    ['stay when nothing changed', {}, TODAY, known],
    ['grow by a renewal from the day after the end', { expirationDate: '2027-06-30' }, TODAY, [...known, term('2026-07-01', '2027-06-30')]],
    ['grow by a late renewal from the day after the end', { expirationDate: '2027-06-30' }, '2026-07-30', [...known, term('2026-07-01', '2027-06-30')]],
    ['grow by a reactivation from the day it was seen', { expirationDate: '2027-06-30' }, '2026-07-31', [...known, term('2026-07-31', '2027-06-30')]],
    ['grow by what was missed while nobody looked', { expirationDate: '2026-12-31' }, '2027-03-01', [...known, term('2026-07-01', '2026-12-31')]],
    ['grow without end', { expirationDate: null }, TODAY, [...known, term('2026-07-01', null)]],
    ['part today when the quantity changes', { quantity: 10 }, TODAY, [term('2025-07-01', '2026-06-14'), term('2026-06-15', '2026-06-30', { quantity: 10 })]],
    ['part today and go on when it is renewed with another price', { priceMinor: 5900, expirationDate: '2027-06-30' }, TODAY, [
      term('2025-07-01', '2026-06-14'), term('2026-06-15', '2026-06-30', { priceMinor: 5900 }), term('2026-07-01', '2027-06-30', { priceMinor: 5900 })]],
    ['keep what has passed when the quantity changes later', { quantity: 10 }, '2026-08-01', known],
    ['end earlier when the end moves', { expirationDate: '2026-05-31' }, TODAY, [term('2025-07-01', '2026-05-31')]],
    ['end at their start at the earliest', { expirationDate: '2024-01-01' }, TODAY, [term('2025-07-01', '2025-07-01')]],
    ['end yesterday when the licence is switched off', { isEnabled: false }, TODAY, [term('2025-07-01', '2026-06-14')]],
    ['stay when it is switched off after its end', { isEnabled: false }, '2026-08-01', known],
  ])('%s', (_, more, today, expected) => {
    const after = nextTerms(known, now(more), today);
    expect(after).toEqual(expected);
    expect(nextTerms(after, now(more), today)).toEqual(after);
  });

  it('lose a renewal to come when the licence is switched off', () => {
    const renewed = [...known, term('2026-07-01', '2027-06-30')];
    expect(nextTerms(renewed, now({ isEnabled: false, expirationDate: '2027-06-30' }), TODAY)).toEqual([term('2025-07-01', '2026-06-14')]);
  });

  it('go on from the day after when it is switched on again', () => {
    expect(nextTerms([term('2025-07-01', '2026-06-14')], now(), '2026-06-17')).toEqual([term('2025-07-01', '2026-06-14'), term('2026-06-15', '2026-06-30')]);
  });

  it('change twice on one day without a day that is nobody\'s', () => {
    const once = nextTerms(known, now({ quantity: 10 }), TODAY);
    expect(nextTerms(once, now({ quantity: 7 }), TODAY)).toEqual([term('2025-07-01', '2026-06-14'), term('2026-06-15', '2026-06-30', { quantity: 7 })]);
  });

  it('never overlap, never end before they begin, and settle at once, whatever the provider says', () => {
    const day = fc.integer({ min: 0, max: 900 }).map((days) => addDays('2025-01-01', days));
    const look = fc.record({
      expirationDate: fc.option(day), isEnabled: fc.boolean(), quantity: fc.integer({ min: 0, max: 3 }), wait: fc.integer({ min: 0, max: 90 }),
    });
    fc.assert(fc.property(day, fc.array(look, { minLength: 1, maxLength: 8 }), (purchaseDate, looks) => {
      let today = purchaseDate;
      let terms: Term[] = [];
      for (const { wait, ...said } of looks) {
        today = addDays(today, wait);
        const license = now({ purchaseDate, ...said });
        terms = nextTerms(terms, license, today);
        expect(nextTerms(terms, license, today)).toEqual(terms);
        terms.forEach(({ startDate, endDate }, index) => {
          if (endDate !== null) expect(endDate >= startDate).toBe(true);
          if (index > 0) expect(startDate > (terms[index - 1]?.endDate ?? '9999-12-31')).toBe(true);
        });
      }
    }), {
      // Switched off, on again for good, then given an end before it came back.
      examples: [['2025-01-01', [
        { expirationDate: null, isEnabled: false, quantity: 0, wait: 0 }, { expirationDate: null, isEnabled: true, quantity: 0, wait: 31 },
        { expirationDate: '2025-01-02', isEnabled: true, quantity: 0, wait: 0 },
      ]]],
      numRuns: 500,
    });
  });
});
