import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { catalogRows } from '../support/catalog-rows.js';
import { onEachDatabase } from '../support/databases.js';

const ALL = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const allBut = (...ids: number[]) => ALL.filter((id) => !ids.includes(id));

/** Every field of LicenseFilter with every operator it has, on 2026-06-15. */
const cases: [Record<string, unknown>, number[]][] = [
  [{}, ALL],
  [{ id: { eq: '3' } }, [3]], [{ id: { ne: '3' } }, allBut(3)], [{ id: { in: ['1', '3', '99'] } }, [1, 3]], [{ id: { in: [] } }, []],
  [{ id: { notIn: ['1', '2'] } }, allBut(1, 2)], [{ id: { notIn: [] } }, ALL], [{ id: { isNull: true } }, []], [{ id: { eq: '99' } }, []],
  [{ company: { eq: '1' } }, [1, 6, 10, 12]], [{ company: { ne: '1' } }, [2, 3, 4, 5, 7, 8, 9, 11]], [{ company: { in: ['2', '3'] } }, [2, 3, 8]],
  [{ company: { notIn: ['2', '3'] } }, [1, 4, 5, 6, 7, 9, 10, 11, 12]], [{ company: { isNull: true } }, [4, 7, 9]],
  [{ company: { isNull: false } }, allBut(4, 7, 9)], [{ company: { eq: '99' } }, []], [{ company: { in: [] } }, []],
  // The partner is the owner itself or the reseller of the owning company.
  [{ partner: { eq: '1' } }, [1, 4, 5, 6, 10, 12]], [{ partner: { eq: '2' } }, [2, 7, 8]], [{ partner: { ne: '1' } }, [2, 3, 7, 8, 9, 11]],
  [{ partner: { in: ['2', '77'] } }, [2, 7, 8]], [{ partner: { notIn: ['1', '2'] } }, [3, 9, 11]], [{ partner: { isNull: true } }, [3, 9, 11]],
  [{ ownerType: 'COMPANY' }, allBut(4, 7, 9)], [{ ownerType: 'PARTNER' }, [4, 7, 10]],
  [{ product: { eq: '2' } }, [2, 6]], [{ product: { in: ['3', '77'] } }, [4, 10]], [{ product: { notIn: ['1'] } }, [2, 4, 6, 10]], [{ product: { ne: '1' } }, [2, 4, 6, 10]],
  [{ status: { eq: 'active' } }, [1, 2, 3, 6, 8, 10, 11, 12]], [{ status: { ne: 'ACTIVE' } }, [4, 5, 7, 9]], [{ status: { in: ['new', 'EXPIRED'] } }, [5, 7]],
  [{ status: { in: [] } }, []], [{ status: { contains: 'PET' } }, [4]], [{ status: { contains: '%' } }, []], [{ status: { startsWith: 'ex' } }, [5]],
  [{ status: { startsWith: '_xp' } }, []], [{ status: { isNull: true } }, [9]], [{ status: { isNull: false } }, allBut(9)],
  [{ lifecycleStatus: { eq: 'ACTIVE' } }, [1, 2]], [{ lifecycleStatus: { eq: 'SCHEDULED' } }, [7]], [{ lifecycleStatus: { eq: 'PERPETUAL' } }, [3, 4]],
  [{ lifecycleStatus: { eq: 'EXPIRES_TODAY' } }, [8]], [{ lifecycleStatus: { eq: 'IN_GRACE' } }, [5]], [{ lifecycleStatus: { eq: 'EXPIRED' } }, [6]],
  [{ lifecycleStatus: { eq: 'INVALID' } }, [9, 10, 11, 12]], [{ lifecycleStatus: { in: ['PERPETUAL', 'EXPIRES_TODAY'] } }, [3, 4, 8]],
  [{ lifecycleStatus: { in: [] } }, []], [{ lifecycleStatus: { notIn: ['INVALID', 'ACTIVE'] } }, [3, 4, 5, 6, 7, 8]], [{ lifecycleStatus: { notIn: [] } }, ALL],
  [{ inForce: true }, [1, 2, 3, 4, 8]], [{ inForce: false }, [5, 6, 7, 9, 10, 11, 12]],
  [{ startDate: { eq: '2026-01-01' } }, [1, 4, 8, 9, 10]], [{ startDate: { lt: '2025-06-01' } }, [2, 3]], [{ startDate: { lte: '2025-06-01' } }, [2, 3, 6]],
  [{ startDate: { gt: '2026-02-01' } }, [7, 12]], [{ startDate: { gte: '2026-02-01' } }, [7, 11, 12]], [{ startDate: { isNull: true } }, []], [{ startDate: { isNull: false } }, ALL],
  [{ endDate: { eq: '2026-06-15' } }, [8]], [{ endDate: { lt: '2026-06-14' } }, [6, 12]], [{ endDate: { lte: '2026-06-14' } }, [5, 6, 12]],
  [{ endDate: { gt: '2026-12-31' } }, [2, 7]], [{ endDate: { gte: '2026-12-31' } }, [1, 2, 7, 9, 10, 11]], [{ endDate: { isNull: true } }, [3, 4]],
  [{ endDate: { isNull: false } }, allBut(3, 4)], [{ endDate: { eq: '9999-12-31' } }, []],
  // A three-year round is found by any range it touches; one that ends before it starts is never in force.
  [{ runsWithin: { from: '2025-06-16', to: '2026-06-15' } }, allBut(7, 12)], [{ runsWithin: { to: '2024-12-31' } }, [2]],
  [{ runsWithin: { from: '2027-01-01' } }, [2, 3, 4, 7]], [{ runsWithin: { from: '2026-06-15', to: '2026-06-15' } }, allBut(5, 6, 7, 12)], [{ runsWithin: {} }, allBut(12)],
  [{ currency: { eq: 'USD' } }, [3, 5]], [{ currency: { in: ['JPY', 'GBP'] } }, [4, 6]], [{ currency: { notIn: ['EUR'] } }, [3, 4, 5, 6, 11]], [{ currency: { in: [] } }, []],
  [{ seats: { eq: 10 } }, [1, 8, 9]], [{ seats: { ne: 10 } }, allBut(1, 8, 9)], [{ seats: { in: [3, 4] } }, [3, 7]], [{ seats: { in: [] } }, []],
  [{ seats: { lt: 3 } }, [10, 11]], [{ seats: { lte: 3 } }, [3, 10, 11]], [{ seats: { gt: 8 } }, [1, 5, 8, 9]], [{ seats: { gte: 8 } }, [1, 5, 6, 8, 9]], [{ seats: { gt: 3, lt: 7 } }, [2, 7, 12]],
  [{ unitCost: { eq: '19.99' } }, [2]], [{ unitCost: { ne: '1' } }, allBut(9, 10, 12)], [{ unitCost: { lt: '1.00' } }, [3]], [{ unitCost: { lte: '1' } }, [3, 9, 10, 12]],
  [{ unitCost: { gt: '19.985' } }, [1, 2, 4, 8]], [{ unitCost: { gt: '19.99' } }, [1, 4, 8]], [{ unitCost: { gte: '1500' } }, [4]],
  [{ annualValue: { eq: '99.95' } }, [2]], [{ annualValue: { ne: '99.95' } }, allBut(2)], [{ annualValue: { gte: '1000' } }, [1, 4, 8]], [{ annualValue: { gt: '1000' } }, [4]],
  [{ annualValue: { lte: '10' } }, [3, 9, 10, 11, 12]], [{ annualValue: { lt: '10' } }, [3, 10, 12]], [{ annualValue: { gt: '999.999', lt: '1000.001' } }, [1, 8]],
  [{ search: 'BETA' }, [1, 6, 10, 11, 12]], [{ search: 'zeta' }, [4, 10]], [{ search: 'adm' }, [2, 6]], [{ search: 'SUBSCR' }, [1, 3, 4, 5, 7, 8, 9, 11, 12]],
  [{ search: '%' }, [5]], [{ search: '_' }, [5]], [{ search: `O'Neil` }, [5]], [{ search: '"x' }, [5]], [{ search: '\\' }, [5]], [{ search: '!' }, []], [{ search: 'x\\y' }, [5]],
  [{ search: 'perp' }, [4]], [{ search: '12' }, [12]], [{ search: '  ' }, ALL], [{ search: '99999999999' }, []], [{ search: `' or 1=1 -- ` }, []],
  [{ and: [] }, ALL], [{ or: [] }, []], [{ not: {} }, []], [{ and: [{ seats: { eq: 10 } }, { company: { eq: '2' } }] }, [8]],
  [{ or: [{ seats: { eq: 10 } }, { company: { eq: '2' } }] }, [1, 2, 8, 9]], [{ not: { endDate: { gte: '2026-12-31' } } }, [3, 4, 5, 6, 8, 12]],
  [{ not: { company: { eq: '1' } } }, [2, 3, 4, 5, 7, 8, 9, 11]], [{ not: { partner: { in: ['1'] } } }, [2, 3, 7, 8, 9, 11]],
  [{ company: { eq: '1' }, or: [{ inForce: true }, { not: { currency: { eq: 'EUR' } } }] }, [1, 6]],
  [{ and: [{ or: [{ id: { eq: '1' } }, { id: { eq: '2' } }] }, { not: { id: { eq: '1' } } }] }, [2]],
  [{ id: { eq: null, in: ['4'] }, seats: null, and: null, search: null }, [4]],
];

