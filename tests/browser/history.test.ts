import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { card, inBrowser, phone, type Stage } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { scrollsSideways } from '../support/grid.js';
import { byHeader, savedCsv } from '../support/reports-browser.js';

const MINUTE = 60_000;

const FIELDS = 'etag seats status unitCost { amount }';
const licence = async (stage: Stage, id: string) => (await stage.ask('admin', `query($id: ID!) { license(id: $id) { ${FIELDS} } }`, { id })).license;

/** A round of the test's own. */
async function makeRound(stage: Stage): Promise<string> {
  const { companies, products } = await stage.ask('admin', '{ companies(first: 1) { nodes { id } } products(first: 1) { nodes { id } } }');
  const { createLicense } = await stage.ask('admin', 'mutation($input: CreateLicenseInput!) { createLicense(input: $input) { license { id } } }', {
    input: { companyId: companies.nodes[0].id, productId: products.nodes[0].id, startDate: '2026-01-01', endDate: '2027-12-31', seats: 50, unitCost: '12.50', currency: 'EUR' },
  });
  return createLicense.license.id;
}

async function change(stage: Stage, id: string, input: object): Promise<void> {
  const { etag } = await licence(stage, id);
  const { result } = await stage.ask('admin', 'mutation($id: ID!, $etag: String!, $input: UpdateLicenseInput!) { result: updateLicense(id: $id, etag: $etag, input: $input) { userErrors { message } } }', { id, etag, input });
  expect(result.userErrors).toEqual([]);
}

async function remove(stage: Stage, id: string): Promise<void> {
  const { etag } = await licence(stage, id);
  const { result } = await stage.ask('admin', 'mutation($id: ID!, $etag: String!) { result: deleteLicense(id: $id, etag: $etag) { userErrors { message } } }', { id, etag });
  expect(result.userErrors).toEqual([]);
}

/** The closed changes of a list, line by line: done, what, changes, through. */
const entries = (table: Locator): Promise<string[][]> => table.evaluate((element: any) =>
  [...element.querySelectorAll('tbody > tr')].filter((row: any) => row.querySelector('button[aria-expanded]')).map((row: any) =>
    [...row.cells].slice(2).map((cell: any) => String(cell.innerText).replace(/\s+/g, ' ').trim())));
/** The fields of the open change. */
const fields = (table: Locator): Promise<string[][]> => table.locator('table').first().evaluate((element: any) =>
  [...element.tBodies[0].rows].map((row: any) => [...row.cells].slice(0, 3).map((cell: any) => String(cell.innerText).trim())));
const log = (page: Page) => page.getByRole('table', { name: 'Changes' });
const ownHistory = (page: Page) => page.getByRole('table', { name: 'History' });

