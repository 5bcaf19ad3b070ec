import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, dayOf, daysBetween, intervalsOf, startOfDay, windowEnding } from '../../server/reports/shapes/days.js';
import { daysRemaining, lastDay, lifecycleStatus } from '../../server/reports/shapes/lifecycle.js';
import { decimal, decimalsOf, isKnownCurrency, minorFromFloat, money, moneyFromMinor } from '../../server/reports/shapes/money.js';
import { ratio } from '../../server/reports/shapes/ratio.js';

describe('money', () => {
  it.each([
    ['0.125', 'EUR', '0.12'], ['0.135', 'EUR', '0.14'], ['0.115', 'EUR', '0.12'], ['-0.125', 'EUR', '-0.12'], ['0.1250000000000000000000001', 'EUR', '0.13'],
    ['2.5', 'JPY', '2'], ['3.5', 'JPY', '4'], ['1.0005', 'KWD', '1.000'], ['1', 'EUR', '1.00'], ['12345678901234567890.12', 'EUR', '12345678901234567890.12'],
  ])('%s %s is %s: half to even, with the decimals of the currency', (amount, currency, expected) => {
    expect(money(amount, currency)).toEqual({ amount: expected, currency });
  });

  it('counts minor units exactly beyond 2⁵³', () => {
    expect(moneyFromMinor('9007199254740993', 'EUR').amount).toBe('90071992547409.93');
    expect(moneyFromMinor('9007199254740993', 'JPY').amount).toBe('9007199254740993');
    expect(decimal('0.1').plus('0.2').toFixed()).toBe('0.3');
  });

  it.each([[19.989999771118164, 'EUR', '1999'], [123456.78125, 'EUR', '12345678'], [1500, 'JPY', '1500'], [0, 'USD', '0'], [12.1, 'CHF', '1210']])(
    'reads the FLOAT %d %s as %s minor units', (value, currency, minor) => {
      expect(minorFromFloat(value, currency)?.toFixed()).toBe(minor);
    });

  it('knows no amount in an unknown currency', () => {
    expect([minorFromFloat(1, 'ZZZ'), minorFromFloat(1, 'eur'), minorFromFloat(Number.NaN, 'EUR')]).toEqual([null, null, null]);
    expect(['EUR', 'eur', 'ZZZ', '', 'EURO'].map(isKnownCurrency)).toEqual([true, false, false, false, false]);
    expect(['EUR', 'JPY', 'KWD'].map(decimalsOf)).toEqual([2, 0, 3]);
  });

  it('gives back every amount of cents that a FLOAT column stores', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 10_000_000 }), (cents) => {
      expect(minorFromFloat(Math.fround(cents / 100), 'EUR')?.toNumber()).toBe(cents);
    }));
  });
});

describe('ratio', () => {
  it.each([[7, 10, 0.7], [1, 3, 0.3333], [2, 3, 0.6667], [0, 5, 0], [5, 0, null], [0, 0, null], [4, 3, 1.3333]])('%d / %d is %p', (numerator, denominator, value) => {
    expect(ratio(numerator, denominator)).toEqual({ numerator, denominator, value });
  });
});

