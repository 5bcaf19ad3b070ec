import { afterEach, beforeEach, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { ScopedDatabase } from '../../server/db/scoped.js';
import { addDays } from '../../server/reports/shapes/days.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { lastingToday } from '../support/providers.js';
import { insertRows, round } from '../support/rows.js';
import { askTrend, linesOf } from '../support/trend.js';
import { external } from '../support/unified-rows.js';

const TODAY = await lastingToday();
/** The first day that the changes of these tests are after: they happen now, by the real mutations. */
const YESTERDAY = addDays(TODAY, -1);

onEachDatabase('a trend of the past', (kind) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await startTestApp(kind, {
      rows: {
        partner: [{ id: 1, partner_name: 'P1' }, { id: 2, partner_name: 'P2' }],
        company: [
          { id: 1, company_name: 'C1', active: 1, partner_id: 1 }, { id: 2, company_name: 'C2', active: 1, partner_id: 2 },
          { id: 3, company_name: 'C3', active: 1, partner_id: 1 },
        ],
        product: [{ id: 1, code: 'SUB', label: 'Sub' }],
        license: [
          round({ id: 1, company_id: 1, start_date: '2026-01-01', end_date: null, number_of_licenses: 10, cost_per_license: 19.99 }),
          round({ id: 2, company_id: 2, start_date: '2026-02-01', end_date: '2026-03-31', number_of_licenses: 20, currency: 'JPY', cost_per_license: 1500 }),
          round({ id: 3, partner_id: 2, start_date: '2026-03-01', end_date: null, number_of_licenses: 40 }),
        ],
        externalLicense: [external({ id: 1, company_id: 1 })],
        externalTerm: [{ license_id: 1, start_date: '2026-01-01', end_date: '2026-12-31', quantity: 1, price_minor: 1200, currency: 'EUR', interval_months: 12, recorded_at: '2026-01-01 00:00:00', superseded_at: null }],
      },
    });
  });
  afterEach(() => app.stop());

  const change = async (verb: 'update' | 'delete', id: number | string, input?: Record<string, unknown>) => {
    const { etag } = (await app.ask('admin', `{ license(id: ${id}) { etag } }`)).data.license;
    const [head, given] = verb === 'update' ? [', $input: UpdateLicenseInput!', ', input: $input'] : ['', ''];
    const { data, errors } = await app.ask('admin', `mutation($id: ID!, $etag: String!${head}) { result: ${verb}License(id: $id, etag: $etag${given}) { userErrors { message } } }`, { id, etag, input });
    expect([errors, data.result.userErrors]).toEqual([undefined, []]);
  };
  const create = async (input: Record<string, unknown>): Promise<string> => {
    const { data } = await app.ask('admin', 'mutation($input: CreateLicenseInput!) { createLicense(input: $input) { license { id } userErrors { message } } }', {
      input: { productId: '1', startDate: '2026-01-01', seats: 1000, unitCost: '1', currency: 'USD', status: 'Active', ...input },
    });
    expect(data.createLicense.userErrors).toEqual([]);
    return data.createLicense.license.id;
  };
  const both = async (args: string, account = 'admin') => [await askTrend(app, `${args}, mode: GROSS`, account), await askTrend(app, args, account)];
  const PAST = `asOf: "${YESTERDAY}", range: { from: "2026-01-01" }`;

  it('does not change with what Seatwise changes later', async () => {
    const before = await both(PAST);
    const now = (await askTrend(app, `asOf: "${TODAY}"`)).totals;
    await change('update', 1, { seats: 15, unitCost: '5.01', endDate: '2026-12-30', startDate: '2025-01-01' });
    await change('update', 1, { companyId: '2', currency: 'CHF' });
    await change('update', 2, { endDate: '2026-04-30' });
    await change('delete', 2);
    await change('delete', 3);
    expect((await app.ask('admin', 'mutation { restoreLicense(id: 3) { userErrors { message } } }')).data.restoreLicense.userErrors).toEqual([]);
    const made = await create({ companyId: '1' });
    await change('update', made, { seats: 2000 });
    await change('delete', made);
    await create({ partnerId: '1' });
    const { database } = app;
    // The provider corrected the term: it ended in May.
    await database.transaction(async ({ manager }) => {
      await manager.query(`update sw_external_terms set superseded_at = '${TODAY} 00:00:00'`);
    });
    await insertRows(database, { externalTerm: [{ license_id: 1, start_date: '2026-01-01', end_date: '2026-05-31', quantity: 9, price_minor: 1200, currency: 'EUR', interval_months: 12, recorded_at: `${TODAY} 00:00:00`, superseded_at: null }] });
    expect(await both(PAST)).toEqual(before);
    expect(linesOf(before[1]!.points, 'seats').slice(0, 4)).toEqual(['2026-01 0 +11 = 11', '2026-02 11 +20 = 31', '2026-03 31 +40 -20 = 51', '2026-04 51 = 51']);
    expect((await askTrend(app, `asOf: "${TODAY}"`)).totals).not.toEqual(now);
  });

  it('takes the rows as they are where others changed them, without a trace', async () => {
    await app.database.transaction(({ manager }) => manager.query('update license_records set number_of_licenses = 11 where id = 1'));
    expect(linesOf((await askTrend(app, PAST)).points, 'seats')[0]).toBe('2026-01 0 +12 = 12');
  });

  it('shows each tenant its own past, and no part of another\'s', async () => {
    const viewers = ['partner1', 'partner2', 'company1', 'company2', 'company3'];
    const past = async () => Promise.all(viewers.map((viewer) => both(PAST, viewer)));
    const before = await past();
    expect(before.map(([gross]) => gross?.totals['seats']?.closing)).toEqual([11, 40, 11, 0, 0]);
    // From a company of one partner to one of the other, and back in two steps; from one company to its sister; and away.
    await change('update', 1, { companyId: '2', seats: 77 });
    await change('update', 1, { seats: 78 });
    await change('update', 1, { companyId: '3' });
    await change('update', 2, { partnerId: '1', seats: 21 });
    await change('update', 3, { companyId: '1', seats: 41 });
    await change('delete', 3);
    expect(await past()).toEqual(before);
    // Now the first partner holds what the others did.
    const today = await Promise.all(viewers.map((viewer) => askTrend(app, `asOf: "${TODAY}", mode: GROSS, filter: { sources: [PORTAL] }`, viewer)));
    expect(today.map(({ totals }) => totals['seats']?.closing)).toEqual([78, 0, 0, 0, 78]);
  });

  it('opens of the log only the states whose owners are the tenant\'s', async () => {
    await change('update', 1, { companyId: '2', seats: 77 });
    await change('update', 3, { seats: 41 });
    await change('delete', 2);
    await create({ companyId: '3', seats: 5 });
    await app.ask('admin', 'mutation { createPartner(input: { name: "secret" }) { userErrors { code } } }');
    const seen = async (scope: ConstructorParameters<typeof ScopedDatabase>[1]) => {
      const db = new ScopedDatabase(app.database, scope);
      const rows = await db.read(sql`select a.* from ${db.table('audit', 'a')} order by a.id`);
      const seatsOf = (state: unknown) => (state === null ? null : JSON.parse(state as string).seats);
      return rows.map((row) => [row['action'], row['entity'], seatsOf(row['before_json']), seatsOf(row['after_json']), 'account_email' in row]);
    };
    expect(await seen({ kind: 'partner', partnerId: 1 })).toEqual([['update', 'License', 10, null, false], ['create', 'License', null, 5, false]]);
    expect(await seen({ kind: 'partner', partnerId: 2 })).toEqual([
      ['update', 'License', null, 77, false], ['update', 'License', 40, 41, false], ['delete', 'License', 20, null, false],
    ]);
    expect(await seen({ kind: 'company', companyId: 1 })).toEqual([['update', 'License', 10, null, false]]);
    expect(await seen({ kind: 'company', companyId: 2 })).toEqual([['update', 'License', null, 77, false], ['delete', 'License', 20, null, false]]);
    expect(await seen({ kind: 'partner', partnerId: 3 })).toEqual([]);
    expect((await seen({ kind: 'everything' })).map(([action, entity]) => [action, entity])).toEqual([
      ['update', 'License'], ['update', 'License'], ['delete', 'License'], ['create', 'License'], ['create', 'Partner'],
    ]);
    const nobody = new ScopedDatabase(app.database, null);
    expect(() => nobody.table('audit', 'a')).toThrow('Sign in');
  });
});
