import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startTestApp, type TestApp } from '../support/app.js';
import { auditLog } from '../support/audit.js';
import { onEachDatabase } from '../support/databases.js';
import { round } from '../support/rows.js';

const PREVIEW = `query($input: BulkLicenseInput!) { result: bulkPreview(input: $input) {
  token affected skipped userErrors { field code } money { currency before { amount } after { amount } }
  rows { id license { id } skippedBecause changes { field before after beforeLabel afterLabel } } } }`;
const APPLY = 'mutation($input: BulkLicenseInput!, $token: String!) { result: applyBulk(input: $input, token: $token) { affected createdIds userErrors { field code } } }';
const long = { start_date: '2020-01-01', end_date: '2090-12-31' };

onEachDatabase('bulk actions on licences', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      rows: {
        partner: [{ id: 1, partner_name: 'Reseller' }],
        company: [{ id: 1, company_name: 'Acme', active: 1, partner_id: 1 }, { id: 2, company_name: 'Bolt', active: 1, partner_id: null }],
        product: [{ id: 1, code: 'SUB', label: 'Sub' }, { id: 2, code: 'ADM', label: 'Adm' }],
        license: [
          // 1: a year. 2: thirty days. 3: no end. 4: followed by 5. 6: its end before its start. 7: two owners. 8: from the last day of January.
          round({ id: 1, company_id: 1, start_date: '2024-03-01', end_date: '2025-02-28', number_of_licenses: 3, cost_per_license: 19.99, status: 'Expired' }),
          round({ id: 2, company_id: 1, start_date: '2026-02-10', end_date: '2026-03-11' }),
          round({ id: 3, company_id: 1, end_date: '9999-12-31' }),
          round({ id: 4, partner_id: 1, start_date: '2025-01-01', end_date: '2025-06-30' }),
          round({ id: 5, partner_id: 1, start_date: '2025-07-01', end_date: '2025-12-31' }),
          round({ id: 6, company_id: 1, start_date: '2026-01-02', end_date: '2026-01-01' }),
          round({ id: 7, company_id: 1, partner_id: 1, ...long, currency: 'GBP', cost_per_license: 1, number_of_licenses: 5 }),
          round({ id: 8, company_id: 1, product_code_id: 2, start_date: '2025-01-31', end_date: '2025-02-27' }),
          // In force for a long time, in three currencies; 13 is over, 14 has another currency than any.
          round({ id: 10, company_id: 1, ...long, number_of_licenses: 3, cost_per_license: 19.99, currency: 'EUR' }),
          round({ id: 11, company_id: 1, ...long, number_of_licenses: 7, cost_per_license: 0.1, currency: 'EUR' }),
          round({ id: 12, partner_id: 1, ...long, number_of_licenses: 7, cost_per_license: 1500, currency: 'JPY' }),
          round({ id: 13, company_id: 2, start_date: '2020-01-01', end_date: '2020-12-31', currency: 'USD' }),
          round({ id: 14, company_id: 2, ...long, currency: 'XQQ' }),
          // For whoever races, and for whoever comes too late.
          ...[20, 21, 22, 23, 24].map((id) => round({ id, company_id: 2, product_code_id: 2, start_date: `20${id}-01-01`, end_date: `20${id}-12-30` })),
        ],
      },
    });
  });
  afterAll(() => app.stop());

  const ask = async (query: string, variables: Record<string, unknown>) => {
    const { data, errors } = await app.ask('admin', query, variables);
    expect(errors).toBeUndefined();
    return data.result;
  };
  const preview = (input: Record<string, unknown>) => ask(PREVIEW, { input });
  const apply = (input: Record<string, unknown>, token: string) => ask(APPLY, { input, token });
  const stored = async (...ids: (number | string)[]) => (await app.database.read(sql`
    select id, company_id, partner_id, product_code_id, cast(start_date as char) as start_date, cast(end_date as char) as end_date, number_of_licenses as seats,
      total_cost + 0e0 as total, currency, status from license_records order by id`)).filter(({ id }) => ids.length === 0 || ids.map(Number).includes(Number(id)));
  const everything = async () => [await stored(), await auditLog(app)];
  const reasons = ({ rows }: any) => Object.fromEntries(rows.filter(({ skippedBecause }: any) => skippedBecause !== null).map(({ id, skippedBecause }: any) => [id, skippedBecause]));
  /** The values of the new round, by field. */
  const values = (row: any) => Object.fromEntries(row.changes.map(({ field, after }: any) => [field, after]));

  it('renews for as long as the round ran, tells why it leaves others, and does what it showed', async () => {
    const input = { ids: ['3', '2', '1', '4', '6', '7', '99', '8'], action: 'RENEW' };
    const before = await everything();
    const shown = await preview(input);
    expect(await everything()).toEqual(before);
    expect([shown.userErrors, shown.affected, shown.skipped, shown.rows.map(({ id }: any) => id)]).toEqual([[], 3, 5, input.ids]);
    expect(reasons(shown)).toEqual({
      3: 'It has no end.', 4: 'Licence 5 follows it already.', 6: 'Its end date 2026-01-01 is before its start date 2026-01-02.',
      7: 'A licence has one owner: a company or a partner, not both.', 99: 'There is no licence with this id.',
    });
    expect(shown.rows[6].license).toBeNull();
    const year = { companyId: '1', productId: '1', startDate: '2025-03-01', endDate: '2026-02-28', seats: '3', unitCost: '19.99', totalCost: '59.97', currency: 'EUR', status: 'Active' };
    expect(values(shown.rows[2])).toEqual(year);
    expect(shown.rows[2].changes).toContainEqual({ field: 'companyId', before: null, after: '1', beforeLabel: null, afterLabel: 'Acme' });
    // Thirty days, no whole months; and a month from the last day of January to the day before the last of February.
    expect(values(shown.rows[1])).toMatchObject({ startDate: '2026-03-12', endDate: '2026-04-10', seats: '10', unitCost: '100.00' });
    expect(values(shown.rows[7])).toMatchObject({ startDate: '2025-02-28', endDate: '2025-03-27', productId: '2' });
    const done = await apply(input, shown.token);
    expect([done.affected, done.userErrors, done.createdIds.length]).toEqual([3, [], 3]);
    const rows = await stored(...done.createdIds);
    expect(rows.map(({ company_id, product_code_id, start_date, end_date, seats, currency, status }) => [company_id, product_code_id, start_date, end_date, seats, currency, status])).toEqual([
      [1, 1, '2026-03-12', '2026-04-10', 10, 'EUR', 'Active'], [1, 1, '2025-03-01', '2026-02-28', 3, 'EUR', 'Active'], [1, 2, '2025-02-28', '2025-03-27', 10, 'EUR', 'Active'],
    ]);
    expect(Number(rows[1]?.['total'])).toBeCloseTo(59.97, 4);
    expect((await auditLog(app)).slice(-3).map(({ action, entityId }) => [action, entityId])).toEqual(done.createdIds.map((id: string) => ['create', id]));
    expect((await stored()).filter(({ id }) => !done.createdIds.includes(String(id)))).toEqual(before[0]);
    // A second time there is nothing left to do.
    expect(reasons(await preview({ ...input, ids: ['1'] }))).toEqual({ 1: `Licence ${done.createdIds[1]} follows it already.` });
  });

  it('renews for the months asked for', async () => {
    const shown = await preview({ ids: ['20', '5'], action: 'RENEW', months: 1 });
    expect(shown.rows.map((row: any) => [values(row).startDate, values(row).endDate])).toEqual([['2020-12-31', '2021-01-30'], ['2026-01-01', '2026-01-31']]);
    expect(values(shown.rows[1])).toMatchObject({ partnerId: '1' });
  });

  it('sums annual values in force by currency, exact, before and after', async () => {
    // 3 × 19.99 + 7 × 0.10 euros and 7 × 1500 yen; 13 is over, 14 is in no currency, 7 belongs to nobody until it has one owner.
    const ids = ['10', '11', '12', '13', '14', '7'];
    const inForce = { EUR: '60.67', JPY: '10500' };
    const money = async (input: Record<string, unknown>) => (await preview({ ids, ...input })).money.map(({ currency, before, after }: any) => [currency, before.amount, after.amount]);
    expect(await money({ action: 'DELETE' })).toEqual([['JPY', inForce.JPY, '0'], ['EUR', inForce.EUR, '0.00']]);
    expect(await money({ action: 'SET_STATUS', status: 'Parked' })).toEqual([['JPY', inForce.JPY, inForce.JPY], ['EUR', inForce.EUR, inForce.EUR]]);
    expect(await money({ action: 'SET_OWNER', companyId: '2' })).toEqual([['JPY', inForce.JPY, inForce.JPY], ['EUR', inForce.EUR, inForce.EUR], ['GBP', '0.00', '5.00']]);
    // 120 months from 2021 on: in force today.
    expect(await money({ action: 'RENEW', months: 120 })).toEqual([['JPY', inForce.JPY, inForce.JPY], ['USD', '0.00', '1000.00'], ['EUR', inForce.EUR, inForce.EUR]]);
  });

  it('sets the status and the owner of those that have another', async () => {
    const status = { ids: ['10', '11', '7'], action: 'SET_STATUS', status: ' Parked ' };
    const shown = await preview(status);
    expect(shown.rows[0].changes).toEqual([{ field: 'status', before: 'Active', after: 'Parked', beforeLabel: null, afterLabel: null }]);
    expect(reasons(shown)).toEqual({ 7: 'A licence has one owner: a company or a partner, not both.' });
    expect(await apply(status, shown.token)).toEqual({ affected: 2, createdIds: [], userErrors: [] });
    expect(reasons(await preview({ ...status, ids: ['11'] }))).toEqual({ 11: 'Its status is Parked already.' });
    const owner = { ids: ['10', '7', '12'], action: 'SET_OWNER', partnerId: '1' };
    const moved = await preview(owner);
    expect(moved.rows[0].changes).toEqual([
      { field: 'companyId', before: '1', after: null, beforeLabel: 'Acme', afterLabel: null }, { field: 'partnerId', before: null, after: '1', beforeLabel: null, afterLabel: 'Reseller' },
    ]);
    expect(reasons(moved)).toEqual({ 12: 'It belongs to this owner already.' });
    expect(await apply(owner, moved.token)).toEqual({ affected: 2, createdIds: [], userErrors: [] });
    expect((await stored(7, 10, 11, 12)).map(({ company_id, partner_id, status: typed }) => [company_id, partner_id, typed]))
      .toEqual([[null, 1, 'Active'], [null, 1, 'Parked'], [1, null, 'Parked'], [null, 1, 'Active']]);
    expect(reasons(await preview({ ids: ['11'], action: 'SET_OWNER', companyId: '77' }))).toEqual({ 11: 'There is no company with the id 77.' });
  });

  it('does nothing when a row, an owner or a following round has changed since the preview, or the token is of another input', async () => {
    const input = { ids: ['20', '21'], action: 'RENEW', months: 12 };
    const { token } = await preview(input);
    const conflict = { affected: 0, createdIds: [], userErrors: [{ field: ['token'], code: 'CONFLICT' }] };
    const elsewhere = (statement: string) => app.database.transaction(({ manager }) => manager.query(statement));
    for (const [change, back] of [
      ['update license_records set number_of_licenses = 11 where id = 21', 'update license_records set number_of_licenses = 10 where id = 21'],
      ["update license_records set start_date = '2021-12-31' where id = 22", "update license_records set start_date = '2022-01-01' where id = 22"],
    ] as const) {
      await elsewhere(change);
      const before = await everything();
      expect(await apply(input, token)).toEqual(conflict);
      expect(await everything()).toEqual(before);
      await elsewhere(back);
    }
    for (const other of [{ ...input, months: 11 }, { ...input, ids: ['20'] }, { ...input, ids: ['21', '20'] }, { ids: input.ids, action: 'DELETE' }]) {
      expect(await apply(other, token)).toEqual(conflict);
    }
    expect(await apply(input, 'no token')).toEqual(conflict);
  });

  it('does it once for several who apply the same preview, and deletes with an entry each', async () => {
    const renewal = { ids: ['20', '24'], action: 'RENEW', months: 3 };
    const { token } = await preview(renewal);
    const answers = await Promise.all([1, 2, 3, 4].map(() => apply(renewal, token)));
    expect(answers.map(({ affected, userErrors }) => [affected, userErrors[0]?.code]).sort()).toEqual([[0, 'CONFLICT'], [0, 'CONFLICT'], [0, 'CONFLICT'], [2, undefined]]);
    const count = (await stored()).length;
    const removal = { ids: ['24', '23', '22'], action: 'DELETE' };
    const shown = await preview(removal);
    expect([shown.affected, shown.rows.map(({ changes }: any) => changes)]).toEqual([3, [[], [], []]]);
    expect(await apply(removal, shown.token)).toEqual({ affected: 3, createdIds: [], userErrors: [] });
    expect([(await stored()).length, await stored(22, 23, 24)]).toEqual([count - 3, []]);
    expect((await auditLog(app)).slice(-3).map(({ action, entityId }) => [action, entityId])).toEqual([['delete', '24'], ['delete', '23'], ['delete', '22']]);
    const gone = await preview(removal);
    expect([gone.token, gone.affected, gone.skipped]).toEqual([null, 0, 3]);
  });

  describe('refuses', () => {
    it.each<[string, Record<string, unknown>, [string, string][]]>([
      ['nothing chosen', { ids: [], action: 'DELETE' }, [['ids', 'REQUIRED']]],
      ['a row chosen twice', { ids: ['1', '2', '1'], action: 'DELETE' }, [['ids', 'DUPLICATE']]],
      ['what is no id', { ids: ['x'], action: 'DELETE' }, [['ids', 'INVALID']]],
      ['1,001 rows', { ids: Array.from({ length: 1001 }, (_, index) => String(index + 1)), action: 'DELETE' }, [['ids', 'INVALID']]],
      ['no months', { ids: ['1'], action: 'RENEW', months: 0 }, [['months', 'INVALID']]],
      ['121 months', { ids: ['1'], action: 'RENEW', months: 121 }, [['months', 'INVALID']]],
      ['no status', { ids: ['1'], action: 'SET_STATUS' }, [['status', 'REQUIRED']]],
      ['a long status', { ids: [], action: 'SET_STATUS', status: 'elevenchars' }, [['ids', 'REQUIRED'], ['status', 'TOO_LONG']]],
      ['no owner', { ids: ['1'], action: 'SET_OWNER' }, [['companyId', 'REQUIRED']]],
      ['two owners', { ids: ['1'], action: 'SET_OWNER', companyId: '1', partnerId: '1' }, [['partnerId', 'INVALID']]],
    ])('%s', async (_title, input, faults) => {
      const userErrors = faults.map(([field, code]) => ({ field: ['input', field], code }));
      expect(await preview(input)).toEqual({ token: null, affected: 0, skipped: 0, money: [], rows: [], userErrors });
      expect(await apply(input, 'x')).toEqual({ affected: 0, createdIds: [], userErrors });
    });

    it.each(['partner1', 'company1', 'viewer', 'analyst'])('%s', async (account) => {
      const input = { ids: ['1'], action: 'DELETE' };
      const { token } = await preview(input);
      const before = await everything();
      const answers = [await app.ask(account, PREVIEW, { input }), await app.ask(account, APPLY, { input, token })];
      expect(answers.map(({ errors }) => errors?.map(({ extensions }) => extensions['code']))).toEqual([['FORBIDDEN'], ['FORBIDDEN']]);
      expect(await everything()).toEqual(before);
    });
  });
});
