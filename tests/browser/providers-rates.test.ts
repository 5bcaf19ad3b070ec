import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { card, inBrowser, rowsOf } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { field, gridRows } from '../support/grid.js';
import { type ProviderServer, startProviderServer } from '../support/provider-server.js';
import { providerEnvironment } from '../support/providers.js';
import { choice } from '../support/reports-browser.js';

const MINUTE = 60_000;

const licenses = Array.from({ length: 40 }, (_, n) => ({
  license_key: `KEY-${n}`, product_slug: 'fluent-forms', site_url: `https://site${n}.example`, activation_limit: 5, activation_count: 1,
  purchase_date: '2026-01-01', expiration_date: '2027-12-31', renewal_price: '49.90', currency: 'EUR', billing_interval: 'year', status: 'valid',
}));

let server: ProviderServer;
beforeAll(async () => { server = await startProviderServer({ licenses }); });
afterAll(() => server.stop());

const rates = (page: Page) => page.getByRole('grid', { name: 'Exchange rates' });
const prices = (page: Page) => page.getByRole('grid', { name: 'Price list' });
const dialog = (page: Page) => page.getByRole('dialog');
const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

inBrowser('Providers', (stage) => {
  const shop = (page: Page) => card(page, 'shop');

  it('synchronises by hand, shows what came of it, and says in words what failed', async () => {
    const page = await stage.open('admin', '/providers');
    await shop(page).getByText('Never synchronised').waitFor();
    await shop(page).getByRole('button', { name: 'Sync now' }).click();
    await eventually(async () => expect(await shop(page).textContent()).toContain('Fresh'));
    await eventually(async () => expect((await rowsOf(shop(page).getByRole('table')))[0]?.slice(2)).toEqual(['40', '40', '0', 'Complete']));
    expect(await shop(page).locator('dl').textContent()).toMatch(/Licences40/);

    server.fail({ kind: 'status', status: 503, times: 20 });
    await shop(page).getByRole('button', { name: 'Read everything again' }).click();
    await shop(page).getByText('Failing').waitFor();
    await eventually(async () => expect(await shop(page).getByRole('alert').textContent()).toMatch(/^The last synchronisation failed: .*as the last success left them\.$/));
    await page.goto('/unified?source=EXTERNAL');
    await eventually(async () => expect((await gridRows(page.getByRole('grid', { name: 'Unified licences' }))).length).toBeGreaterThan(10));
    await page.getByText(/^Provider data of shop/).waitFor();
  }, 3 * MINUTE);

  it('lets an analyst look, not synchronise', async () => {
    const page = await stage.open('analyst', '/providers');
    await shop(page).waitFor();
    const { viewer } = await stage.ask('analyst', '{ viewer { permissions } }');
    expect(await page.getByRole('button', { name: 'Sync now' }).count()).toBe(viewer.permissions.includes('SYNC_PROVIDERS') ? 1 : 0);
  }, 2 * MINUTE);

  it('says how far the activity log has been read', async () => {
    const page = await stage.open('admin', '/providers');
    const log = card(page, 'Activity log');
    // The page asks anew after half a minute at rest.
    await log.getByText('Following').waitFor({ timeout: MINUTE });
    const { activityRollup } = await stage.ask('admin', '{ activityRollup { newestId readThroughId } }');
    expect(activityRollup.readThroughId).toBe(activityRollup.newestId);
    expect(await log.locator('dl').textContent()).toContain(`Newest entry${activityRollup.newestId}`);
  }, 2 * MINUTE);
}, () => ({ ...providerEnvironment(server, { pageSize: 10 }), ACTIVITY_ROLLUP: '1' }));

