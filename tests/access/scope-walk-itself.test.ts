import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import sql, { raw } from 'sql-template-tag';
import type { Context } from '../../server/context.js';
import type { Database } from '../../server/db/database.js';
import type { ExistingTable } from '../../server/db/tables.js';
import type { TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';

/**
 * The test of the test: a server with one deliberate leak, which the walk must find. The leak is switched while the server
 * runs; `null` is the server as it is.
 */
type Leak = ExistingTable | 'resolver' | null;
let leak: Leak = null;

const rowScope = await import('../../server/auth/row-scope.js');
jest.unstable_mockModule('../../server/auth/row-scope.js', () => ({
  ...rowScope,
  visibleWhen: (...given: Parameters<typeof rowScope.visibleWhen>) => (given[1] === leak ? null : rowScope.visibleWhen(...given)),
}));

const genuine = await import('../../server/resolvers.js');
const { text } = await import('../../server/db/decode.js');
jest.unstable_mockModule('../../server/resolvers.js', () => ({
  resolvers: {
    ...genuine.resolvers,
    Company: {
      ...genuine.resolvers.Company,
      // Trusts that whoever may see the company may hear of its reseller.
      name: async (company: { name: string; partnerId: number | null }, _: unknown, context: Context) => {
        if (leak !== 'resolver' || company.partnerId === null) return company.name;
        const { database } = context.db as unknown as { database: Database };
        const [row] = await database.read(sql`select partner_name from ${raw('partners')} where id = ${company.partnerId}`);
        return row === undefined ? company.name : `${company.name} of ${text(row, 'partner_name')}`;
      },
    },
  },
}));

const { startTestApp } = await import('../support/app.js');
const { walk, WALK_ENVIRONMENT } = await import('../support/leaks.js');
const { schemaSeenBy } = await import('../support/views.js');
const { everyone, insertTenants } = await import('../support/tenants.js');

/** The first walk compiles every query. */
const WALK_TIMEOUT_MS = 180_000;

onEachDatabase('the walk through the schema', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    leak = null;
    app = await startTestApp(kind, { rows: everyone, environment: WALK_ENVIRONMENT });
    await insertTenants(app);
  });
  afterAll(() => app.stop());

  describe.each<[Leak, 'north' | 'birch']>([
    ['partner', 'north'], ['company', 'birch'], ['license', 'north'], ['resolver', 'birch'],
  ])('with a leak in %s', (leaking, tenant) => {
    it('finds it', async () => {
      leak = leaking;
      const { leaks } = await walk(app, schemaSeenBy(tenant === 'birch' ? 'COMPANY' : 'PARTNER'), tenant, { untilFirstLeak: true });
      leak = null;
      expect(leaks).not.toEqual([]);
    }, WALK_TIMEOUT_MS);
  });

  it('cannot see users counted that are never listed; the comparison of totals can', async () => {
    const totals = async () => (await app.ask('north', '{ dashboard(asOf: "2026-06-20") { totalUsers } }')).data.dashboard.totalUsers as number;
    const own = await totals();
    leak = 'user';
    const leaked = await totals();
    leak = null;
    expect([own, leaked > own]).toEqual([4, true]);
  });

  it('finds nothing without one', async () => {
    expect((await walk(app, schemaSeenBy('COMPANY'), 'birch')).leaks).toEqual([]);
  }, WALK_TIMEOUT_MS);
});
