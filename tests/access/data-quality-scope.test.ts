import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { RowScope } from '../../server/auth/viewer.js';
import { readConfig } from '../../server/config.js';
import type { Context } from '../../server/context.js';
import { ScopedDatabase } from '../../server/db/scoped.js';
import { findingId, otherLicense } from '../../server/modules/data-quality/finding.js';
import { dataQuality, findingMessage } from '../../server/modules/data-quality/service.js';
import { Loaders } from '../../server/modules/loaders.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { BIRCH, DUNE, everyone, NORTH, rowsSeenBy, secretsFrom, SOUTH, type Tenant } from '../support/tenants.js';

const DAY = '2026-06-20';

const scopes: Partial<Record<Tenant, RowScope>> = {
  north: { kind: 'partner', partnerId: NORTH }, south: { kind: 'partner', partnerId: SOUTH }, birch: { kind: 'company', companyId: BIRCH }, dune: { kind: 'company', companyId: DUNE },
};

// No tenant's role holds READ_QUALITY today. Should one ever: its rows alone are judged, as if there were no others.
onEachDatabase('findings within a row scope', (kind) => {
  let app: TestApp;
  beforeAll(async () => { app = await startTestApp(kind, { rows: everyone }); }, 60_000);
  afterAll(() => app.stop());

  /** Every count and every finding in words, as the modules see them within the scope. */
  const found = async ({ database }: TestApp, scope: RowScope) => {
    const config = readConfig({ JWT_SECRET: 'a secret of the tests, long enough for HS256' });
    const context = { db: new ScopedDatabase(database, scope), config, today: DAY, loaders: new Loaders(), activityIndexed: true } as unknown as Context;
    const quality = dataQuality(context, null, DAY);
    const kinds = await quality.kinds();
    const findings = await Promise.all(kinds.map(async (line) => {
      const { nodes } = await quality.findings(line.kind, { first: 500, after: null });
      return Promise.all(nodes.map(async (node) => [await findingId(node), await findingMessage(node), node.license, node.user, node.site, await otherLicense(node)]));
    }));
    return { kinds, findings };
  };

  it.each(Object.entries(scopes))('%s is told of its own rows alone', async (tenant, scope) => {
    const { kinds, findings } = await found(app, scope);
    const text = JSON.stringify([kinds, findings]);
    for (const secret of secretsFrom(tenant as Tenant)) expect([secret, new RegExp(`(?<![0-9])${secret}(?![0-9])`).test(text)]).toEqual([secret, false]);
    const alone = await startTestApp(kind, { rows: rowsSeenBy(tenant as Tenant) });
    try {
      expect(await found(alone, { kind: 'everything' })).toEqual({ kinds, findings });
    } finally {
      await alone.stop();
    }
  }, 60_000);

  it('finds what the others have when everything may be seen', async () => {
    const { kinds } = await found(app, { kind: 'everything' });
    expect(kinds.filter(({ count }) => count > 0).map(({ kind: name, count }) => [name, count])).toEqual([['NO_OWNER', 1], ['TWO_OWNERS', 3], ['OVERLAPPING_ROUNDS', 1]]);
  });
});