describe('days', () => {
  it.each([['2026-06-15', '2026-06-15', 0], ['2026-06-15', '2026-06-14', -1], ['2024-02-28', '2024-03-01', 2], ['2026-03-28', '2026-03-30', 2], ['2025-12-31', '2026-12-31', 365]])(
    'from %s to %s are %d', (from, to, days) => {
      expect([daysBetween(from, to), addDays(from, days)]).toEqual([days, to]);
    });

  it.each([
    ['2026-03-29T00:30:00Z', 'Europe/Berlin', '2026-03-29'], ['2026-03-28T22:59:59Z', 'Europe/Berlin', '2026-03-28'], ['2026-03-28T23:00:00Z', 'Europe/Berlin', '2026-03-29'],
    ['2026-01-01T04:59:59Z', 'America/New_York', '2025-12-31'], ['2026-01-01T10:00:00Z', 'Pacific/Kiritimati', '2026-01-02'],
  ])('%s in %s is %s', (instant, zone, day) => {
    expect(dayOf(new Date(instant), zone)).toBe(day);
  });

  it.each([
    ['2026-03-29', 'Europe/Berlin', '2026-03-28 23:00:00'], ['2026-03-30', 'Europe/Berlin', '2026-03-29 22:00:00'], ['2026-10-25', 'Europe/Berlin', '2026-10-24 22:00:00'],
    ['2026-10-26', 'Europe/Berlin', '2026-10-25 23:00:00'], ['2026-06-15', 'UTC', '2026-06-15 00:00:00'], ['2026-06-15', 'Asia/Kolkata', '2026-06-14 18:30:00'],
    // On this day midnight did not exist: clocks went from 00:00 to 01:00.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04 03:00:00'],
  ])('%s in %s begins at %s', (day, zone, start) => {
    expect(startOfDay(day, zone)).toBe(start);
  });

  it('has windows that end with asOf, both ends included', () => {
    expect(windowEnding('2026-06-15', 14, 'UTC')).toEqual({ days: 14, from: '2026-06-02', to: '2026-06-15', startsAt: '2026-06-02 00:00:00', endsBefore: '2026-06-16 00:00:00' });
    expect(windowEnding('2026-03-29', 1, 'Europe/Berlin')).toEqual({ days: 1, from: '2026-03-29', to: '2026-03-29', startsAt: '2026-03-28 23:00:00', endsBefore: '2026-03-29 22:00:00' });
  });

  it.each<['DAY' | 'WEEK' | 'MONTH', string, string, [string, string][]]>([
    ['DAY', '2026-02-28', '2026-03-01', [['2026-02-28', '2026-02-28'], ['2026-03-01', '2026-03-01']]],
    ['WEEK', '2026-06-14', '2026-06-22', [['2026-06-14', '2026-06-14'], ['2026-06-15', '2026-06-21'], ['2026-06-22', '2026-06-22']]],
    ['MONTH', '2024-01-31', '2024-03-01', [['2024-01-31', '2024-01-31'], ['2024-02-01', '2024-02-29'], ['2024-03-01', '2024-03-01']]],
    ['MONTH', '2026-06-10', '2026-06-12', [['2026-06-10', '2026-06-12']]],
  ])('cuts a range into intervals of a %s', (interval, from, to, expected) => {
    expect(intervalsOf(from, to, interval).map((bounds) => [bounds.from, bounds.to])).toEqual(expected);
  });

  it('covers a range with intervals that touch and do not overlap', () => {
    const day = fc.integer({ min: 0, max: 2000 }).map((offset) => addDays('2024-01-01', offset));
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 400 }), fc.constantFrom('DAY' as const, 'WEEK' as const, 'MONTH' as const), (from, length, interval) => {
      const to = addDays(from, length);
      const intervals = intervalsOf(from, to, interval);
      expect([intervals[0]?.from, intervals.at(-1)?.to]).toEqual([from, to]);
      intervals.slice(1).forEach((bounds, index) => expect(bounds.from).toBe(addDays(intervals[index]?.to ?? '', 1)));
      expect(intervals.every((bounds) => bounds.from <= bounds.to)).toBe(true);
    }));
  });
});

describe('life cycle', () => {
  const term = { companyId: 1, partnerId: null, startDate: '2026-01-01', endDate: '2026-06-15', seats: 1, currency: 'EUR' };
  it.each<[string, Record<string, unknown>, string, string]>([
    ['the first day', {}, '2026-01-01', 'ACTIVE'], ['the day before', {}, '2025-12-31', 'SCHEDULED'], ['the last day', {}, '2026-06-15', 'EXPIRES_TODAY'],
    ['the first day of grace', {}, '2026-06-16', 'IN_GRACE'], ['the last day of grace', {}, '2026-06-22', 'IN_GRACE'], ['the day after grace', {}, '2026-06-23', 'EXPIRED'],
    ['a term of one day', { startDate: '2026-06-15' }, '2026-06-15', 'EXPIRES_TODAY'], ['no end', { endDate: null }, '2026-06-15', 'PERPETUAL'],
    ['an empty end', { endDate: '' }, '2026-06-15', 'PERPETUAL'], ['lifetime', { endDate: 'lifetime' }, '2026-06-15', 'PERPETUAL'], ['9999-12-31', { endDate: '9999-12-31' }, '2026-06-15', 'PERPETUAL'],
    ['no end before the start', { endDate: null }, '2025-06-15', 'SCHEDULED'], ['end before start', { endDate: '2025-12-31' }, '2026-06-15', 'INVALID'], ['no seats', { seats: 0 }, '2026-06-15', 'INVALID'],
    ['two owners', { partnerId: 2 }, '2026-06-15', 'INVALID'], ['no owner', { companyId: null }, '2026-06-15', 'INVALID'], ['a partner', { companyId: null, partnerId: 2 }, '2026-06-14', 'ACTIVE'],
    ['an unknown currency', { currency: 'ZZZ' }, '2026-06-15', 'INVALID'],
  ])('on %s', (_title, change, asOf, status) => {
    expect(lifecycleStatus({ ...term, ...change }, asOf, 7)).toBe(status);
  });

  it('counts the days that remain', () => {
    expect(['2026-06-14', '2026-06-15', '2026-06-16'].map((asOf) => daysRemaining('2026-06-15', asOf))).toEqual([1, 0, -1]);
    expect([null, '', 'lifetime', '9999-12-31'].map((end) => [daysRemaining(end, '2026-06-15'), lastDay(end)])).toEqual(Array(4).fill([null, null]));
  });
});
