import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSchema } from '../../server/schema.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { walk, WALK_ENVIRONMENT } from '../support/leaks.js';
import { walkQueries } from '../support/schema-walk.js';
import { schemaSeenBy } from '../support/views.js';
import { everyone, insertTenants, owned, scopes, secretsFrom, tenants, type Tenant } from '../support/tenants.js';

const schema = createSchema();

/** The first walk compiles every query. */
const WALK_TIMEOUT_MS = 180_000;

it('asks for every field of every type that a query can reach', () => {
  const walked = walkQueries(schema, [1]).map(({ query }) => query).join(' ');
  const reachable = ['License', 'Company', 'Partner', 'Product', 'User', 'Viewer', 'Dashboard', 'UtilizationLine', 'OwnerActiveUsers', 'ActivityPoint'];
  for (const name of reachable) {
    const type = schema.getType(name);
    const fields = type !== undefined && 'getFields' in type ? Object.keys(type.getFields()) : [];
    expect(fields.filter((field) => !walked.includes(field))).toEqual([]);
  }
});

onEachDatabase('a walk through the schema', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: everyone, environment: WALK_ENVIRONMENT });
    await insertTenants(app);
  });
  afterAll(() => app.stop());

  it.each(tenants)('shows %s nothing of another tenant', async (tenant) => {
    const seen = schemaSeenBy(scopes[tenant].partnerId === null ? 'COMPANY' : 'PARTNER');
    const { leaks, errors, leaves } = await walk(app, seen, tenant);
    expect(leaks).toEqual([]);
    expect(errors).toEqual([]);
    expect(leaves).toBeGreaterThan(500);
  }, WALK_TIMEOUT_MS);

  it.each(tenants)('shows %s everything of its own', async (tenant) => {
    const { data } = await app.ask(tenant, `{
      ${scopes[tenant].partnerId === null ? '' : 'partners { nodes { id users { nodes { id } } } }'} licenses { nodes { id } } companies { nodes { id users { nodes { id } } } } unifiedLicenses { nodes { id } }
    }`);
    const own = owned.filter(({ seenBy }) => seenBy.includes(tenant)).map(({ row }) => String(row['id']));
    const seen = JSON.stringify(data).match(/7[1-46]0\d{3}/g) ?? [];
    expect([...new Set(seen)].sort()).toEqual(own.sort());
  });

  describe('of the administrator', () => {
    it('shows what must be hidden from others, so the walk would find it', async () => {
      const seen = JSON.stringify(await app.ask('admin', `{
        partners { nodes { id name users(first: 99) { nodes { id lastActivityAt(asOf: "2026-06-20") } } } }
        companies { nodes { id name users(first: 99) { nodes { id lastActivityAt(asOf: "2026-06-20") } } } }
        unifiedLicenses(first: 99) { nodes { id licenseKey siteUrl quantity unitPrice { amount } } }
        licenses { nodes { id seats unitCost { amount } totalCost { amount } annualValue { amount } } } }`));
      // A user without an owner is shown to nobody; a FLOAT gives a total of nine digits back in eight.
      const unseen = (tenant: Tenant) => secretsFrom(tenant).filter((secret) => !new RegExp(secret).test(seen));
      for (const tenant of tenants) expect(unseen(tenant).filter((secret) => !/^\d{9}$/.test(secret))).toEqual(['740010', '2026-06-10[T ]10:17:10']);
    });
  });
});
