import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { AWKWARD_NAME, catalogRows } from '../support/catalog-rows.js';
import { onEachDatabase } from '../support/databases.js';
import { onePage, pageThrough } from '../support/paging.js';

onEachDatabase('companies, partners, products and users', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: catalogRows });
  });
  afterAll(() => app.stop());

  async function ask(query: string, variables?: Record<string, unknown>) {
    const { data, errors } = await app.ask('admin', query, variables);
    expect(errors).toBeUndefined();
    return data;
  }
  const ids = (rows: unknown) => (rows as { id: string }[]).map(({ id }) => Number(id));

  describe('filters', () => {
    it.each<[string, string, Record<string, unknown>, number[]]>([
      ['companies', 'CompanyFilter', { name: { eq: 'BETA ltd' } }, [1, 5]], ['companies', 'CompanyFilter', { name: { ne: 'acme' } }, [1, 4, 5]],
      ['companies', 'CompanyFilter', { name: { in: ['ACME', 'nobody'] } }, [2, 3]], ['companies', 'CompanyFilter', { name: { contains: `'n` } }, [4]],
      ['companies', 'CompanyFilter', { name: { contains: '_' } }, [4]], ['companies', 'CompanyFilter', { name: { startsWith: '50%_' } }, [4]],
      ['companies', 'CompanyFilter', { name: { eq: AWKWARD_NAME } }, [4]], ['companies', 'CompanyFilter', { name: { in: [] } }, []],
      ['companies', 'CompanyFilter', { active: false }, [3]], ['companies', 'CompanyFilter', { active: true }, [1, 2, 4, 5]],
      ['companies', 'CompanyFilter', { partner: { eq: '1' } }, [1, 4]], ['companies', 'CompanyFilter', { partner: { ne: '1' } }, [2, 3, 5]],
      ['companies', 'CompanyFilter', { partner: { isNull: true } }, [3, 5]], ['companies', 'CompanyFilter', { partner: { in: ['2', '9'] } }, [2]],
      ['companies', 'CompanyFilter', { partner: { notIn: ['2'] } }, [1, 3, 4, 5]], ['companies', 'CompanyFilter', { id: { in: ['5', '77'] } }, [5]],
      ['companies', 'CompanyFilter', { search: 'zeta' }, [1, 4]], ['companies', 'CompanyFilter', { search: 'x\\Y' }, [4]], ['companies', 'CompanyFilter', { search: '3' }, [3]],
      ['companies', 'CompanyFilter', { or: [{ id: { eq: '1' } }, { not: { active: true } }] }, [1, 3]],
      ['partners', 'PartnerFilter', { name: { eq: 'ALPHA' } }, [2, 3]], ['partners', 'PartnerFilter', { search: 'ET' }, [1]], ['partners', 'PartnerFilter', { id: { notIn: ['1'] } }, [2, 3]],
      ['partners', 'PartnerFilter', { not: { name: { startsWith: 'al' } } }, [1]], ['partners', 'PartnerFilter', { id: { in: [] } }, []],
      ['products', 'ProductFilter', { code: { eq: 'ENT' } }, [3]], ['products', 'ProductFilter', { label: { eq: 'subscription' } }, [1, 3]],
      ['products', 'ProductFilter', { label: { isNull: true } }, []], ['products', 'ProductFilter', { search: 'dm' }, [2]], ['products', 'ProductFilter', { and: [{ code: { ne: 'SUB' } }, { label: { contains: 'SCRIPT' } }] }, [3]],
    ])('%s %s %j', async (field, type, filter, expected) => {
      const data = await ask(`query($filter: ${type}) { ${field}(filter: $filter) { totalCount nodes { id } } }`, { filter });
      expect(ids(data[field].nodes)).toEqual(expected);
      expect(data[field].totalCount).toBe(expected.length);
    });

    it.each<[Record<string, unknown>, number[]]>([
      [{ active: true }, [1, 3, 4]], [{ active: false }, [2]], [{ email: { eq: 'bob@B.example' } }, [2]], [{ email: { isNull: true } }, [3]], [{ email: { ne: 'p@a.example' } }, [1, 2, 3]],
      [{ search: 'ADLER' }, [1, 2]], [{ search: '%' }, [4]], [{ search: '_' }, [4]], [{ search: '3' }, [3]], [{ not: { search: 'adler' } }, [3, 4]], [{ company: { eq: '2' } }, []],
    ])('users %j', async (filter, expected) => {
      const data = await ask('query($filter: UserFilter) { company(id: 1) { users(filter: $filter) { totalCount nodes { id } } } }', { filter });
      expect(ids(data.company.users.nodes)).toEqual(expected);
      expect(data.company.users.totalCount).toBe(expected.length);
    });
  });

  describe('orderings', () => {
    it.each<[string, string, number[]]>([
      ['companies', 'ID', [1, 2, 3, 4, 5]], ['companies', 'NAME', [4, 2, 3, 1, 5]], ['companies', 'PARTNER', [3, 5, 2, 1, 4]],
      ['partners', 'ID', [1, 2, 3]], ['partners', 'NAME', [2, 3, 1]],
      ['products', 'ID', [1, 2, 3]], ['products', 'CODE', [2, 3, 1]], ['products', 'LABEL', [2, 1, 3]],
    ])('%s by %s, both ways, page by page', async (field, order, ascending) => {
      for (const [direction, expected] of [['ASC', ascending], ['DESC', [...ascending].reverse()]] as const) {
        const question = { field, args: `orderBy: { field: ${order}, direction: ${direction} },`, row: 'id' };
        expect(ids(await onePage(app, question))).toEqual(expected);
        expect(ids(await pageThrough(app, question, 1))).toEqual(expected);
        expect(ids(await pageThrough(app, question, 2))).toEqual(expected);
      }
    });

    it.each<[string, number[]]>([['ID', [1, 2, 3, 4]], ['NAME', [3, 4, 2, 1]], ['EMAIL', [3, 2, 4, 1]]])('users by %s, both ways, page by page', async (order, ascending) => {
      for (const [direction, expected] of [['ASC', ascending], ['DESC', [...ascending].reverse()]] as const) {
        const read: number[] = [];
        for (let after: string | null = null, more = true; more; ) {
          const { users }: any = (await ask(`query($after: String) { company(id: 1) { users(first: 1, after: $after, orderBy: { field: ${order}, direction: ${direction} }) {
            nodes { id } pageInfo { hasNextPage endCursor } } } }`, { after })).company;
          read.push(...ids(users.nodes));
          after = users.pageInfo.endCursor;
          more = users.pageInfo.hasNextPage;
        }
        expect(read).toEqual(expected);
      }
    });
  });

  describe('nested lists', () => {
    it('hold what belongs to the parent, and nothing else', async () => {
      const data = await ask(`{ companies { nodes { id licenses { totalCount nodes { id } } users { totalCount nodes { id } } } }
        partners { nodes { id companies { totalCount nodes { id } } licenses { totalCount nodes { id } } users { totalCount nodes { id } } } }
        products { nodes { id licenses { totalCount nodes { id } } } } }`);
      const list = (...expected: number[]) => ({ totalCount: expected.length, nodes: expected.map((id) => ({ id: String(id) })) });
      expect(data.companies.nodes).toEqual([
        { id: '1', licenses: list(1, 6, 10, 12), users: list(1, 2, 3, 4) }, { id: '2', licenses: list(2, 8), users: list(5) }, { id: '3', licenses: list(3), users: list() },
        { id: '4', licenses: list(5), users: list(7) }, { id: '5', licenses: list(11), users: list() },
      ]);
      // User 7 belongs to company 4 and so to partner 1, whatever its partner_id says.
      expect(data.partners.nodes).toEqual([
        { id: '1', companies: list(1, 4), licenses: list(1, 4, 5, 6, 10, 12), users: list(1, 2, 3, 4, 6, 7) },
        { id: '2', companies: list(2), licenses: list(2, 7, 8), users: list(5) }, { id: '3', companies: list(), licenses: list(), users: list() },
      ]);
      expect(data.products.nodes.map(({ licenses }: any) => licenses)).toEqual([list(1, 3, 5, 7, 8, 9, 11, 12), list(2, 6), list(4)]);
    });

    it('lead back to the parent', async () => {
      const data = await ask(`{ company(id: 4) { users { nodes { company { id } partner { id } } } licenses { nodes { company { id partner { id } } product { code licenses(first: 1) { nodes { id } } } } } }
        partner(id: 1) { users(filter: { id: { eq: 6 } }) { nodes { company { id } partner { id name } } } companies(orderBy: { field: NAME }) { nodes { partner { id } } } } }`);
      expect(data).toEqual({
        company: {
          users: { nodes: [{ company: { id: '4' }, partner: null }] },
          licenses: { nodes: [{ company: { id: '4', partner: { id: '1' } }, product: { code: 'SUB', licenses: { nodes: [{ id: '1' }] } } }] },
        },
        partner: { users: { nodes: [{ company: null, partner: { id: '1', name: 'Zeta' } }] }, companies: { nodes: [{ partner: { id: '1' } }, { partner: { id: '1' } }] } },
      });
    });

    it('are filtered, cut and counted for each parent, in one statement', async () => {
      let data: any;
      const statements = await app.statementsOf(async () => {
        data = await ask('{ companies { nodes { id licenses(first: 1, asOf: "2026-06-15", filter: { inForce: true }, orderBy: { field: END_DATE, direction: DESC }) { totalCount nodes { id } pageInfo { hasNextPage } } } } }');
      });
      const page = (totalCount: number, ...shown: string[]) => ({ totalCount, nodes: shown.map((id) => ({ id })), pageInfo: { hasNextPage: totalCount > shown.length } });
      expect(data.companies.nodes.map(({ licenses }: any) => licenses)).toEqual([page(1, '1'), page(2, '2'), page(1, '3'), page(0), page(0)]);
      expect(statements.filter((text) => text.includes('license_records'))).toHaveLength(2); // the pages, and their counts
    });
  });

  it('answers null for what is not there', async () => {
    expect(await ask('{ company(id: 99) { id } partner(id: 99) { id } product(id: 99) { id } }')).toEqual({ company: null, partner: null, product: null });
  });
});

onEachDatabase('an empty database', (kind) => {
  it('has empty lists and zeros, not errors', async () => {
    const app = await startTestApp(kind);
    try {
      const empty = { totalCount: 0, nodes: [], edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null } };
      const list = 'totalCount nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
      const { data, errors } = await app.ask('admin', `{ licenses { ${list} } companies { ${list} } partners { ${list} } products { ${list} } utilization { totalCount nodes { ownerId } }
        dashboard { totalLicenses totalUsers activeShare { value } utilization { value } revenue { currency } bands { owners } meta { warnings { code } } } activeUserStats { total { activeUsers } byOwner { ownerId } } }`);
      expect(errors).toBeUndefined();
      expect(data).toEqual({
        licenses: empty, companies: empty, partners: empty, products: empty, utilization: { totalCount: 0, nodes: [] },
        dashboard: { totalLicenses: 0, totalUsers: 0, activeShare: { value: null }, utilization: { value: null }, revenue: [], bands: Array(5).fill({ owners: 0 }), meta: { warnings: [] } },
        activeUserStats: { total: { activeUsers: 0 }, byOwner: [] },
      });
    } finally {
      await app.stop();
    }
  });
});
