import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { AWKWARD_NAME, catalogRows } from '../support/catalog-rows.js';
import { onEachDatabase } from '../support/databases.js';
import { round, user } from '../support/rows.js';

onEachDatabase('licences', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: catalogRows });
  });
  afterAll(() => app.stop());

  async function ask(query: string) {
    const { data, errors } = await app.ask('admin', query);
    expect(errors).toBeUndefined();
    return data;
  }

  it('shows a round with its owner, partner, product and money', async () => {
    const data = await ask(`{ license(id: 2) { id owner { __typename ... on Company { id name active } ... on Partner { id name } } company { id partner { name } }
      partner { id } product { id code label } startDate endDate seats unitCost { amount currency } annualValue { amount currency }
      totalCost { amount currency } totalCostDisagrees currency status graceEndDate } }`);
    expect(data.license).toEqual({
      id: '2', owner: { __typename: 'Company', id: '2', name: 'acme', active: true }, company: { id: '2', partner: { name: 'alpha' } }, partner: null,
      product: { id: '2', code: 'ADM', label: 'administration' }, startDate: '2024-06-16', endDate: '2027-06-15', seats: 5,
      unitCost: { amount: '19.99', currency: 'EUR' }, annualValue: { amount: '99.95', currency: 'EUR' }, totalCost: { amount: '99.95', currency: 'EUR' },
      totalCostDisagrees: false, currency: 'EUR', status: 'active', graceEndDate: '2027-06-22',
    });
  });

  it('shows both kinds of owner, and none where there is none or two', async () => {
    const data = await ask('{ licenses { nodes { id owner { __typename ... on Company { name } ... on Partner { name } } company { name } partner { name } } } }');
    const rows = Object.fromEntries(data.licenses.nodes.map(({ id, ...row }: any) => [id, row]));
    const ofCompany = (name: string) => ({ owner: { __typename: 'Company', name }, company: { name }, partner: null });
    const ofPartner = (name: string) => ({ owner: { __typename: 'Partner', name }, company: null, partner: { name } });
    expect(rows).toMatchObject({
      1: ofCompany('Beta Ltd'), 3: ofCompany('ACME'), 4: ofPartner('Zeta'), 5: ofCompany(AWKWARD_NAME), 7: ofPartner('alpha'),
      9: { owner: null, company: null, partner: null }, 10: { owner: null, company: { name: 'Beta Ltd' }, partner: { name: 'Zeta' } },
    });
  });

  it('has no product where the code is gone, and no money in an unknown currency', async () => {
    const data = await ask('{ gone: license(id: 10) { product { id } } strange: license(id: 11) { currency unitCost { amount } annualValue { amount } totalCost { amount } } }');
    expect(data).toEqual({ gone: { product: null }, strange: { currency: 'ZZZ', unitCost: null, annualValue: null, totalCost: null } });
  });

  it('gives yen no decimals', async () => {
    const data = await ask('{ license(id: 4) { unitCost { amount } annualValue { amount currency } } }');
    expect(data.license).toEqual({ unitCost: { amount: '1500' }, annualValue: { amount: '10500', currency: 'JPY' } });
  });

  it.each([
    ['2026-06-14', 'ACTIVE', true, 1], ['2026-06-15', 'EXPIRES_TODAY', true, 0], ['2026-06-16', 'IN_GRACE', false, -1],
    ['2026-06-22', 'IN_GRACE', false, -7], ['2026-06-23', 'EXPIRED', false, -8], ['2026-01-01', 'ACTIVE', true, 165],
    ['2025-12-31', 'SCHEDULED', false, 166], ['2024-02-29', 'SCHEDULED', false, 837],
  ])('derives the life cycle of a term to 2026-06-15 on %s', async (asOf, lifecycleStatus, inForce, daysRemaining) => {
    const data = await ask(`{ license(id: 8) { lifecycleStatus(asOf: "${asOf}") inForce(asOf: "${asOf}") daysRemaining(asOf: "${asOf}") graceEndDate } }`);
    expect(data.license).toEqual({ lifecycleStatus, inForce, daysRemaining, graceEndDate: '2026-06-22' });
  });

  it('knows perpetual rounds in each of their forms', async () => {
    const data = await ask(`{ licenses(filter: { id: { in: [3, 4] } }) { nodes { endDate lifecycleStatus(asOf: "2026-06-15") inForce(asOf: "9000-01-01") daysRemaining(asOf: "2026-06-15") graceEndDate } }
      early: license(id: 3) { lifecycleStatus(asOf: "2024-12-31") inForce(asOf: "2024-12-31") } }`);
    const perpetual = { endDate: null, lifecycleStatus: 'PERPETUAL', inForce: true, daysRemaining: null, graceEndDate: null };
    expect(data).toEqual({ licenses: { nodes: [perpetual, perpetual] }, early: { lifecycleStatus: 'SCHEDULED', inForce: false } });
  });

  it('calls faulty rounds INVALID whatever the day, and never in force', async () => {
    const data = await ask('{ licenses(filter: { id: { in: [9, 10, 11, 12] } }) { nodes { lifecycleStatus(asOf: "2026-06-15") inForce(asOf: "2026-06-15") } } }');
    expect(data.licenses.nodes).toEqual(Array(4).fill({ lifecycleStatus: 'INVALID', inForce: false }));
  });

  it('answers null for an id that is not there and refuses one that is none', async () => {
    expect(await ask('{ license(id: 99) { id } }')).toEqual({ license: null });
    expect((await app.ask('admin', '{ license(id: "1x") { id } }')).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'id' } }]);
    expect((await app.ask('admin', '{ licenses(asOf: "2026-02-30") { totalCount } }')).errors).toBeDefined();
  });

  it('gives a row the same etag wherever it is read', async () => {
    const data = await ask(`{ licenses { nodes { id etag company { id etag partner { id etag } } partner { id etag } product { id etag } } }
      companies { nodes { id etag licenses { nodes { id etag } } partner { etag id } } } partners { nodes { id etag companies { nodes { id etag } } } }
      products { nodes { id etag licenses { nodes { id etag } } } } one: license(id: 2) { id etag } company(id: 1) { id etag } partner(id: 1) { id etag } product(id: 1) { id etag } }`);
    const etags = new Map<string, Set<string>>();
    const walk = (value: any, name: string): void => {
      if (Array.isArray(value)) value.forEach((entry) => walk(entry, name));
      else if (value !== null && typeof value === 'object') {
        if (value.etag !== undefined) etags.set(`${name}${value.id}`, (etags.get(`${name}${value.id}`) ?? new Set()).add(value.etag));
        for (const [key, child] of Object.entries(value)) walk(child, kinds[key] ?? name);
      }
    };
    const kinds: Record<string, string> = {
      licenses: 'license', one: 'license', companies: 'company', company: 'company', partners: 'partner', partner: 'partner', products: 'product', product: 'product',
    };
    walk(data, '');
    expect([...etags.values()].map(({ size }) => size)).toEqual(Array(23).fill(1)); // 12 + 5 + 3 + 3 rows
    expect(new Set([...etags.values()].flatMap((set) => [...set])).size).toBe(23);
  });
});

