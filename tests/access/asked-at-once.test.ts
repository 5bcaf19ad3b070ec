import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { round } from '../support/rows.js';

const PEOPLE = ['admin', 'partner1', 'partner2', 'company1', 'company2'];
const EACH = 6;
/** As often in a request: those are asked in the same moment, however fast the database is. */
const TIMES = 8;
const LICENSES = `{ ${Array.from({ length: TIMES }, (_, index) => `l${index}: licenses(first: 50) { nodes { id seats } }`).join(' ')} }`;

interface License {
  id: string;
  seats: number;
}

onEachDatabase('the same question of many at once', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      rows: {
        partner: [1, 2].map((id) => ({ id, partner_name: `P${id}` })), company: [1, 2].map((id) => ({ id, company_name: `C${id}`, active: 1, partner_id: id })),
        product: [{ id: 1, code: 'SUB', label: 'Sub' }],
        license: [round({ id: 1, company_id: 1, number_of_licenses: 0 }), round({ id: 2, company_id: 2, number_of_licenses: 0 }), round({ id: 3, partner_id: 1, number_of_licenses: 0 })],
      },
    });
    for (const name of PEOPLE) await app.ask(name, LICENSES);
  });
  afterAll(() => app.stop());

  /** What each of the questions of a request was answered. */
  const seen = async (name: string): Promise<License[][]> => {
    const { data, errors } = await app.ask(name, LICENSES);
    expect(errors).toBeUndefined();
    return Object.values<{ nodes: License[] }>(data).map(({ nodes }) => nodes);
  };

  it('is answered to each with the rows that they may see, by fewer statements than there are questions', async () => {
    const expected: Record<string, string[]> = { admin: ['1', '2', '3'], partner1: ['1', '3'], partner2: ['2'], company1: ['1'], company2: ['2'] };
    const asked = Array.from({ length: EACH }, () => PEOPLE).flat();
    let answers: License[][][] = [];
    const statements = await app.statementsOf(async () => { answers = await Promise.all(asked.map(seen)); });
    expect(answers).toHaveLength(asked.length);
    for (const [index, name] of asked.entries()) expect([name, ...(answers[index] ?? []).map((nodes) => nodes.map(({ id }) => id).sort())]).toEqual([name, ...Array(TIMES).fill(expected[name])]);
    // Two of a request run by themselves, the others together.
    expect(statements.length).toBeLessThanOrEqual(asked.length * 3);
  });

  it('is answered with every change that was there when it was asked', async () => {
    let [changed, asked] = [0, 0];
    const enough = () => asked >= 10 * EACH && changed >= 10;
    const asking = Array.from({ length: EACH }, async () => {
      while (!enough()) {
        const before = changed;
        for (const [license] of await seen('company1')) expect(license?.seats).toBeGreaterThanOrEqual(before);
        asked += 1;
      }
    });
    // Another program; what it has committed must be in every answer that is asked for from then on.
    while (!enough()) {
      await app.database.transaction(({ manager }) => manager.query(`update ${app.database.tables.license.name} set number_of_licenses = ${changed + 1} where id = 1`));
      changed += 1;
      // Writing to SQLite lets nobody else do anything in between.
      await pause(2);
    }
    await Promise.all(asking);
    expect((await seen('company1')).map(([license]) => license?.seats)).toEqual(Array(TIMES).fill(changed));
  }, 60_000);
});