inBrowser('Rates and prices', (stage) => {
  const rateOf = async (currency: string, day: string) =>
    (await stage.ask('admin', 'query($c: [CurrencyCode!], $r: DateRange) { exchangeRates(currencies: $c, range: $r) { nodes { unitsPerEuro source } } }', {
      c: [currency], r: { from: day, to: day },
    })).exchangeRates.nodes;

  it('sets, changes and deletes a rate, and shows the latest day first', async () => {
    const page = await stage.open('admin', '/rates?currency=USD&dates=2019-01-01..2019-12-31');
    await page.getByRole('button', { name: 'Set rate' }).click();
    await field(page, 'Day').fill('2019-05-06');
    await field(page, 'Currency').fill('usd');
    await field(page, 'Units for one euro').fill('0');
    await field(page, 'Published by').fill('Test');
    await dialog(page).getByText('The rate must be above 0.').waitFor();
    await field(page, 'Units for one euro').fill('1,1200');
    await dialog(page).getByRole('button', { name: 'Set rate' }).click();
    await eventually(async () => expect((await gridRows(rates(page)))[0]).toMatchObject({ Day: '6 May 2019', Currency: 'USD', 'Units for one euro': '1.12' }));
    await page.getByRole('button', { name: /^Change the rate USD/ }).click();
    await field(page, 'Units for one euro').fill('1.13');
    await dialog(page).getByRole('button', { name: 'Save changes' }).click();
    await eventually(async () => expect(Number((await rateOf('USD', '2019-05-06'))[0].unitsPerEuro)).toBe(1.13));
    await page.getByRole('button', { name: /^Delete the rate USD/ }).click();
    await dialog(page).getByRole('button', { name: 'Delete rate' }).click();
    await eventually(async () => expect(await rateOf('USD', '2019-05-06')).toEqual([]));
  }, 2 * MINUTE);

  it('names every wrong cell of a file, loads nothing, and keeps what was entered', async () => {
    const page = await stage.open('admin', '/rates');
    await page.getByRole('button', { name: 'Load CSV' }).click();
    await field(page, 'Published by').fill('ECB');
    await page.locator('input[type=file]').setInputFiles(file('rates.csv', 'Date,USD,GBP\n2019-03-01,1.1383,wrong\n2019-13-01,1.1,0.86\n'));
    await dialog(page).getByText('rates.csv · 3 lines with the header').waitFor();
    await dialog(page).getByRole('button', { name: 'Load', exact: true }).click();
    const wrong = dialog(page).getByRole('table');
    await eventually(async () => expect((await rowsOf(wrong)).map(([row, column]) => [row, column])).toEqual([['2', 'GBP'], ['3', 'Date']]));
    expect(await field(page, 'Published by').inputValue()).toBe('ECB');
    expect(await rateOf('USD', '2019-03-01')).toEqual([]);
    await page.locator('input[type=file]').setInputFiles(file('rates.csv', 'Date,USD,GBP\n2019-03-01,1.1383,0.8578\n'));
    await dialog(page).getByText('rates.csv · 2 lines with the header').waitFor();
    await dialog(page).getByRole('button', { name: 'Load', exact: true }).click();
    await page.getByText(/2 new, 0 changed/).waitFor();
    expect(Number((await rateOf('GBP', '2019-03-01'))[0].unitsPerEuro)).toBe(0.8578);
  }, 2 * MINUTE);

  it('adds a price, meets a conflict with what someone else saved, and deletes it', async () => {
    const page = await stage.open('admin', '/rates');
    await choice(page, 'List', 'Price list').click();
    await page.getByRole('button', { name: 'Add price' }).click();
    await field(page, 'Product').fill('Zeta-Test');
    await field(page, 'Price').fill('49.90');
    await dialog(page).getByRole('button', { name: 'Add price' }).click();
    await page.getByText('Price added').waitFor();
    await page.getByRole('searchbox', { name: 'Search products' }).fill('zeta-test');
    await eventually(async () => expect(await gridRows(prices(page))).toMatchObject([{ Product: 'zeta-test', Price: 'EUR\u00a049.90', Billed: 'a year' }]));

    await page.getByRole('button', { name: 'Edit the price of zeta-test' }).click();
    const { prices: { nodes: [price] } } = await stage.ask('admin', '{ prices(search: "zeta-test") { nodes { id etag } } }');
    await stage.ask('admin', 'mutation($id: ID!, $etag: String!) { updatePrice(id: $id, etag: $etag, input: { amount: "59.90" }) { userErrors { message } } }', price);
    await field(page, 'Price').fill('54.90');
    await dialog(page).getByRole('button', { name: 'Save changes' }).click();
    await dialog(page).getByText('Someone else changed this row', { exact: false }).waitFor();
    await dialog(page).getByRole('button', { name: 'Keep mine' }).click();
    await dialog(page).getByRole('button', { name: 'Save changes' }).click();
    await eventually(async () => expect(await gridRows(prices(page))).toMatchObject([{ Price: 'EUR\u00a054.90' }]));

    await page.getByRole('button', { name: 'Delete the price of zeta-test' }).click();
    await dialog(page).getByRole('button', { name: 'Delete price' }).click();
    await page.getByText('No price matches').waitFor();
  }, 2 * MINUTE);
});
