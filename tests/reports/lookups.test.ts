import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { raw } from 'sql-template-tag';
import type { Database } from '../../server/db/database.js';
import { number, text } from '../../server/db/decode.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { seen } from '../support/dashboard-rows.js';
import { sqlite } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { rollUp } from '../support/rollup.js';
import { round, user } from '../support/rows.js';

/**
 * SQLite joins by looking up or by reading all of one side for each row of the other, which takes it minutes for 20,000 owners. It looks up
 * where it finds an index or can make one; its plans tell, of a few rows as of many. MariaDB takes another way of its own, which is fast.
 */
describe('on SQLite no list is read whole for each row of another', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(sqlite, {
      rows: {
        partner: [{ id: 1, partner_name: 'P1' }], company: [1, 2].map((id) => ({ id, company_name: `C${id}`, active: 1, partner_id: 1 })),
        license: [round({ id: 1, company_id: 1 }), round({ id: 2, partner_id: 1 })], user: [user(1, { company_id: 1 }), user(2, { partner_id: 1 })],
        activity: [seen(1, 1, '2026-06-15 10:00:00')],
      },
      environment: { ACTIVITY_ROLLUP: '1' },
    });
    await rollUp(app.database);
    // A server remembers for a second how far the log has been read.
    await eventually(async () => expect((await app.statementsOf(() => app.ask('admin', '{ dashboard { activeUsers } }'))).join()).toContain('sw_seen_days'));
  });
  afterAll(() => app.stop());

  it.each([
    '{ activeUserStats { total { activeUsers } companies: byOwner { ownerId } partners: byOwner(ownerType: PARTNER) { ownerId } } }',
    '{ activeUserStats(windowDays: 365) { total { activeUsers } } }',
    '{ dashboard { totalUsers activeUsers bands { band owners } } utilization { nodes { ownerId figures { seatsInForce } } } }',
    '{ dashboard { bands(ownerType: PARTNER) { band owners } } }',
    '{ reclamation { rows { nodes { reason lastActivityAt } } } }',
    '{ costPerActiveUser { owners { nodes { owner { __typename } } } } }',
    '{ costPerActiveUser(windowDays: 365, filter: { companyIds: ["1"] }) { owners { nodes { owner { __typename } } } } }',
    '{ companies { nodes { activeUserStats { activeUsers } } } partners { nodes { activeUserStats(windowDays: 365) { activeUsers } } } }',
    '{ reclamation(filter: { companyIds: ["1"] }) { rows { nodes { reason } } } trialFunnel { meta { asOf } } }',

  ])('%s', async (query) => {
    const asked = await app.statementsOf(async () => expect((await app.ask('admin', query)).errors).toBeUndefined());
    expect(asked.length).toBeGreaterThan(0);
    for (const statement of asked) expect(await readForEachRow(app.database, statement)).toEqual([]);
  });
});

/** Derived tables that a plan reads whole within the loop over another table. */
async function readForEachRow(database: Database, statement: string): Promise<string[]> {
  const plan = (await database.read(raw(`explain query plan ${statement}`))).map((row) => ({ parent: number(row, 'parent'), detail: text(row, 'detail') }));
  const made = new Set(plan.flatMap(({ detail }) => /^(?:MATERIALIZE|CO-ROUTINE) (\w+)/.exec(detail)?.[1] ?? []));
  const loops = plan.filter(({ detail }) => /^(?:SCAN|SEARCH) /.test(detail) && !detail.startsWith('SCAN CONSTANT'));
  return loops.filter((loop, index) => made.has(/^SCAN (\w+)/.exec(loop.detail)?.[1] ?? '') && loops.slice(0, index).some(({ parent }) => parent === loop.parent)).map(({ detail }) => detail);
}
