import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { seen } from '../support/dashboard-rows.js';
import { onEachDatabase } from '../support/databases.js';
import { onePage, pageThrough } from '../support/paging.js';
import { round, user } from '../support/rows.js';

/**
 * On 2026-06-15, window of 14 days:
 *
 * | owner        | seats in force | registered | active | ratio  | band       |
 * | C1 alpha     | 10 (4 + 6)     | 7          | 7      | 0.7    | WELL: exactly the lower limit |
 * | C2 Bravo     | 10             | 6          | 6      | 0.6    | UNDER      |
 * | C3 charlie   | 3              | 3          | 3      | 1.0    | WELL: exactly the upper limit |
 * | C4 Delta     | 3              | 3          | 4      | 1.3333 | OVER (one of the four is switched off) |
 * | C5 ECHO      | 0 (expired)    | 1          | 0      | –      | UNLICENSED |
 * | C6 100%_off  | 0              | 0          | 0      | –      | none       |
 * | C7 alpha     | 6              | 0          | 0      | 0      | UNDER      |
 * | P1 Partner A | 2 + 20 (C1, C2)| 1 + 13     | 1 + 13 | 0.6364 | UNDER      |
 * | P2 partner b | 0              | 0          | 0      | –      | none       |
 */
const company = (id: number, name: string, partner: number | null) => ({ id, company_name: name, active: 1, partner_id: partner });
const users = [
  ...[1, 2, 3, 4, 5, 6, 7].map((id) => user(id, { company_id: 1 })),
  ...[11, 12, 13, 14, 15, 16].map((id) => user(id, { company_id: 2 })),
  ...[21, 22, 23].map((id) => user(id, { company_id: 3 })),
  ...[31, 32, 33].map((id) => user(id, { company_id: 4 })), user(34, { company_id: 4 }, { active: 0 }),
  user(41, { company_id: 5 }),
  user(51, { partner_id: 1 }),
];
const rows = {
  partner: [{ id: 1, partner_name: 'Partner A' }, { id: 2, partner_name: 'partner b' }],
  company: [
    company(1, 'alpha', 1), company(2, 'Bravo', 1), company(3, 'charlie', null), company(4, 'Delta', null), company(5, 'ECHO', null),
    company(6, '100%_off', null), company(7, 'alpha', null),
  ],
  product: [{ id: 1, code: 'SUB', label: 'Sub' }],
  license: [
    round({ id: 1, company_id: 1, number_of_licenses: 4 }), round({ id: 2, company_id: 1, number_of_licenses: 6, end_date: '2026-06-15' }),
    round({ id: 3, company_id: 2, number_of_licenses: 10 }), round({ id: 4, company_id: 3, number_of_licenses: 3 }),
    round({ id: 5, company_id: 4, number_of_licenses: 3 }), round({ id: 6, company_id: 5, number_of_licenses: 50, end_date: '2026-06-14' }),
    round({ id: 7, partner_id: 1, number_of_licenses: 2 }), round({ id: 8, company_id: 7, number_of_licenses: 6 }),
    round({ id: 9, company_id: 1, partner_id: 1, number_of_licenses: 500 }), round({ id: 10, company_id: 6, number_of_licenses: 9, start_date: '2026-06-16' }),
  ],
  user: users,
  // Every user but 41 was seen, most of them twice: a user counts once.
  activity: users.filter(({ id }) => id !== 41).flatMap(({ id }) => [seen(id * 2, id, '2026-06-10 10:00:00'), seen(id * 2 + 1, id, '2026-06-11 10:00:00')]),
};

const FIGURES = 'seatsInForce roundsInForce registeredUsers activeUsers ratio { numerator denominator value } band unusedSeats';
function figures(seats: number, rounds: number, registered: number, active: number, value: number | null, band: string | null) {
  return {
    seatsInForce: seats, roundsInForce: rounds, registeredUsers: registered, activeUsers: active,
    ratio: { numerator: active, denominator: seats, value }, band, unusedSeats: seats - active,
  };
}
const expected = {
  C1: figures(10, 2, 7, 7, 0.7, 'WELL'),
  C2: figures(10, 1, 6, 6, 0.6, 'UNDER'),
  C3: figures(3, 1, 3, 3, 1, 'WELL'),
  C4: figures(3, 1, 3, 4, 1.3333, 'OVER'),
  C5: figures(0, 0, 1, 0, null, 'UNLICENSED'),
  C6: figures(0, 0, 0, 0, null, null),
  C7: figures(6, 1, 0, 0, 0, 'UNDER'),
  P1: figures(22, 4, 14, 14, 0.6364, 'UNDER'),
  P2: figures(0, 0, 0, 0, null, null),
};

