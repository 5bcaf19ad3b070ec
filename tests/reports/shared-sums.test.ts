import { afterAll, beforeAll, expect, it } from '@jest/globals';
import sql, { raw } from 'sql-template-tag';
import { number } from '../../server/db/decode.js';
import { ScopedDatabase } from '../../server/db/scoped.js';
import { sharedSums } from '../../server/db/shared-sums.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { user } from '../support/rows.js';

onEachDatabase('sums that several statements share', (kind) => {
  let app: TestApp;
  let db: ScopedDatabase;
  beforeAll(async () => {
    const users = [1, 1, 2, 3, 3, 3].map((companyId, n) => user(n + 1, { company_id: companyId }, { active: n % 2 }));
    app = await startTestApp(kind, { rows: { company: [1, 2, 3, 4].map((id) => ({ id, company_name: `C${id}`, active: 1, partner_id: null })), user: users } });
    db = new ScopedDatabase(app.database, { kind: 'everything' });
  });
  afterAll(() => app.stop());

  /** Users of each company and those of them who are switched on, the owner of nobody below zero. */
  const parts = () => [
    sql`select u.company_id as owner, count(*) as people, 0 as active from ${db.table('user', 'u')} group by u.company_id`,
    sql`select u.company_id as owner, 0 as people, count(*) as active from ${db.table('user', 'u')} where u.active = 1 group by u.company_id`,
    sql`select -c.id as owner, 7 as people, 0 as active from ${db.table('company', 'c')} where c.id = 4`,
  ];

  it.each([['held', 100], ['exactly as many as can be held', 4], ['too many to be held', 3]])('are the parts added up by key: %s', async (_, most) => {
    const { table, total } = await sharedSums(db, 'owner', ['people', 'active'], parts(), most);
    const read = () => db.read(sql`select s.owner as owner, s.people as people, s.active as active, c.id as company
      from ${table} s left join ${db.table('company', 'c')} on c.id = s.owner order by s.owner`);
    const expected = [[-4, 7, 0, 0], [1, 2, 1, 1], [2, 1, 0, 2], [3, 3, 2, 3]];
    // A statement that is prepared once runs more often.
    for (const rows of [await read(), await read(), await read()]) {
      expect(rows.map((row) => ['owner', 'people', 'active', 'company'].map((column) => number(row, column)))).toEqual(expected);
    }
    expect([await total('people'), await total('active')]).toEqual([13, 3]);
  });

  it('are nothing where there is nothing', async () => {
    const { table, total } = await sharedSums(db, 'owner', ['people'], [sql`select u.id as owner, 1 as people from ${db.table('user', 'u')} where ${raw('1 = 0')}`]);
    expect(await db.read(sql`select s.owner as owner from ${table} s join ${db.table('company', 'c')} on c.id = s.owner`)).toEqual([]);
    expect(await total('people')).toBe(0);
  });
});
