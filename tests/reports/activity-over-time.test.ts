import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { seen } from '../support/dashboard-rows.js';
import { onEachDatabase } from '../support/databases.js';
import { user } from '../support/rows.js';

const owners = {
  partner: [{ id: 1, partner_name: 'P1' }],
  company: [{ id: 1, company_name: 'C1', active: 1, partner_id: 1 }, { id: 2, company_name: 'C2', active: 1, partner_id: null }],
  user: [user(1, { company_id: 1 }), user(2, { company_id: 1 }), user(3, { partner_id: 1 }), user(4, { company_id: 2 })],
};
const point = (from: string, to: string, activeUsers: number) => ({ from, to, activeUsers });

onEachDatabase('activity over time', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      rows: {
        ...owners,
        activity: [
          seen(1, 1, '2026-05-31 23:59:59'), seen(2, 1, '2026-06-03 10:00:00'), seen(3, 1, '2026-06-03 11:00:00'), seen(4, 2, '2026-06-03 12:00:00'),
          seen(5, 1, '2026-06-07 23:59:59'), seen(6, 1, '2026-06-08 00:00:00'), seen(7, 3, '2026-06-17 09:00:00'), seen(8, 2, '2026-06-18 00:00:00'),
          seen(9, 999, '2026-06-03 10:00:00'), seen(10, null, '2026-06-03 10:00:00'), seen(11, 4, '2026-06-09 10:00:00'),
        ],
      },
    });
  });
  afterAll(() => app.stop());

  async function series(owner: string, args: string) {
    const { data, errors } = await app.ask('admin', `{ ${owner} { activityOverTime(${args}) { from to activeUsers } } }`);
    expect(errors).toBeUndefined();
    return Object.values<any>(data)[0].activityOverTime;
  }

  it('counts distinct users by day, zeros included', async () => {
    expect(await series('company(id: 1)', 'range: { from: "2026-06-02", to: "2026-06-04" }, interval: DAY')).toEqual([
      point('2026-06-02', '2026-06-02', 0), point('2026-06-03', '2026-06-03', 2), point('2026-06-04', '2026-06-04', 0),
    ]);
  });

  it('cuts the first and the last week to the range', async () => {
    // Wednesday to Wednesday; weeks begin on Monday, June 8 and 15.
    expect(await series('partner(id: 1)', 'range: { from: "2026-06-03", to: "2026-06-17" }, interval: WEEK')).toEqual([
      point('2026-06-03', '2026-06-07', 2), point('2026-06-08', '2026-06-14', 1), point('2026-06-15', '2026-06-17', 1),
    ]);
    expect(await series('company(id: 1)', 'range: { from: "2026-06-03", to: "2026-06-17" }')).toEqual([
      point('2026-06-03', '2026-06-07', 2), point('2026-06-08', '2026-06-14', 1), point('2026-06-15', '2026-06-17', 0),
    ]);
  });

  it('cuts the first and the last month to the range', async () => {
    expect(await series('company(id: 1)', 'range: { from: "2026-04-30", to: "2026-06-17" }, interval: MONTH')).toEqual([
      point('2026-04-30', '2026-04-30', 0), point('2026-05-01', '2026-05-31', 1), point('2026-06-01', '2026-06-17', 2),
    ]);
  });

  it('gives a single day a single interval', async () => {
    expect(await series('company(id: 1)', 'range: { from: "2026-06-08", to: "2026-06-08" }, interval: MONTH')).toEqual([point('2026-06-08', '2026-06-08', 1)]);
  });

  it('begins 90 days before the end of the range', async () => {
    const days = await series('company(id: 2)', 'range: { to: "2026-06-17" }, interval: DAY');
    expect(days).toHaveLength(90);
    expect(days[0]).toEqual(point('2026-03-20', '2026-03-20', 0));
    expect(days[81]).toEqual(point('2026-06-09', '2026-06-09', 1));
  });

  it('asks once for all owners of a kind', async () => {
    let nodes: any;
    const statements = await app.statementsOf(async () => {
      const { data } = await app.ask('admin', '{ companies { nodes { id activityOverTime(range: { from: "2026-06-01", to: "2026-06-30" }, interval: MONTH) { activeUsers } } } }');
      ({ nodes } = data.companies);
    });
    expect(statements.filter((text) => text.includes('app_log'))).toHaveLength(1);
    expect(nodes).toEqual([{ id: '1', activityOverTime: [{ activeUsers: 2 }] }, { id: '2', activityOverTime: [{ activeUsers: 1 }] }]);
  });

  it.each([
    ['range: { from: "2026-06-02", to: "2026-06-01" }', 'ends before it begins'],
    ['range: { from: "2010-01-01", to: "2026-06-01" }', '3660 days'],
    ['range: { from: "2025-01-01", to: "2026-06-01" }, interval: DAY', '400'],
  ])('refuses %s', async (args, message) => {
    const { errors } = await app.ask('admin', `{ company(id: 1) { activityOverTime(${args}) { from } } }`);
    expect(errors).toMatchObject([{ message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT', field: 'range' } }]);
  });
});

/** New York: 2026-03-08 began at 05:00 UTC and had 23 hours, 2026-11-01 began at 04:00 UTC and had 25. */
onEachDatabase('activity over time in America/New_York', (kind) => {
  it('begins each day where the zone has it', async () => {
    const app = await startTestApp(kind, {
      environment: { REPORT_TIMEZONE: 'America/New_York' },
      rows: {
        ...owners,
        activity: [
          seen(1, 1, '2026-03-08 04:59:59'), seen(2, 1, '2026-03-08 05:00:00'), seen(3, 2, '2026-03-09 03:59:59'), seen(4, 2, '2026-03-09 04:00:00'),
          seen(5, 1, '2026-11-01 03:59:59'), seen(6, 1, '2026-11-01 04:00:00'), seen(7, 2, '2026-11-02 04:59:59'), seen(8, 2, '2026-11-02 05:00:00'),
        ],
      },
    });
    try {
      const { data } = await app.ask('admin', `{ company(id: 1) {
        spring: activityOverTime(range: { from: "2026-03-07", to: "2026-03-09" }, interval: DAY) { from to activeUsers }
        autumn: activityOverTime(range: { from: "2026-10-31", to: "2026-11-02" }, interval: DAY) { from to activeUsers }
        users { nodes { id lastActivityAt(asOf: "2026-03-08") } } } }`);
      expect(data.company).toEqual({
        spring: [point('2026-03-07', '2026-03-07', 1), point('2026-03-08', '2026-03-08', 2), point('2026-03-09', '2026-03-09', 1)],
        autumn: [point('2026-10-31', '2026-10-31', 1), point('2026-11-01', '2026-11-01', 2), point('2026-11-02', '2026-11-02', 1)],
        users: { nodes: [{ id: '1', lastActivityAt: '2026-03-08T05:00:00.000Z' }, { id: '2', lastActivityAt: '2026-03-09T03:59:59.000Z' }] },
      });
    } finally {
      await app.stop();
    }
  });
});