onEachDatabase('utilization', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows });
  });
  afterAll(() => app.stop());

  const key = ({ ownerType, ownerId }: { ownerType: string; ownerId: string }) => `${ownerType.charAt(0)}${ownerId}`;
  async function owners(args: string): Promise<string[]> {
    const { data, errors } = await app.ask('admin', `{ utilization(asOf: "2026-06-15", first: 100, ${args}) { totalCount nodes { ownerType ownerId } } }`);
    expect(errors).toBeUndefined();
    expect(data.utilization.totalCount).toBe(data.utilization.nodes.length);
    return data.utilization.nodes.map(key);
  }

  it('has one line per owner, also for those with nothing', async () => {
    const { data } = await app.ask('admin', `{ utilization(asOf: "2026-06-15") { totalCount limits { under over } meta { asOf windowDays windowStart }
      nodes { ownerType ownerId ownerName figures { ${FIGURES} } } } }`);
    expect(Object.fromEntries(data.utilization.nodes.map((line: any) => [key(line), line.figures]))).toEqual(expected);
    expect(data.utilization.nodes.find((line: any) => key(line) === 'P2').ownerName).toBe('partner b');
    expect(data.utilization).toMatchObject({
      totalCount: 9, limits: { under: 0.7, over: 1 }, meta: { asOf: '2026-06-15', windowDays: 14, windowStart: '2026-06-02' },
    });
  });

  it('gives an owner the same figures wherever it is met', async () => {
    const field = `utilization(asOf: "2026-06-15") { ${FIGURES} }`;
    const { data } = await app.ask('admin', `{ companies { nodes { id ${field} } } partners { nodes { id ${field} } }
      licenses(filter: { id: { in: [1, 7, 9] } }) { nodes { id ${field} } } }`);
    const byKey = (letter: string, nodes: any[]) => nodes.map(({ id, utilization }) => [letter + id, utilization]);
    expect(Object.fromEntries([...byKey('C', data.companies.nodes), ...byKey('P', data.partners.nodes)])).toEqual(expected);
    // A round has the utilisation of its owner; one with two owners has none.
    expect(data.licenses.nodes.map(({ utilization }: any) => utilization)).toEqual([expected.C1, expected.P1, null]);
  });

  it.each([
    ['RATIO, direction: DESC', ['C5', 'C4', 'C3', 'C1', 'P1', 'C2', 'C7', 'P2', 'C6']],
    ['RATIO, direction: ASC', ['C6', 'P2', 'C7', 'C2', 'P1', 'C1', 'C3', 'C4', 'C5']],
    ['SEATS, direction: DESC', ['P1', 'C2', 'C1', 'C7', 'C4', 'C3', 'P2', 'C6', 'C5']],
    ['ACTIVE_USERS, direction: ASC', ['C5', 'C6', 'C7', 'P2', 'C3', 'C4', 'C2', 'C1', 'P1']],
    ['REGISTERED_USERS, direction: DESC', ['P1', 'C1', 'C2', 'C4', 'C3', 'C5', 'P2', 'C7', 'C6']],
    ['UNUSED_SEATS, direction: ASC', ['C4', 'C3', 'C5', 'C6', 'P2', 'C1', 'C2', 'C7', 'P1']],
    ['GAP, direction: DESC', ['P1', 'C7', 'C2', 'C1', 'C4', 'P2', 'C6', 'C5', 'C3']],
    ['OWNER, direction: ASC', ['C6', 'C1', 'C7', 'C2', 'C3', 'C4', 'C5', 'P1', 'P2']],
    ['OWNER, direction: DESC', ['P2', 'P1', 'C5', 'C4', 'C3', 'C2', 'C7', 'C1', 'C6']],
  ])('orders by %s, ties by kind and id, and pages in the same order', async (order, line) => {
    const question = { field: 'utilization', args: `asOf: "2026-06-15", orderBy: { field: ${order} },`, row: 'ownerType ownerId' };
    expect((await onePage(app, question) as any[]).map(key)).toEqual(line);
    for (const first of [1, 2]) expect((await pageThrough(app, question, first) as any[]).map(key)).toEqual(line);
  });

  it('orders by the largest gap unless told otherwise', async () => {
    expect(await owners('search: ""')).toEqual(['P1', 'C7', 'C2', 'C1', 'C4', 'P2', 'C6', 'C5', 'C3']);
  });

  describe('filters', () => {
    const byName = 'orderBy: { field: OWNER, direction: ASC }';
    it.each([
      ['bands: [OVER]', ['C4']],
      ['bands: [WELL, UNLICENSED]', ['C1', 'C3', 'C5']],
      ['bands: [UNDER], ownerTypes: [COMPANY]', ['C7', 'C2']],
      ['bands: []', []],
      ['ownerTypes: [PARTNER]', ['P1', 'P2']],
      ['ownerTypes: [PARTNER, PARTNER]', ['P1', 'P2']],
      ['ownerTypes: []', []],
      ['search: "PHA"', ['C1', 'C7']],
      ['search: "%"', ['C6']],
      ['search: "_"', ['C6']],
      ['search: "\'"', []],
      ['search: "partner"', ['P1', 'P2']],
      ['filter: { partnerIds: [1] }', ['C1', 'C2', 'P1']],
      ['filter: { companyIds: [3, 5] }', ['C3', 'C5']],
      ['filter: { rounds: { seats: { gte: 9 } } }', ['C6', 'C2', 'C5', 'P1']],
    ])('by %s', async (args, line) => {
      expect((await owners(`${args}, ${byName}`)).sort()).toEqual([...line].sort());
    });

    it('counts only passing rounds as seats', async () => {
      const { data } = await app.ask('admin', `{ utilization(asOf: "2026-06-15", ownerTypes: [COMPANY], filter: { rounds: { id: { in: [1] } } }) {
        nodes { ownerId figures { ${FIGURES} } } } }`);
      expect(data.utilization.nodes).toEqual([{ ownerId: '1', figures: figures(4, 1, 7, 7, 1.75, 'OVER') }]);
    });
  });

  it('judges the day asked for', async () => {
    const { data } = await app.ask('admin', `{ a: company(id: 5) { utilization(asOf: "2026-06-14") { ${FIGURES} } }
      b: company(id: 6) { utilization(asOf: "2026-06-16") { ${FIGURES} } } c: company(id: 1) { utilization(asOf: "2026-06-16", windowDays: 6) { ${FIGURES} } } }`);
    expect(data.a.utilization).toEqual(figures(50, 1, 1, 0, 0, 'UNDER'));
    expect(data.b.utilization).toEqual(figures(9, 1, 0, 0, 0, 'UNDER'));
    expect(data.c.utilization).toEqual(figures(4, 1, 7, 7, 1.75, 'OVER'));
  });
});

