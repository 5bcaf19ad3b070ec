import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../server/config.js';
import { Database } from '../../server/db/database.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { seen } from '../support/dashboard-rows.js';
import { eventually } from '../support/eventually.js';
import { onEachDatabase, type DatabaseKind } from '../support/databases.js';
import { rollUp } from '../support/rollup.js';
import { user, type Rows } from '../support/rows.js';

const rows: Rows = {
  partner: [{ id: 1, partner_name: 'P1' }, { id: 2, partner_name: 'P2' }],
  company: [
    { id: 1, company_name: 'C1', active: 1, partner_id: 1 },
    { id: 2, company_name: 'C2', active: 1, partner_id: 1 },
    { id: 3, company_name: 'C3', active: 1, partner_id: null },
  ],
  user: [
    user(1, { company_id: 1 }), user(2, { company_id: 1 }, { active: 0 }), user(3, { company_id: 2 }), user(4, { partner_id: 1 }),
    // User 5 belongs to company 3, whatever its partner_id says.
    user(5, { company_id: 3, partner_id: 1 }), user(6, { company_id: 3 }), user(7, {}),
  ],
  // Ids grow, timestamps need not: row 1 is late.
  activity: [
    seen(2, 1, '2026-06-15 10:00:00'), seen(3, 1, '2026-06-15 11:00:00'), seen(4, 1, '2026-06-14 10:00:00'), seen(5, 2, '2026-06-13 10:00:00'),
    seen(6, 4, '2026-06-02 00:00:00'), seen(7, 5, '2026-06-10 10:00:00'), seen(8, 3, '2026-06-16 00:00:00'), seen(9, 6, '2026-06-01 23:59:59'),
    seen(10, 7, '2026-06-10 10:00:00'), seen(11, 4711, '2026-06-10 10:00:00'), seen(12, null, '2026-06-10 10:00:00'),
    seen(13, null, '2026-06-11 10:00:00'), seen(14, 3, '2026-06-03 08:00:00'),
  ],
};

/** The same database, on which the log has lost its index on (user_id, timestamp). */
const withoutIndex = (kind: DatabaseKind): DatabaseKind => ({
  ...kind,
  async create() {
    const target = await kind.create();
    const config = readConfig({ DEMO: '0', JWT_SECRET: 'a secret of the tests, long enough for HS256', ...target.environment });
    const database = await Database.open(config);
    await database.migrate();
    const { schema, name } = database.tables.activity;
    const index = `ix_${name}_user_id_timestamp`;
    const statement = kind.name === 'SQLite' ? `drop index \`${schema}\`.\`${index}\`` : `drop index \`${index}\` on \`${schema}\`.\`${name}\``;
    await database.transaction(({ manager }) => manager.query(statement));
    await database.close();
    return target;
  },
});

const stats = (registeredUsers: number, activeUsers: number) => ({ registeredUsers, activeUsers });
const STATS = 'registeredUsers activeUsers';

