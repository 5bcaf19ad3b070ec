import { afterAll, beforeAll, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import type { Context } from '../../server/context.js';
import { ScopedDatabase } from '../../server/db/scoped.js';
import { licenceInForce, unifiedSource } from '../../server/modules/unified/relation.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { external, trial } from '../support/unified-rows.js';

/**
 * MariaDB keeps prepared statements, and was seen to lose a condition on a correlated subquery in a derived table from the
 * second execution on, where a grouping stands around it. One connection, so that every repetition meets the kept statement.
 */
onEachDatabase('trials that count as premium licences', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    const converted = (id: number, key: number) => trial({ id, is_fluent_license_check: 1, premium_license_id: `KEY-${key}` });
    // Few rows are read in a way that does not show it.
    const many = Array.from({ length: 3000 }, (_, n) => (n % 12 === 0 ? converted(100 + n, n % 60 === 0 ? 1 : 9) : trial({ id: 100 + n })));
    app = await startTestApp(kind, {
      environment: { DATABASE_POOL_SIZE: '1' },
      rows: { trial: [converted(1, 1), converted(2, 2), ...many], externalLicense: [external({ id: 1 }), external({ id: 2 })] },
    });
  });
  afterAll(() => app.stop());

  it('are left out at every execution of a statement', async () => {
    const { database } = app;
    const db = new ScopedDatabase(database, { kind: 'everything' });
    const context = { db, config: database.config, today: '2026-06-15', trialsTakeCheckIns: true } as unknown as Context;
    const trials = unifiedSource(context, 'TRIAL', '2026-06-15', ['status', 'is_enabled', 'is_superseded']);
    const statement = sql`select sum(y.n) as n from (
      select z.status as status, sum(z.one) as n from (select k.status as status, 1 as one from ${trials} where ${licenceInForce}) z group by z.status) y`;
    // 3,002 trials, of which the first two and every sixtieth count as the licence they became.
    for (const turn of [1, 2, 3]) expect([turn, Number((await db.read(statement))[0]?.['n'])]).toEqual([turn, 2950]);
  });
});