onEachDatabase('utilization with many seats', (kind) => {
  it('finds equal ratios equal and configured limits exact', async () => {
    const app = await startTestApp(kind, {
      environment: { UTILIZATION_UNDER: '0.55', UTILIZATION_OVER: '1.15' },
      rows: {
        company: [1, 2, 3, 4, 5].map((id) => company(id, `C${id}`, null)),
        product: [{ id: 1, code: 'SUB', label: 'Sub' }],
        license: [[1, 3], [2, 6], [3, 100], [4, 300_001], [5, 20]].map(([id = 0, seats = 0]) => round({ id, company_id: id, number_of_licenses: seats })),
        user: [[1, 1], [2, 2], [3, 55], [4, 3], [5, 23]].flatMap(([owner = 0, count = 0]) => Array.from({ length: count }, (_, n) => user(owner * 100 + n, { company_id: owner }))),
        activity: [[1, 1], [2, 2], [3, 55], [4, 3], [5, 23]].flatMap(([owner = 0, count = 0]) =>
          Array.from({ length: count }, (_, n) => seen(owner * 100 + n, owner * 100 + n, '2026-06-15 12:00:00'))),
      },
    });
    try {
      const question = { field: 'utilization', args: 'asOf: "2026-06-15", ownerTypes: [COMPANY], orderBy: { field: RATIO, direction: ASC },', row: 'ownerId figures { band }' };
      const lines = [
        ['4', 'UNDER'], ['1', 'UNDER'], ['2', 'UNDER'], ['3', 'WELL'], ['5', 'WELL'],
      ].map(([ownerId, band]) => ({ ownerId, figures: { band } }));
      expect(await onePage(app, question)).toEqual(lines);
      expect(await pageThrough(app, question, 1)).toEqual(lines);
      const { data } = await app.ask('admin', '{ dashboard(asOf: "2026-06-15") { bands { band owners } } }');
      expect(data.dashboard.bands.slice(0, 3)).toEqual([{ band: 'OVER', owners: 0 }, { band: 'WELL', owners: 2 }, { band: 'UNDER', owners: 3 }]);
    } finally {
      await app.stop();
    }
  });
});
