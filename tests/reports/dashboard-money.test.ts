import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { round } from '../support/rows.js';

/** Rounds of June 2026 and, with amounts that make rounding visible, of January 2030. */
const licences = [
  round({ id: 1, company_id: 1, number_of_licenses: 10, cost_per_license: 100 }),
  round({ id: 2, company_id: 1, number_of_licenses: 7, cost_per_license: 1500, currency: 'JPY' }),
  round({ id: 3, company_id: 1, number_of_licenses: 20, cost_per_license: 10.5, currency: 'USD' }),
  round({ id: 4, company_id: 1, start_date: '2030-01-01', end_date: '2030-01-31', number_of_licenses: 7, cost_per_license: 1500, currency: 'JPY' }),
  round({ id: 5, company_id: 1, start_date: '2030-01-01', end_date: '2030-01-31', number_of_licenses: 1, cost_per_license: 10.01, currency: 'GBP' }),
  round({ id: 6, company_id: 1, start_date: '2030-01-01', end_date: '2030-01-31', number_of_licenses: 1, cost_per_license: 0.09, currency: 'USD' }),
  round({ id: 7, company_id: 1, start_date: '2030-01-01', end_date: '2030-01-31', number_of_licenses: 3, cost_per_license: 19.99, currency: 'SEK' }),
  round({ id: 8, company_id: 1, start_date: '2030-01-01', end_date: '2030-01-31', number_of_licenses: 5, cost_per_license: 0, currency: 'SEK' }),
  round({ id: 9, company_id: 1, start_date: '2030-01-01', end_date: '2030-01-31', number_of_licenses: 4, cost_per_license: 123456.78, currency: 'NOK' }),
  round({ id: 10, company_id: 1, start_date: '2030-01-01', end_date: '2030-01-31', number_of_licenses: 2, cost_per_license: 100.5, total_cost: 201, currency: 'JPY' }),
  round({ id: 11, company_id: 1, start_date: '2030-01-01', end_date: '2030-01-31', number_of_licenses: 9, cost_per_license: 0, currency: 'DKK' }),
  // 1 × 0.01 + 1 × 0 = an average of half a cent, and 1 × 0.03 + 1 × 0 of a cent and a half: to the even one.
  round({ id: 12, company_id: 1, start_date: '2030-01-01', end_date: '2030-01-31', number_of_licenses: 1, cost_per_license: 0.01, currency: 'CAD' }),
  round({ id: 13, company_id: 1, start_date: '2030-01-01', end_date: '2030-01-31', number_of_licenses: 1, cost_per_license: 0, currency: 'CAD' }),
  round({ id: 14, company_id: 1, start_date: '2030-01-01', end_date: '2030-01-31', number_of_licenses: 1, cost_per_license: 0.03, currency: 'AUD' }),
  round({ id: 15, company_id: 1, start_date: '2030-01-01', end_date: '2030-01-31', number_of_licenses: 1, cost_per_license: 0, currency: 'AUD' }),
];

/** Friday 2026-06-12 is the last day with rates before the weekend. */
const rates: [string, string, string][] = [
  ['2026-06-11', 'USD', '1.2'], ['2026-06-12', 'USD', '1.05'], ['2026-06-12', 'JPY', '160'], ['2026-06-15', 'USD', '1.25'],
  ['2030-01-10', 'USD', '1.2'], ['2030-01-10', 'JPY', '160'], ['2030-01-10', 'GBP', '0.8'],
];