onEachDatabase('filters of licences', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: catalogRows });
  });
  afterAll(() => app.stop());

  const ask = (filter: unknown) =>
    app.ask('admin', 'query($filter: LicenseFilter) { licenses(filter: $filter, asOf: "2026-06-15", first: 500) { totalCount nodes { id } } }', { filter });

  it.each(cases.map(([filter, ids]) => [JSON.stringify(filter), filter, ids] as const))('%s', async (_title, filter, ids) => {
    const { data, errors } = await ask(filter);
    expect(errors).toBeUndefined();
    expect(data.licenses.nodes.map(({ id }: { id: string }) => Number(id))).toEqual(ids);
    expect(data.licenses.totalCount).toBe(ids.length);
  });

  const nested = (levels: number): object => (levels === 0 ? { inForce: true } : { not: nested(levels - 1) });
  it.each([
    ['an id that is none', { company: { eq: 'abc' } }, 'filter.company.eq'],
    ['a negative id', { and: [{ id: { in: ['1', '-1'] } }] }, 'filter.and.0.id.in'],
    ['an id beyond 32 bits', { product: { eq: '4294967296' } }, 'filter.product.eq'],
    ['nesting beyond 8 levels', nested(8), 'filter.not.not.not.not.not.not.not.not'],
    ['more than 100 conditions', { or: Array.from({ length: 101 }, () => ({ inForce: true })) }, 'filter'],
    ['a list of more than 1000', { seats: { in: Array.from({ length: 1001 }, (_, index) => index) } }, 'filter.seats.in'],
  ])('refuses %s', async (_title, filter, field) => {
    expect((await ask(filter)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
  });

  it('takes 8 levels and 100 conditions', async () => {
    expect((await ask(nested(7))).errors).toBeUndefined();
    expect((await ask({ or: Array.from({ length: 100 }, () => ({ inForce: true })) })).errors).toBeUndefined();
  });

  it('judges the life cycle on the day asked for', async () => {
    const { data } = await app.ask('admin', `{ a: licenses(asOf: "2026-06-16", filter: { lifecycleStatus: { eq: IN_GRACE } }) { nodes { id } }
      b: licenses(asOf: "2026-06-14", filter: { lifecycleStatus: { in: [EXPIRES_TODAY, IN_GRACE] } }) { nodes { id } }
      c: licenses(asOf: "2024-06-15", filter: { inForce: true }) { nodes { id } } d: licenses(asOf: "2024-06-16", filter: { inForce: true }) { nodes { id } } }`);
    expect(data).toEqual({ a: { nodes: [{ id: '5' }, { id: '8' }] }, b: { nodes: [{ id: '5' }, { id: '6' }] }, c: { nodes: [] }, d: { nodes: [{ id: '2' }] } });
  });
});
