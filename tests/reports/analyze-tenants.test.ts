import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { analyzeFields, analyzeMeasures } from '../support/analyze.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { leavesOf } from '../support/schema-walk.js';
import { BIRCH, DUNE, everyone, insertTenants, NORTH, rowsSeenBy, secretsFrom, SOUTH, tenants, type Tenant } from '../support/tenants.js';

const everything = `measures: [${analyzeMeasures.join(', ')}]`;
const all = analyzeFields(analyzeMeasures);
const fields = `totalCount totals { ${all} } edges { cursor node { keys { dimension value label } figures { ${all} } } } meta { warnings { code count message } }`;
const groupings = ['[]', '[OWNER]', '[OWNER, PRODUCT]', '[COMPANY, STATUS]', '[OWNER_KIND, END_MONTH]', '[SOURCE, CURRENCY]', '[PROVIDER, START_YEAR, SUB_STATUS]'];
const byPartner = ['[PARTNER]', '[PARTNER, OWNER, SOURCE]'];
/** What a tenant may ask about others: the answer is nothing, or what it is without them. */
const filters = [
  '{}', `{ partnerIds: [${NORTH}, ${SOUTH}] }`, `{ companyIds: [${BIRCH}, ${DUNE}] }`, '{ sources: [EXTERNAL, TRIAL] }', '{ licenses: { search: "mark" } }',
  `{ licenses: { not: { partner: { eq: ${SOUTH} } } } }`, `{ licenses: { company: { ne: ${DUNE} } } }`, '{ currencies: ["EUR"], licenses: { quantity: { gt: 10000 } } }',
];
const orders = ['', ', orderBy: { measure: SEATS, direction: DESC }', ', orderBy: { measure: ANNUAL_VALUE, currency: "EUR" }', ', orderBy: { measure: ACTIVE_USERS }'];
const isPartner = (tenant: Tenant) => tenant === 'north' || tenant === 'south';
/** Each grouping with three of the filters and orders, so that each filter meets several. */
const questionsOf = (tenant: Tenant) => [...groupings, ...(isPartner(tenant) ? byPartner : [])].flatMap((groupBy, place) => [place, place + 3, place + 5].map((turn) =>
  `{ analyze(asOf: "2026-06-20", windowDays: 30, ${everything}, groupBy: ${groupBy}, filter: ${filters[turn % filters.length]}${orders[turn % orders.length]}) { ${fields} } }`));

onEachDatabase('analyze, tenant by tenant', (kind) => {
  let shared: TestApp;
  beforeAll(async () => {
    shared = await startTestApp(kind, { rows: everyone });
    await insertTenants(shared);
  });
  afterAll(() => shared.stop());

  describe.each(tenants)('%s', (tenant) => {
    it('is told what a database with its own rows alone would tell, and nothing of others', async () => {
      const own = await startTestApp(kind, { rows: rowsSeenBy(tenant) });
      try {
        await insertTenants(own);
        const secrets = secretsFrom(tenant).map((secret) => ({ secret, pattern: new RegExp(`(?<![0-9])${secret}(?![0-9])`) }));
        let told = 0;
        for (const query of questionsOf(tenant)) {
          const [answer, alone] = [await shared.ask(tenant, query), await own.ask(tenant, query)];
          expect([query, answer.errors]).toEqual([query, undefined]);
          expect([query, answer.data]).toEqual([query, alone.data]);
          const leaves = leavesOf(answer.data).map((leaf) => (typeof leaf === 'number' ? String(Math.abs(leaf)) : leaf)).join('\n');
          expect([query, secrets.filter(({ pattern }) => pattern.test(leaves)).map(({ secret }) => secret)]).toEqual([query, []]);
          told += answer.data.analyze.totals.seats;
        }
        expect(told).toBeGreaterThan(10_000);
      } finally {
        await own.stop();
      }
    }, 60_000);
  });

  it('administrators are told more than any of them: the comparison means something', async () => {
    const query = `{ analyze(asOf: "2026-06-20", windowDays: 30, ${everything}) { totals { seats owners registeredUsers activeUsers } } }`;
    const totals = async (account: string) => (await shared.ask(account, query)).data.analyze.totals;
    const whole = await totals('admin');
    for (const tenant of tenants) {
      const part = await totals(tenant);
      for (const figure of ['seats', 'owners', 'registeredUsers', 'activeUsers']) expect([tenant, figure, part[figure] > 0, part[figure] < whole[figure]]).toEqual([tenant, figure, true, true]);
    }
  });
});
