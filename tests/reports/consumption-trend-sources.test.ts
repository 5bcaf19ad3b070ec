import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { askTrend, linesOf } from '../support/trend.js';
import { external, trial } from '../support/unified-rows.js';

onEachDatabase('premium licences and trials in the trend', (kind) => {
  let app: TestApp;
  const t = (license: number, start: string, end: string | null, values: Record<string, string | number | null> = {}) => ({
    license_id: license, start_date: start, end_date: end, quantity: 2, price_minor: 1200, currency: 'EUR', interval_months: 1,
    recorded_at: '2026-01-10 12:00:00', superseded_at: null, ...values,
  });
  beforeAll(async () => {
    app = await startTestApp(kind, {
      environment: { REPORT_TIMEZONE: 'America/New_York' },
      rows: {
        company: [{ id: 1, company_name: 'C1', active: 1, partner_id: null }],
        externalLicense: [
          external({ id: 1, company_id: 1 }), external({ id: 2, company_id: 1, product_slug: 'Forms-Pro' }), external({ id: 3, site_host: 'a.example', product_slug: 'chat' }),
          external({ id: 4, site_host: null, product_slug: null }), external({ id: 5, site_host: null, product_slug: null }), external({ id: 6, site_host: 'b.example', product_slug: 'listed' }),
          external({ id: 7, site_host: 'c.example', product_slug: 'odd' }),
        ],
        externalTerm: [
          // One owner and product, two keys: one licence that was renewed under another key.
          t(1, '2026-02-01', '2026-03-31'), t(2, '2026-04-10', '2026-12-31', { quantity: 3 }),
          // Corrected later: until then the mirror knew another end. 2026-05-02 03:59:59 UTC is still the first in New York.
          t(3, '2026-02-01', '2026-04-30', { superseded_at: '2026-05-02 03:59:59' }), t(3, '2026-02-01', '2026-05-10', { recorded_at: '2026-05-02 03:59:59' }),
          // Neither site nor product: each key is its own licence.
          t(4, '2026-02-01', '2026-03-31'), t(5, '2026-04-01', null, { quantity: 0 }),
          // Priced by the list, in the currency that the provider names.
          t(6, '2026-02-01', '2027-01-31', { price_minor: null, interval_months: null, currency: 'USD' }), t(6, '2026-02-01', '2026-01-01'),
          // 10.00 every seven months: 17.142857… a year.
          t(7, '2026-02-01', '2027-01-31', { price_minor: 1000, interval_months: 7, currency: 'GBP' }), t(7, '2026-03-01', '2027-01-31', { price_minor: 1000, interval_months: 7, currency: 'GBP' }),
        ],
        trial: [
          trial({ id: 1, site_url: 'a.example', created_at: '2026-04-01 03:59:59', expiration_date: '2026-04-14 00:00:00' }),
          trial({ id: 2, site_url: 'b.example', created_at: '2026-04-01 04:00:00', expiration_date: '2026-04-30 00:00:00', is_fluent_license_check: 1 }),
        ],
        trialEvent: [
          { unit_id: 1, trial_id: 2, kind: 'CONVERTED', occurred_at: '2026-04-11 02:00:00', known_at: '2026-05-15 12:00:00', observed_at: '2026-05-15 12:00:00' },
        ],
      },
    });
    await app.database.transaction(async ({ manager }) => {
      for (const [currency, amount] of [['EUR', 9000], ['USD', 10000]] as const) {
        await manager.query('insert into sw_price_list (product_slug, amount_minor, currency, interval_months, valid_from) values (?, ?, ?, 12, ?)', ['listed', amount, currency, '2026-01-01']);
      }
    });
  });
  afterAll(() => app.stop());

  const lines = async (args: string, unit: string) => linesOf((await askTrend(app, `range: { from: "2026-01-01" }, ${args}`)).points, unit);
  const product = (slug: string, day = '2026-06-15') => `asOf: "${day}", filter: { products: ["${slug}"] }`;

  it('follow the owner and product, whatever the key', async () => {
    expect(await lines(product('FORMS-PRO'), 'licenses')).toEqual(['2026-01 0 = 0', '2026-02 0 +1 = 1', '2026-03 1 = 1', '2026-04 1 ~1 = 1', '2026-05 1 = 1', '2026-06 1 = 1']);
    expect(await lines(product('forms-pro'), 'seats')).toEqual(['2026-01 0 = 0', '2026-02 0 +2 = 2', '2026-03 2 = 2', '2026-04 2 ~2 >1 = 3', '2026-05 3 = 3', '2026-06 3 = 3']);
    // 12.00 a month, whatever the quantity.
    expect((await lines(product('forms-pro'), 'EUR')).slice(1, 4)).toEqual(['2026-02 0 +14400 = 14400', '2026-03 14400 = 14400', '2026-04 14400 ~14400 = 14400']);
  });

  it('are those known at the end of asOf', async () => {
    expect(await lines(product('chat', '2026-04-30'), 'licenses')).toEqual(['2026-01 0 = 0', '2026-02 0 +1 = 1', '2026-03 1 = 1', '2026-04 1 -1 = 0']);
    expect((await lines(product('chat', '2026-05-01'), 'licenses')).slice(3)).toEqual(['2026-04 1 = 1', '2026-05 1 = 1']);
    expect((await lines(product('chat', '2026-06-15'), 'licenses')).slice(3)).toEqual(['2026-04 1 = 1', '2026-05 1 -1 = 0', '2026-06 0 = 0']);
    expect(await lines(product('chat', '2026-01-09'), 'licenses')).toEqual(['2026-01 0 = 0']);
  });

  it('without site and product are licences of their own', async () => {
    const { points, totals, meta } = await askTrend(app, 'asOf: "2026-06-15", range: { from: "2026-01-01" }');
    expect(linesOf(points, 'licenses').slice(2, 4)).toEqual(['2026-03 5 -1 = 4', '2026-04 4 +1 ~1 = 5']);
    expect(Object.keys(totals)).toEqual(['licenses', 'seats', 'EUR', 'GBP', 'USD']);
    expect(meta.warnings).toEqual(expect.arrayContaining([{ code: 'INVALID_ROUNDS', count: 1 }]));
    expect(meta.timezone).toBe('America/New_York');
  });

  it('take the price of the list in their currency', async () => {
    expect((await lines(product('listed'), 'USD')).slice(0, 3)).toEqual(['2026-01 0 = 0', '2026-02 0 +10000 = 10000', '2026-03 10000 = 10000']);
  });

  it('balance to the cent where a year\'s price has no end', async () => {
    // 17.142857 and 34.285714: the second cent of the difference stands with what was gained.
    expect((await lines(product('odd'), 'GBP')).slice(0, 3)).toEqual(['2026-01 0 = 0', '2026-02 0 +1714 = 1714', '2026-03 1714 >1715 = 3429']);
  });

  it('trials last until they convert, as far as that is known', async () => {
    const trials = 'filter: { sources: [TRIAL] }';
    // The first began on the last of March in New York.
    expect(await lines(`asOf: "2026-06-15", ${trials}`, 'licenses')).toEqual(['2026-01 0 = 0', '2026-02 0 = 0', '2026-03 0 +1 = 1', '2026-04 1 +1 -2 = 0', '2026-05 0 = 0', '2026-06 0 = 0']);
    expect((await lines(`asOf: "2026-04-20", ${trials}`, 'licenses')).slice(3)).toEqual(['2026-04 1 +1 -1 = 1']);
    const { totals } = await askTrend(app, `asOf: "2026-06-15", ${trials}`);
    expect(Object.keys(totals)).toEqual(['licenses', 'seats']);
  });
});
