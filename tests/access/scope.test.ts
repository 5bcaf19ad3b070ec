import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import {
  BIRCH, CEDAR, DUNE, ELM, everyone, insertTenants, NORTH, owned, rowsSeenBy, scopes, SOUTH, tenants, type Tenant,
} from '../support/tenants.js';

/** Rows of others, for each kind of tenant, and an id that nobody has. */
const foreign: Record<Tenant, Record<'license' | 'company' | 'partner', number[]>> = {
  north: { license: [730_005, 730_006, 730_007, 730_008, 730_009, 730_011], company: [DUNE, ELM], partner: [SOUTH] },
  south: { license: [730_001, 730_002, 730_008, 730_009], company: [BIRCH, CEDAR, ELM], partner: [NORTH] },
  birch: { license: [730_001, 730_004, 730_008, 730_010], company: [CEDAR, DUNE], partner: [NORTH, SOUTH] },
  cedar: { license: [730_001, 730_002, 730_010], company: [BIRCH, ELM], partner: [NORTH] },
  dune: { license: [730_002, 730_005, 730_009], company: [BIRCH], partner: [SOUTH, NORTH] },
};
const MISSING = 999_999;
/** A company may not ask for partners at all. */
const isPartner = (tenant: Tenant) => scopes[tenant].partnerId !== null;

onEachDatabase('rows of others', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: everyone });
    await insertTenants(app);
  });
  afterAll(() => app.stop());

  /** The answer without what differs between any two requests. */
  const ask = async (tenant: Tenant, query: string, variables = {}) => {
    const answer = JSON.stringify(await app.ask(tenant, query, variables));
    return answer.replace(/"requestId":"[^"]+"/g, '').replace(/"fetchedAt":"[^"]+"/g, '');
  };

  it.each(tenants)('show %s no trial, neither in the funnel nor in its warnings', async (tenant) => {
    const query = `{ trialFunnel(asOf: "2026-06-20") { steps { count } outcome { converted open lapsed } conversions { unknownDate beforeExpiry } cohorts { started } meta { warnings { count } } } }`;
    const { data } = await app.ask('admin', query);
    expect(data.trialFunnel).toMatchObject({ steps: [{ count: 2 }, { count: 0 }, { count: 0 }, { count: 2 }], outcome: { converted: 2 } });
    const { trialFunnel } = (await app.ask(tenant, query)).data;
    expect(JSON.stringify(trialFunnel)).not.toMatch(/[1-9]/);
  });

  /** An answer that must not be a refusal: two of those would agree without saying anything. */
  const figuresOf = async (tenant: Tenant, query: string, variables: Record<string, unknown>) => {
    const answer = await ask(tenant, query, variables);
    expect(answer).not.toContain('"errors"');
    return answer;
  };

  describe.each(tenants)('%s', (tenant) => {
    it.each(['license', 'company', 'partner'] as const)('is told the same of a foreign %s as of a missing one', async (entity) => {
      const selection = '{ id etag }';
      const missing = await ask(tenant, `query($id: ID!) { ${entity}(id: $id) ${selection} }`, { id: MISSING });
      for (const id of foreign[tenant][entity]) {
        expect(await ask(tenant, `query($id: ID!) { ${entity}(id: $id) ${selection} }`, { id })).toBe(missing);
      }
    });

    it('filters find nothing of others, however they ask', async () => {
      const all = Object.values(foreign[tenant]).flat();
      for (const id of all) {
        const counts = `query($id: ID!) {
          a: licenses(filter: { id: { eq: $id } }) { totalCount } b: licenses(filter: { company: { eq: $id } }) { totalCount }
          c: licenses(filter: { partner: { eq: $id } }) { totalCount } d: companies(filter: { id: { eq: $id } }) { totalCount }
          e: companies(filter: { partner: { eq: $id } }) { totalCount } ${isPartner(tenant) ? 'f: partners(filter: { id: { in: [$id] } }) { totalCount }' : ''}
          g: dashboard(filter: { companyIds: [$id] }) { totalLicenses totalUsers bands { owners } }
          h: dashboard(filter: { partnerIds: [$id] }) { totalLicenses totalUsers bands { owners } }
          i: utilization(filter: { partnerIds: [$id] }) { totalCount } j: utilization(filter: { companyIds: [$id] }) { totalCount }
          k: activeUserStats(filter: { partnerIds: [$id], rounds: { partner: { ne: $id } } }) { total { registeredUsers } }
        }`;
        expect(await figuresOf(tenant, counts, { id })).toBe(await figuresOf(tenant, counts, { id: MISSING }));
      }
    });

    it('negative filters tell nothing either', async () => {
      const counts = `query($id: ID!) {
        a: licenses(filter: { partner: { ne: $id } }) { totalCount } b: licenses(filter: { not: { partner: { eq: $id } } }) { totalCount }
        c: companies(filter: { partner: { ne: $id } }) { totalCount } d: companies(filter: { partner: { notIn: [$id] } }) { totalCount }
        e: companies(filter: { not: { partner: { in: [$id] } } }) { totalCount }
        f: dashboard(filter: { rounds: { partner: { ne: $id } } }) { totalLicenses }
      }`;
      for (const id of foreign[tenant].partner) expect(await figuresOf(tenant, counts, { id })).toBe(await figuresOf(tenant, counts, { id: MISSING }));
    });

    it('search finds no name of others', async () => {
      const hidden = owned.filter(({ table, seenBy }) => table !== 'license' && !seenBy.includes(tenant))
        .map(({ row }) => String(row['partner_name'] ?? row['company_name'] ?? row['email']));
      const search = `query($text: String!) {
        licenses(filter: { search: $text }) { totalCount } companies(filter: { search: $text }) { totalCount }
        ${isPartner(tenant) ? 'partners(filter: { search: $text }) { totalCount }' : ''} utilization(search: $text) { totalCount }
        named: companies(filter: { name: { startsWith: $text } }) { totalCount }
        theirs: companies { nodes { users(filter: { or: [{ search: $text }, { email: { contains: $text } }] }) { totalCount } } }
      }`;
      const nothing = await figuresOf(tenant, search, { text: 'nobody has this name' });
      for (const text of hidden) expect(await figuresOf(tenant, search, { text })).toBe(nothing);
    });

    it('cannot say what it lists by a cursor', async () => {
      const cursor = (key: string) => Buffer.from(JSON.stringify(['company.PARTNER', 'ASC', key, 1])).toString('base64url');
      const page = 'query($after: String!) { companies(after: $after, orderBy: { field: PARTNER }) { totalCount nodes { id } } }';
      if (isPartner(tenant)) return;
      // A company sees no reseller: its place is before every name.
      expect(await figuresOf(tenant, page, { after: cursor('Aa') })).toBe(await figuresOf(tenant, page, { after: cursor('zz') }));
    });
  });

  it('whether a company has a hidden reseller, none can tell', async () => {
    for (const tenant of ['birch', 'cedar', 'dune'] as const) {
      const { data } = await app.ask(tenant, `{
        has: companies(filter: { partner: { isNull: false } }) { totalCount } none: companies(filter: { partner: { isNull: true } }) { totalCount }
        companies { nodes { id etag name } }
        rounds: licenses(filter: { partner: { isNull: true } }) { totalCount } licenses { totalCount }
      }`);
      expect([data.has.totalCount, data.none.totalCount]).toEqual([0, 1]);
      expect((await app.ask(tenant, '{ companies { nodes { partner { id } } } }')).errors?.[0]?.message).toBe('Cannot query field "partner" on type "Company".');
      expect(data.rounds).toEqual(data.licenses);
      const { id, name, etag } = data.companies.nodes[0];
      for (const partnerId of [NORTH, SOUTH, null]) {
        const guess = createHash('sha256').update(JSON.stringify([Number(id), name, 1, partnerId])).digest('base64url');
        expect(guess.startsWith(etag)).toBe(false);
      }
    }
  });

  it('no tenant changes anything, and is told the same for its own, foreign and missing rows', async () => {
    for (const tenant of tenants) {
      for (const entity of ['License', 'Company', 'Partner']) {
        const mutation = `mutation($id: ID!) { delete${entity}(id: $id, etag: "x") { deletedId } }`;
        const answers = await Promise.all([MISSING, NORTH, BIRCH, 730_002].map((id) => ask(tenant, mutation, { id })));
        expect(new Set(answers).size).toBe(1);
        expect(answers[0]).toContain('FORBIDDEN');
      }
    }
  });
});

