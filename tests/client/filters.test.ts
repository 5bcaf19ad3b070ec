import { describe, expect, test } from '@jest/globals';

import { toReportFilter } from '../../client/reports/frame/reportFilter';
import { toLicenseFilter, toMetricsFilter } from '../../client/ui/filters/graphql';
import { inForceStatuses, linkTo } from '../../client/ui/filters/links';
import { daysOf, isDay, parseDates, serializeDates } from '../../client/ui/filters/presets';
import { filterParsers, noFilters } from '../../client/ui/filters/urlState';

describe('presets', () => {
  test.each([
    ['month', '2026-04-01', '2026-04-30'],
    ['last30', '2026-03-15', '2026-04-13'],
    ['last90', '2026-01-14', '2026-04-13'],
    ['quarter', '2026-04-01', '2026-06-30'],
    ['last12m', '2025-04-14', '2026-04-13'],
    ['year', '2026-01-01', '2026-12-31'],
  ] as const)('%s as of 13 April 2026', (preset, from, to) => {
    expect(daysOf({ preset }, '2026-04-13')).toEqual({ from, to });
  });

  test('the end of February is found in a leap year', () => {
    expect(daysOf({ preset: 'month' }, '2028-02-10')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
  });

  test('the window of a preset has as many days as its name says, both ends included', () => {
    const { from, to } = daysOf({ preset: 'last30' }, '2026-03-01');
    expect((Date.parse(to ?? '') - Date.parse(from ?? '')) / 86_400_000 + 1).toBe(30);
  });
});

describe('dates in the URL', () => {
  test.each(['last90', '2026-01-01..2026-03-31', '2026-01-01..', '..2026-03-31'])('%s survives a round trip', (text) => {
    const choice = parseDates(text);
    expect(choice && serializeDates(choice)).toBe(text);
  });

  test.each(['', '..', 'last91', '2026-02-30..', '2026-03-31..2026-01-01', 'a..b'])('%p is no range', (text) => {
    expect(parseDates(text)).toBeNull();
  });

  test('days that do not exist are none', () => {
    expect(isDay('2026-02-29')).toBe(false);
    expect(isDay('2028-02-29')).toBe(true);
    expect(isDay('2026-2-9')).toBe(false);
  });
});

describe('filters as conditions', () => {
  const filters = {
    ...noFilters,
    dates: { preset: 'month' } as const,
    partner: ['1', '2'],
    company: ['7'],
    product: ['3'],
    status: ['ACTIVE' as const],
    currency: ['EUR'],
    q: 'acme',
  };

  test('no filter is no condition', () => {
    expect(toLicenseFilter(noFilters, '2026-04-13')).toBeUndefined();
    expect(toMetricsFilter(noFilters, '2026-04-13')).toBeUndefined();
  });

  test('rounds', () => {
    expect(toLicenseFilter(filters, '2026-04-13')).toEqual({
      runsWithin: { from: '2026-04-01', to: '2026-04-30' },
      partner: { in: ['1', '2'] },
      company: { in: ['7'] },
      product: { in: ['3'] },
      lifecycleStatus: { in: ['ACTIVE'] },
      currency: { in: ['EUR'] },
      search: 'acme',
    });
  });

  test('metrics name owners apart from rounds, so that owners without a round stay', () => {
    expect(toMetricsFilter({ ...noFilters, partner: ['1'] }, '2026-04-13')).toEqual({ partnerIds: ['1'] });
    expect(toMetricsFilter(filters, '2026-04-13')).toEqual({
      partnerIds: ['1', '2'],
      companyIds: ['7'],
      rounds: {
        runsWithin: { from: '2026-04-01', to: '2026-04-30' },
        product: { in: ['3'] },
        lifecycleStatus: { in: ['ACTIVE'] },
        currency: { in: ['EUR'] },
      },
    });
  });
});

describe('links', () => {
  test('carry the filters, replaced where the mark says so', () => {
    const filters = { ...noFilters, partner: ['1'], currency: ['EUR', 'USD'] };
    expect(linkTo('/licences', filters, { currency: ['USD'] })).toBe('/licences?partner=1&currency=USD');
    expect(linkTo('/licences', noFilters, {}, '2026-01-31')).toBe('/licences?asOf=2026-01-31');
    expect(linkTo('/licences')).toBe('/licences');
  });

  test('rounds in force are those of the chosen statuses that are', () => {
    expect(inForceStatuses(noFilters)).toEqual(['ACTIVE', 'EXPIRES_TODAY', 'PERPETUAL']);
    expect(inForceStatuses({ ...noFilters, status: ['IN_GRACE', 'ACTIVE'] })).toEqual(['ACTIVE']);
  });

  test('unknown statuses and impossible windows are ignored', () => {
    expect(filterParsers.status.parse('ACTIVE,NONSENSE')).toEqual(['ACTIVE']);
    expect(filterParsers.window.parse('0')).toBeNull();
    expect(filterParsers.window.parse('3661')).toBeNull();
    expect(filterParsers.window.parse('90')).toBe(90);
  });
});

describe('filters of a report', () => {
  test('none set: no filter, since an empty list would match nothing', () => {
    expect(toReportFilter(noFilters)).toBeUndefined();
  });

  test('each set one becomes a condition, and others are left out', () => {
    const filters = { ...noFilters, partner: ['3'], source: ['TRIAL' as const], slug: ['fluent-crm'], currency: ['EUR'], status: ['ACTIVE' as const] };
    expect(toReportFilter(filters)).toEqual({ partnerIds: ['3'], sources: ['TRIAL'], products: ['fluent-crm'], currencies: ['EUR'] });
    expect(toReportFilter({ ...noFilters, company: ['7', '8'] })).toEqual({ companyIds: ['7', '8'] });
  });

  test('sources that do not exist are dropped from the URL', () => {
    expect(filterParsers.source.parse('TRIAL,NOWHERE')).toEqual(['TRIAL']);
  });
});
