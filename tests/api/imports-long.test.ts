import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { checked, counts } from '../support/imports.js';
import { round } from '../support/rows.js';

const COMPANIES = 100;
/** Beyond the length from which the keys of everything stored are held. */
const ROWS = 14_000;

/** The file's row at an index: a company and a day that no other row has. */
const keyAt = (index: number) => ({ company: (index % COMPANIES) + 1, day: new Date(Date.UTC(2040, 0, 1 + Math.floor(index / COMPANIES))).toISOString().slice(0, 10) });

onEachDatabase('a long file', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    const stored = (id: number, index: number, more: Record<string, unknown> = {}) =>
      round({ id, company_id: keyAt(index).company, product_code_id: 1, start_date: keyAt(index).day, end_date: '2090-12-31', number_of_licenses: 5, cost_per_license: 9.5, total_cost: 47.5, currency: 'EUR', status: 'Active', ...more });
    app = await startTestApp(kind, {
      rows: {
        partner: [{ id: 1, partner_name: 'Reseller' }],
        company: Array.from({ length: COMPANIES }, (_, index) => ({ id: index + 1, company_name: `Company ${index + 1}`, active: 1, partner_id: null })),
        product: [{ id: 1, code: 'SUB', label: 'Subscription' }],
        license: [
          stored(1, 10), stored(2, 11, { number_of_licenses: 6 }), stored(3, 13_000), stored(4, 13_001, { number_of_licenses: 7, total_cost: 66.5 }),
          // The same company and day, owned by the partner too: another key.
          stored(5, 13_002, { partner_id: 1 }),
        ],
      },
    });
  });
  afterAll(() => app.stop());

  it('finds the rounds that are stored at its beginning and at its end', async () => {
    const lines = Array.from({ length: ROWS }, (_, index) => `${keyAt(index).company},SUB,${keyAt(index).day},2090-12-31,5,9.50,EUR,Active`);
    const job = await checked(app, ['company_id,product,start_date,end_date,seats,unit_cost,currency,status', ...lines, lines[13_000]].join('\n'));
    expect(counts(job)).toEqual([ROWS + 1, ROWS - 4, 2, 2, 1, 0]);
  });
});