onEachDatabase('revenue', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      rows: {
        partner: [],
        company: [{ id: 1, company_name: 'C1', active: 1, partner_id: null }],
        product: [{ id: 1, code: 'SUB', label: 'Sub' }],
        license: licences,
      },
    });
    await app.database.transaction(async ({ manager }) => {
      for (const rate of rates) await manager.query(`insert into sw_exchange_rates values (?, ?, ?, 'ECB')`, rate);
    });
  });
  afterAll(() => app.stop());

  const inOne = (asOf: string, currency: string, filter = '') =>
    app.ask('admin', `{ dashboard(asOf: "${asOf}"${filter}) { revenueIn(currency: "${currency}") {
      money { amount currency } rates { currency rateDate rate source } } } }`);

  it('uses on a Sunday the rates of Friday, and says so', async () => {
    const { data, errors } = await inOne('2026-06-14', 'EUR');
    expect(errors).toBeUndefined();
    // 1000 + 10500 / 160 + 210 / 1.05 = 1000 + 65.625 + 200, half to even
    expect(data.dashboard.revenueIn.money).toEqual({ amount: '1265.62', currency: 'EUR' });
    expect(data.dashboard.revenueIn.rates).toEqual([
      { currency: 'USD', rateDate: '2026-06-12', rate: '0.952380952381', source: 'ECB' },
      { currency: 'EUR', rateDate: '2026-06-14', rate: '1', source: 'same currency' },
      { currency: 'JPY', rateDate: '2026-06-12', rate: '0.00625', source: 'ECB' },
    ]);
  });

  it('uses the rate of the day itself where there is one', async () => {
    const { data } = await inOne('2026-06-15', 'EUR');
    // 1000 + 65.625 + 210 / 1.25 = 1000 + 65.625 + 168
    expect(data.dashboard.revenueIn.money.amount).toBe('1233.62');
    expect(data.dashboard.revenueIn.rates.map(({ rateDate }: { rateDate: string }) => rateDate)).toEqual(['2026-06-15', '2026-06-15', '2026-06-12']);
  });

  it('crosses two currencies through the euro, and gives yen without decimals', async () => {
    const { data } = await inOne('2026-06-14', 'JPY');
    // 1000 × 160 + 10500 + 210 × 160 / 1.05
    expect(data.dashboard.revenueIn.money).toEqual({ amount: '202500', currency: 'JPY' });
  });

  it('goes back seven days for a rate, not eight', async () => {
    const seventh = await inOne('2026-06-19', 'EUR');
    expect(seventh.errors).toBeUndefined();
    expect(seventh.data.dashboard.revenueIn.rates.at(-1)).toMatchObject({ currency: 'JPY', rateDate: '2026-06-12' });
    const eighth = await inOne('2026-06-20', 'EUR');
    expect(eighth.data.dashboard.revenueIn).toBeNull();
    expect(eighth.errors).toMatchObject([
      { message: expect.stringContaining('from JPY to EUR'), path: ['dashboard', 'revenueIn'], extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  it('names the rate that is missing', async () => {
    const { errors } = await inOne('2026-06-14', 'GBP');
    expect(errors).toMatchObject([{ message: expect.stringContaining('to GBP') }]);
    const none = await inOne('2026-06-10', 'EUR');
    expect(none.errors).toMatchObject([{ message: expect.stringContaining('from USD to EUR') }]);
  });

  it('never uses a rate of a later day', async () => {
    const { data, errors } = await inOne('2026-06-11', 'EUR', ', filter: { rounds: { currency: { in: ["USD", "EUR"] } } }');
    expect(errors).toBeUndefined();
    expect(data.dashboard.revenueIn.money.amount).toBe('1175.00'); // 1000 + 210 / 1.2
  });

  it('rounds once, at the end', async () => {
    const { data } = await inOne('2030-01-10', 'EUR', ', filter: { rounds: { id: { in: [4, 5] } } }');
    // 65.625 + 12.5125 = 78.1375; rounded one by one it would be 65.62 + 12.51 = 78.13
    expect(data.dashboard.revenueIn.money.amount).toBe('78.14');
  });

  it('is nothing, not an error, where nothing is in force', async () => {
    const { data, errors } = await inOne('1999-01-01', 'EUR');
    expect(errors).toBeUndefined();
    expect(data.dashboard.revenueIn).toEqual({ money: { amount: '0.00', currency: 'EUR' }, rates: [] });
  });

  it('converts each currency half to even, from the published rate', async () => {
    const { data } = await app.ask('admin', `{ dashboard(asOf: "2030-01-10", filter: { rounds: { id: { in: [4, 5, 6, 7] } } }) {
      revenue { currency converted(to: "EUR") { money { amount currency } rateDate rate source } } } }`);
    expect(data.dashboard.revenue).toEqual([
      { currency: 'JPY', converted: { money: { amount: '65.62', currency: 'EUR' }, rateDate: '2030-01-10', rate: '0.00625', source: 'ECB' } },
      { currency: 'SEK', converted: null },
      { currency: 'GBP', converted: { money: { amount: '12.51', currency: 'EUR' }, rateDate: '2030-01-10', rate: '1.25', source: 'ECB' } },
      // 0.09 / 1.2 is 0.075 exactly; by the rounded quotient 0.833333333333 it would be less, and so 0.07
      { currency: 'USD', converted: { money: { amount: '0.08', currency: 'EUR' }, rateDate: '2030-01-10', rate: '0.833333333333', source: 'ECB' } },
    ]);
  });

  it('averages by seats with free rounds, exact in cents though the column is a float', async () => {
    const { data } = await app.ask('admin', `{ dashboard(asOf: "2030-01-10", filter: { rounds: { id: { in: [7, 8, 9, 10, 11, 12, 13, 14, 15] } } }) {
      revenue { currency annualValue { amount } averageCost { amount } seats } } }`);
    expect(data.dashboard.revenue).toEqual([
      { currency: 'DKK', annualValue: { amount: '0.00' }, averageCost: { amount: '0.00' }, seats: 9 },
      { currency: 'SEK', annualValue: { amount: '59.97' }, averageCost: { amount: '7.50' }, seats: 8 }, // 59.97 / 8 = 7.49625
      { currency: 'NOK', annualValue: { amount: '493827.12' }, averageCost: { amount: '123456.78' }, seats: 4 },
      { currency: 'AUD', annualValue: { amount: '0.03' }, averageCost: { amount: '0.02' }, seats: 2 },
      { currency: 'CAD', annualValue: { amount: '0.01' }, averageCost: { amount: '0.00' }, seats: 2 },
      // 100.5 yen are read as 101: the currency has no smaller unit
      { currency: 'JPY', annualValue: { amount: '202' }, averageCost: { amount: '101' }, seats: 2 },
    ]);
  });

  it('gives the rows the same amounts as the sums', async () => {
    const { data } = await app.ask('admin', `{ licenses(filter: { id: { in: [7, 9, 10, 12] } }) {
      nodes { id unitCost { amount } annualValue { amount } totalCost { amount } totalCostDisagrees } } }`);
    expect(data.licenses.nodes).toEqual([
      { id: '7', unitCost: { amount: '19.99' }, annualValue: { amount: '59.97' }, totalCost: { amount: '59.97' }, totalCostDisagrees: false },
      // A FLOAT holds 493827.125 for the total: the amount that counts is seats × unit cost.
      { id: '9', unitCost: { amount: '123456.78' }, annualValue: { amount: '493827.12' }, totalCost: { amount: expect.stringMatching(/^493827\.1[23]$/) }, totalCostDisagrees: false },
      { id: '10', unitCost: { amount: '101' }, annualValue: { amount: '202' }, totalCost: { amount: '201' }, totalCostDisagrees: false },
      { id: '12', unitCost: { amount: '0.01' }, annualValue: { amount: '0.01' }, totalCost: { amount: '0.01' }, totalCostDisagrees: false },
    ]);
  });
});