inBrowser('History', (stage) => {
  it('lists changes the latest first, opens them to their fields, and filters by the URL', async () => {
    const id = await makeRound(stage);
    await change(stage, id, { seats: 60 });
    const page = await stage.open('admin', '/history');
    await log(page).waitFor();
    const [changed, created] = await entries(log(page));
    expect([changed?.[0], changed?.[2], changed?.[3]]).toEqual(['Changed', 'Seats 50 → 60, Total as stored 625.00 → 750.00', 'API']);
    expect(changed?.[1]).toContain(`Licence ${id}`);
    expect(created?.[0]).toBe('Created');
    await log(page).getByRole('button').first().click();
    expect(await fields(log(page))).toEqual([['Seats', '50', '60'], ['Total as stored', '625.00', '750.00']]);
    const { createPartner } = await stage.ask('admin', 'mutation { createPartner(input: { name: "Made for the history" }) { partner { id } } }');
    await page.getByRole('button', { name: 'Kind' }).click();
    await page.getByRole('checkbox', { name: 'Partner' }).check();
    await page.keyboard.press('Escape');
    await eventually(async () => expect((await entries(log(page))).map(([, what]) => what)).toEqual([`Made for the history Partner ${createPartner.partner.id}`]));
    expect(new URL(page.url()).search).toContain('kind=Partner');
    await page.goto(`/history?kind=License&id=${id}&done=CREATE&via=API&dates=last30&by=admin`);
    await eventually(async () => expect((await entries(log(page))).map(([done]) => done)).toEqual(['Created']));
    await page.goto('/history?by=nobody-of-this-name');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await eventually(async () => expect((await entries(log(page))).length).toBeGreaterThan(2));
  }, 2 * MINUTE);

  it('is saved as CSV with the filters in force', async () => {
    const id = await makeRound(stage);
    await change(stage, id, { status: '=1+1' });
    const page = await stage.open('admin', `/history?kind=License&id=${id}&done=UPDATE`);
    await log(page).waitFor();
    const [row, ...rest] = byHeader((await savedCsv(page)).records);
    expect(rest).toEqual([]);
    expect(row).toMatchObject({ by: 'admin@seatwise.example', done: 'Changed', kind: 'Licence', id, changes: 'status: Active → =1+1', through: 'API' });
  }, 2 * MINUTE);

  it('brings a deleted licence back, from the list and from where its page was', async () => {
    const id = await makeRound(stage);
    await remove(stage, id);
    const page = await stage.open('admin', '/history');
    await page.getByRole('button', { name: 'Deleted, can be restored' }).click();
    await eventually(async () => expect(new Set((await entries(log(page))).map(([done]) => done))).toEqual(new Set(['Deleted'])));
    await log(page).locator('tr').filter({ hasText: `Licence ${id}` }).getByRole('button').click();
    await page.getByRole('button', { name: `Restore licence ${id}` }).click();
    await page.getByText(`Licence ${id} restored`).waitFor();
    expect((await licence(stage, id)).seats).toBe(50);
    await remove(stage, id);
    await page.goto(`/licences/${id}`);
    await page.getByRole('heading', { name: 'Licence deleted' }).waitFor();
    await page.getByRole('button', { name: `Restore licence ${id}` }).click();
    await eventually(async () => expect((await entries(ownHistory(page))).map(([done, , through]) => [done, through])).toEqual([
      ['Restored', 'History'], ['Deleted', 'API'], ['Restored', 'History'], ['Deleted', 'API'], ['Created', 'API'],
    ]));
    expect((await licence(stage, id)).unitCost.amount).toBe('12.50');
  }, 2 * MINUTE);

  describe('on the page of a licence', () => {
    it('gives an earlier value back', async () => {
      const id = await makeRound(stage);
      await change(stage, id, { seats: 60, status: 'Paused' });
      const page = await stage.open('admin', `/licences/${id}`);
      await ownHistory(page).getByRole('button').first().click();
      await page.getByRole('button', { name: 'Restore this value: Seats 50' }).click();
      await page.getByText('Seats is 50 again').waitFor();
      await eventually(async () => expect((await entries(ownHistory(page)))[0]).toEqual(['Changed', 'Seats 60 → 50, Total as stored 750.00 → 625.00', 'History']));
      await eventually(async () => expect(await card(page, 'Terms').textContent()).toMatch(/Seats50/));
      expect(await licence(stage, id)).toMatchObject({ seats: 50, status: 'Paused' });
    }, 2 * MINUTE);

    it('shows what someone else changed meanwhile, and lets one choose', async () => {
      const id = await makeRound(stage);
      await change(stage, id, { seats: 60 });
      const page = await stage.open('admin', `/licences/${id}`);
      await ownHistory(page).getByRole('button').first().click();
      await change(stage, id, { seats: 70 });
      await page.getByRole('button', { name: 'Restore this value: Seats 50' }).click();
      const notice = card(page, 'History').getByRole('alert');
      await notice.getByText(/Demo administrator: Seats 60 → 70/).waitFor();
      expect((await licence(stage, id)).seats).toBe(70);
      await notice.getByRole('button', { name: 'Restore Seats 50 all the same' }).click();
      await page.getByText('Seats is 50 again').waitFor();
      expect((await licence(stage, id)).seats).toBe(50);
    }, 2 * MINUTE);

    it('is read without buttons by analysts, and not at all by others', async () => {
      const id = await makeRound(stage);
      await change(stage, id, { seats: 60 });
      const analyst = await stage.open('analyst', `/licences/${id}`);
      await ownHistory(analyst).getByRole('button').first().click();
      expect(await fields(ownHistory(analyst))).toEqual([['Seats', '50', '60'], ['Total as stored', '625.00', '750.00']]);
      expect(await analyst.getByRole('button', { name: /^Restore/ }).count()).toBe(0);
      expect(await analyst.getByRole('link', { name: 'History' }).count()).toBe(0);
      await analyst.goto('/history');
      await analyst.getByText('Your role does not include the history').waitFor();
      const viewer = await stage.open('viewer', `/licences/${id}`);
      await card(viewer, 'Terms').waitFor();
      expect(await viewer.getByRole('heading', { name: 'History' }).count()).toBe(0);
      await viewer.goto('/licences/99999999');
      await viewer.getByText('There is no such licence').waitFor();
    }, 2 * MINUTE);
  });

  it('stands on the pages of companies and partners', async () => {
    const { createCompany } = await stage.ask('admin', 'mutation { createCompany(input: { name: "Watched" }) { company { id } } }');
    const { createPartner } = await stage.ask('admin', 'mutation { createPartner(input: { name: "Watched partner" }) { partner { id } } }');
    const page = await stage.open('admin', `/companies/${createCompany.company.id}`);
    await eventually(async () => expect(await entries(ownHistory(page))).toEqual([['Created', '', 'API']]));
    await page.goto(`/partners/${createPartner.partner.id}`);
    await eventually(async () => expect(await entries(ownHistory(page))).toEqual([['Created', '', 'API']]));
    await page.getByRole('link', { name: 'Open in history' }).click();
    await eventually(async () => expect((await entries(log(page)))[0]?.[1]).toBe(`Watched partner Partner ${createPartner.partner.id}`));
  }, 2 * MINUTE);

  it('fits a phone', async () => {
    await change(stage, await makeRound(stage), { seats: 61 });
    const page = await stage.open('admin', '/history', { viewport: phone });
    await log(page).getByRole('button').first().click();
    expect(await fields(log(page))).toContainEqual(['Seats', '50', '61']);
    expect(await scrollsSideways(page)).toBe(false);
  }, 2 * MINUTE);
});