onEachDatabase('active users', (kind) => {
  describe.each([
    ['with an index on (user_id, timestamp)', kind, true, false],
    ['without an index', withoutIndex(kind), false, false],
    ['without an index, rolled up', withoutIndex(kind), false, true],
    ['with an index, rolled up', kind, true, true],
  ])('%s', (_title, target, indexed, rolled) => {
    let app: TestApp;
    beforeAll(async () => {
      app = await startTestApp(target, { rows, environment: { ACTIVITY_ROLLUP: rolled ? '1' : '0' } });
      if (!rolled) return;
      await rollUp(app.database);
      // A server remembers for a second how far the log has been read.
      await eventually(async () => {
        const { activeUserStats } = await ask('{ activeUserStats { meta { sources { name rolledUpThrough } } } }');
        expect(activeUserStats.meta.sources.at(-1).rolledUpThrough).toBe('14');
      });
    });
    afterAll(() => app.stop());

    async function ask(query: string) {
      const { data, errors } = await app.ask('admin', query);
      expect(errors).toBeUndefined();
      return data;
    }

    it('asks the log in the way that suits it', async () => {
      const askedFor = async (query: string) => {
        const statements = await app.statementsOf(() => ask(query));
        const asked = statements.filter((text) => text.includes('app_log'));
        expect(asked).toHaveLength(1);
        if (asked[0]?.includes('sw_seen_days') === true) return 'roll-up';
        return asked[0]?.includes('distinct') === true ? 'one pass' : 'one step a user';
      };
      expect(await askedFor(`{ activeUserStats(asOf: "2026-06-15") { total { ${STATS} } } }`)).toBe(rolled ? 'roll-up' : 'one pass');
      expect(await askedFor(`{ activeUserStats(asOf: "2026-06-15", filter: { companyIds: ["1"] }) { total { ${STATS} } } }`)).toBe(
        indexed ? 'one step a user' : rolled ? 'roll-up' : 'one pass',
      );
    });

    it('counts each user once, and all of them apart from the owners', async () => {
      const data = await ask(`{ activeUserStats(asOf: "2026-06-15") {
        total { ${STATS} windowDays asOf activeShare { numerator denominator value } }
        companies: byOwner { ownerType ownerId ownerName stats { ${STATS} windowDays asOf } }
        partners: byOwner(ownerType: PARTNER) { ownerId stats { ${STATS} } }
        meta { asOf windowDays windowStart } } }`);
      const line = (id: number, registered: number, active: number) => ({
        ownerType: 'COMPANY', ownerId: String(id), ownerName: `C${id}`, stats: { ...stats(registered, active), windowDays: 14, asOf: '2026-06-15' },
      });
      expect(data.activeUserStats).toEqual({
        // 1, 2, 3, 4, 5; not 6 (before the window), 7 (no owner), 4711 (unknown). The companies alone have four of them.
        total: { ...stats(5, 5), windowDays: 14, asOf: '2026-06-15', activeShare: { numerator: 5, denominator: 5, value: 1 } },
        companies: [line(1, 1, 2), line(2, 1, 1), line(3, 2, 1)],
        partners: [{ ownerId: '1', stats: stats(3, 4) }, { ownerId: '2', stats: stats(0, 0) }],
        meta: { asOf: '2026-06-15', windowDays: 14, windowStart: '2026-06-02' },
      });
    });

    it('takes a filter and a window', async () => {
      const data = await ask(`{
        a: activeUserStats(asOf: "2026-06-15", filter: { partnerIds: [1] }) { total { ${STATS} } byOwner { ownerId } }
        b: activeUserStats(asOf: "2026-06-15", filter: { companyIds: [3] }) { total { ${STATS} } byOwner(ownerType: PARTNER) { ownerId } }
        c: activeUserStats(asOf: "2026-06-16", windowDays: 1) { total { ${STATS} } byOwner(first: 1) { ownerId stats { ${STATS} } } }
        d: activeUserStats(asOf: "2026-06-15", filter: { companyIds: [] }) { total { ${STATS} activeShare { value } } byOwner { ownerId } } }`);
      expect(data.a).toEqual({ total: stats(3, 4), byOwner: [{ ownerId: '1' }, { ownerId: '2' }] });
      expect(data.b).toEqual({ total: stats(2, 1), byOwner: [] });
      expect(data.c).toEqual({ total: stats(5, 1), byOwner: [{ ownerId: '2', stats: stats(1, 1) }] });
      expect(data.d).toEqual({ total: { ...stats(0, 0), activeShare: { value: null } }, byOwner: [] });
    });

    it('counts the users of many owners in one statement a kind', async () => {
      const query = `{ companies { nodes { id activeUserStats(asOf: "2026-06-15") { ${STATS} } } } partners { nodes { id activeUserStats(asOf: "2026-06-15") { ${STATS} } } } }`;
      let data: any;
      const statements = await app.statementsOf(async () => {
        data = await ask(query);
      });
      expect(statements.filter((text) => text.includes('app_log'))).toHaveLength(2);
      expect(data.companies.nodes).toEqual([
        { id: '1', activeUserStats: stats(1, 2) }, { id: '2', activeUserStats: stats(1, 1) }, { id: '3', activeUserStats: stats(2, 1) },
      ]);
      expect(data.partners.nodes).toEqual([{ id: '1', activeUserStats: stats(3, 4) }, { id: '2', activeUserStats: stats(0, 0) }]);
    });

    it('counts a late row on the day it speaks of', async () => {
      const query = `{ activeUserStats(asOf: "2026-05-20") { total { ${STATS} } } }`;
      expect((await ask(query)).activeUserStats.total).toEqual(stats(5, 0));
      await app.database.transaction(({ manager }) =>
        manager.query(`insert into ${tableOf(app)} (id, user_id, \`timestamp\`) values (100, 6, '2026-05-20 23:59:59'), (101, 6, '2026-05-06 23:59:59')`));
      expect((await ask(query)).activeUserStats.total).toEqual(stats(5, 1));
    });

    it('knows when a user was last seen, up to the end of asOf', async () => {
      const nodes = async (asOf: string) => (await ask(`{ companies { nodes { users { nodes { id lastActivityAt(asOf: "${asOf}") } } } } }`)).companies.nodes
        .flatMap(({ users }: any) => users.nodes.map(({ id, lastActivityAt }: any) => [id, lastActivityAt]));
      expect(await nodes('2026-06-15')).toEqual([
        ['1', '2026-06-15T11:00:00.000Z'], ['2', '2026-06-13T10:00:00.000Z'], ['3', '2026-06-03T08:00:00.000Z'],
        ['5', '2026-06-10T10:00:00.000Z'], ['6', '2026-06-01T23:59:59.000Z'],
      ]);
      expect(await nodes('2026-06-14')).toEqual([
        ['1', '2026-06-14T10:00:00.000Z'], ['2', '2026-06-13T10:00:00.000Z'], ['3', '2026-06-03T08:00:00.000Z'],
        ['5', '2026-06-10T10:00:00.000Z'], ['6', '2026-06-01T23:59:59.000Z'],
      ]);
      expect((await nodes('2026-06-02')).slice(0, 3)).toEqual([['1', null], ['2', null], ['3', null]]);
      expect((await nodes('2026-06-16'))[2]).toEqual(['3', '2026-06-16T00:00:00.000Z']);
    });

    it('refuses a length that is none', async () => {
      const { errors } = await app.ask('admin', '{ activeUserStats { byOwner(first: 0) { ownerId } } }');
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'first' } }]);
    });
  });
});

function tableOf({ database }: TestApp): string {
  const { schema, name } = database.tables.activity;
  return `\`${schema}\`.\`${name}\``;
}