onEachDatabase('a page of 200 licences', (kind) => {
  it('with owners, resellers, products and the use of the owners costs at most 6 statements', async () => {
    const ids = Array.from({ length: 200 }, (_, index) => index + 1);
    const app = await startTestApp(kind, {
      rows: {
        partner: ids.slice(0, 20).map((id) => ({ id, partner_name: `P${id}` })),
        company: ids.slice(0, 100).map((id) => ({ id, company_name: `C${id}`, active: 1, partner_id: (id % 20) + 1 })),
        product: ids.slice(0, 6).map((id) => ({ id, code: `D${id}`, label: `D${id}` })),
        license: ids.map((id) => round({ id, product_code_id: (id % 6) + 1, ...(id % 10 === 0 ? { partner_id: id / 10 } : { company_id: Math.ceil(id / 2) }) })),
        user: ids.map((id) => user(id, { company_id: Math.ceil(id / 2) })),
      },
    });
    try {
      await app.tokenOf('admin');
      let data: any;
      const statements = await app.statementsOf(async () => {
        ({ data } = await app.ask('admin', `{ licenses(first: 200) { totalCount nodes { id company { id name partner { name } activeUserStats(asOf: "2026-06-15") { activeUsers registeredUsers } }
          partner { id name activeUserStats(asOf: "2026-06-15") { activeUsers registeredUsers } } product { code } } } }`));
      });
      expect(data.licenses.totalCount).toBe(200);
      expect(data.licenses.nodes).toHaveLength(200);
      expect(data.licenses.nodes[0]).toEqual({
        id: '1', company: { id: '1', name: 'C1', partner: { name: 'P2' }, activeUserStats: { activeUsers: 0, registeredUsers: 2 } }, partner: null, product: { code: 'D2' },
      });
      // Partner 1 serves companies 20, 40, 60, 80 and 100 with two users each.
      expect(data.licenses.nodes[9]).toEqual({
        id: '10', company: null, partner: { id: '1', name: 'P1', activeUserStats: { activeUsers: 0, registeredUsers: 10 } }, product: { code: 'D5' },
      });
      expect(statements.length).toBeLessThanOrEqual(6);
      const owners = await app.statementsOf(async () => {
        ({ data } = await app.ask('admin', `{ licenses(first: 200) { nodes { id utilization(asOf: "2026-06-15") { seatsInForce } owner { ... on Company { id name } ... on Partner { id name } } } } }`));
      });
      expect(data.licenses.nodes).toHaveLength(200);
      expect(owners.length).toBeLessThanOrEqual(4);
    } finally {
      await app.stop();
    }
  });
});
