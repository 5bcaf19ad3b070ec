import { describe, expect, it } from '@jest/globals';

import { noFilters } from '../../client/ui/filters/urlState';
import { toUnifiedFilter } from '../../client/pages/unified/filter';
import { absentMovements } from '../../client/reports/trend/flows';
import { lastMonths } from '../../client/reports/trend/range';

const asOf = '2026-03-31';

describe('the filter of the unified list', () => {
  it('asks for nothing when no filter is set', () => {
    expect(toUnifiedFilter(noFilters, 'all', asOf)).toBeUndefined();
  });

  it('reads the dates as the last day, an open end as none', () => {
    expect(toUnifiedFilter({ ...noFilters, dates: { from: '2026-01-01', to: null } }, 'all', asOf)).toEqual({ expirationDate: { gte: '2026-01-01' } });
    expect(toUnifiedFilter({ ...noFilters, dates: { preset: 'last30' } }, 'all', asOf)).toEqual({ expirationDate: { gte: '2026-03-02', lte: '2026-03-31' } });
  });

  it('passes every filter on', () => {
    const filters = { ...noFilters, source: ['EXTERNAL' as const], slug: ['fluent-forms'], partner: ['3'], company: ['12'], status: ['ACTIVE' as const], currency: ['EUR'], q: 'shop' };
    expect(toUnifiedFilter(filters, 'premium', asOf)).toEqual({
      source: ['EXTERNAL'], productSlug: { in: ['fluent-forms'] }, partner: { in: ['3'] }, company: { in: ['12'] }, lifecycleStatus: { in: ['ACTIVE'] },
      currency: { in: ['EUR'] }, isPremium: true, search: 'shop',
    });
    expect(toUnifiedFilter(noFilters, 'other', asOf)).toEqual({ isPremium: false });
  });
});

describe('the range of the trend', () => {
  it('begins with the first day of the first month, also on the 31st and over the year’s end', () => {
    expect(lastMonths('2026-03-31', 12)).toEqual({ from: '2025-04-01', to: '2026-03-31' });
    expect(lastMonths('2026-01-15', 24)).toEqual({ from: '2024-02-01', to: '2026-01-15' });
    expect(lastMonths('2026-12-01', 36)).toEqual({ from: '2024-01-01', to: '2026-12-01' });
  });
});

describe('movements that can’t occur', () => {
  it('are those of continuation in plain counts, and those of size for licences', () => {
    expect(absentMovements('GROSS', 'SEATS')).toEqual(['renewed', 'reactivated', 'expansion', 'contraction']);
    expect(absentMovements('RENEWAL_AWARE', 'LICENSES')).toEqual(['expansion', 'contraction']);
    expect(absentMovements('RENEWAL_AWARE', 'ARR')).toEqual([]);
  });
});