onEachDatabase('totals of a tenant', (kind) => {
  let shared: TestApp;
  beforeAll(async () => {
    shared = await startTestApp(kind, { rows: everyone });
    await insertTenants(shared);
  });
  afterAll(() => shared.stop());

  const owners = 'nodes { ownerType ownerId ownerName figures { seatsInForce roundsInForce registeredUsers activeUsers band unusedSeats } }';
  const figures = (tenant: Tenant) => `{
    dashboard(asOf: "2026-06-20", windowDays: 7) {
      totalLicenses activeLicenses graceLicenses scheduledLicenses expiredLicenses totalUsers activeUsers activeShare { value } utilization { value }
      byStatus { status rounds seats } companies: bands { band owners } partners: bands(ownerType: PARTNER) { band owners }
      revenue { currency annualValue { amount } averageCost { amount } seats rounds } meta { warnings { code count } }
    }
    utilization(asOf: "2026-06-20", windowDays: 7) { totalCount ${owners} }
    activeUserStats(asOf: "2026-06-20", windowDays: 7) {
      total { registeredUsers activeUsers } companies: byOwner { ownerId stats { registeredUsers activeUsers } }
      partners: byOwner(ownerType: PARTNER) { ownerId stats { registeredUsers activeUsers } }
    }
    licenses { totalCount nodes { id } } companies { totalCount nodes { id licenses { totalCount } users { totalCount nodes { id } } } }
    ${isPartner(tenant) ? 'partners { totalCount nodes { id licenses { totalCount } users { totalCount } companies { totalCount } activityOverTime(range: { from: "2026-06-01", to: "2026-06-20" }) { activeUsers } } }' : ''}
    products { nodes { licenses { totalCount } } }
  }`;

  it.each(tenants)('of %s equal those of a database that holds its rows alone', async (tenant) => {
    const alone = await startTestApp(kind, { rows: rowsSeenBy(tenant) });
    try {
      const expected = await alone.ask('admin', figures(tenant));
      expect(expected.errors).toBeUndefined();
      expect(await shared.ask(tenant, figures(tenant))).toEqual(expected);
      expect(expected.data.dashboard.activeLicenses).toBeGreaterThan(10_000);
    } finally {
      await alone.stop();
    }
  });
});
