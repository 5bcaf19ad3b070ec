import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { inBrowser, phone, type Stage } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { date, integer, money } from '../support/english.js';
import { field, pick, scrollsSideways } from '../support/grid.js';

const MINUTE = 60_000;

const licence = async (stage: Stage, id: string) =>
  (await stage.ask('admin', 'query($id: ID!) { license(id: $id) { etag seats endDate unitCost { amount } status } }', { id })).license;

/** A round of the test's own; the newest sorts first by id. */
async function makeRound(stage: Stage): Promise<string> {
  const { companies, products } = await stage.ask('admin', '{ companies(first: 1) { nodes { id } } products(first: 1) { nodes { id } } }');
  const { createLicense } = await stage.ask('admin', 'mutation($input: CreateLicenseInput!) { createLicense(input: $input) { license { id } } }', {
    input: { companyId: companies.nodes[0].id, productId: products.nodes[0].id, startDate: '2026-01-01', endDate: '2027-12-31', seats: 50, unitCost: '12.50', currency: 'EUR' },
  });
  return createLicense.license.id;
}

/** What someone else does meanwhile. */
async function changeElsewhere(stage: Stage, id: string, input: object): Promise<void> {
  const { etag } = await licence(stage, id);
  const { updateLicense } = await stage.ask('admin', 'mutation($id: ID!, $etag: String!, $input: UpdateLicenseInput!) { updateLicense(id: $id, etag: $etag, input: $input) { userErrors { message } } }', { id, etag, input });
  expect(updateLicense.userErrors).toEqual([]);
}

const save = (page: Page) => page.getByRole('dialog').getByRole('button', { name: /^(Add licence|Save changes)$/ });
const conflict = (page: Page) => page.getByRole('alert', { name: 'Changed by someone else' });

/** The form of a round that someone else changes while it is open, after the attempt to save it. */
async function meetConflict(stage: Stage): Promise<{ page: Page; id: string }> {
  const id = await makeRound(stage);
  const page = await stage.open('admin', '/licences?sort=ID.desc');
  await page.getByRole('button', { name: `Edit licence ${id}` }).click();
  await field(page, 'Seats').fill('88');
  await changeElsewhere(stage, id, { seats: 77, unitCost: '20.00' });
  await save(page).click();
  await conflict(page).waitFor();
  expect((await licence(stage, id)).seats).toBe(77);
  return { page, id };
}

inBrowser('Licences', (stage) => {
  describe('that someone else changed', () => {
    it('is shown in both versions and kept as decided: mine', async () => {
      const { page, id } = await meetConflict(stage);
      const words = (await conflict(page).textContent())?.replace(/\s+/g, ' ');
      expect(words).toContain('Seats was 50, is now 77; you entered 88.');
      expect(words).toContain('Unit cost was 12.50, is now 20.00.');
      expect(await save(page).isDisabled()).toBe(true);
      await page.getByRole('button', { name: 'Keep mine' }).click();
      // What only the other one changed is taken over, not overwritten.
      expect(await field(page, 'Unit cost').inputValue()).toBe('20.00');
      await save(page).click();
      await page.getByText('Licence saved').waitFor();
      expect(await licence(stage, id)).toMatchObject({ seats: 88, unitCost: { amount: '20.00' } });
    }, 2 * MINUTE);

    it('is shown in both versions and kept as decided: theirs', async () => {
      const { page, id } = await meetConflict(stage);
      await page.getByRole('button', { name: 'Take theirs' }).click();
      expect(await field(page, 'Seats').inputValue()).toBe('77');
      await field(page, 'Typed status').fill('Trial');
      await page.keyboard.press('Tab');
      await save(page).click();
      await page.getByText('Licence saved').waitFor();
      expect(await licence(stage, id)).toMatchObject({ seats: 77, unitCost: { amount: '20.00' }, status: 'Trial' });
    }, 2 * MINUTE);

    it('is not deleted by someone who has not seen the change', async () => {
      const id = await makeRound(stage);
      const page = await stage.open('admin', '/licences?sort=ID.desc');
      await page.getByRole('button', { name: `Delete licence ${id}` }).click();
      await changeElsewhere(stage, id, { seats: 51 });
      const dialog = page.getByRole('dialog', { name: `Delete licence ${id}?` });
      await dialog.getByRole('button', { name: 'Delete licence' }).click();
      await dialog.getByText(/Someone else changed this row/).waitFor();
      expect((await licence(stage, id)).seats).toBe(51);
    }, 2 * MINUTE);
  });

  describe('of readers', () => {
    it('offer a viewer nothing to change', async () => {
      const page = await stage.open('viewer', '/licences');
      await page.getByRole('grid', { name: 'Licences' }).waitFor();
      expect(await page.getByRole('button', { name: /^(Add|Edit|Delete)\b/ }).count()).toBe(0);
      const { licenses } = await stage.ask('viewer', '{ licenses(first: 1, orderBy: { field: START_DATE, direction: DESC }) { nodes { id } } }');
      await page.getByRole('link', { name: new RegExp(`^Open licence ${licenses.nodes[0].id},`) }).click();
      await page.getByRole('heading', { name: 'Terms' }).waitFor();
      expect(await page.getByRole('button', { name: /^(Add|Edit|Delete)\b/ }).count()).toBe(0);
    }, 2 * MINUTE);

    it('say the same of a round that does not exist as of one of others', async () => {
      const { viewer } = await stage.ask('partner', '{ viewer { partner { id } } }');
      const { licenses } = await stage.ask('admin', 'query($filter: LicenseFilter) { licenses(first: 1, filter: $filter) { nodes { id } } }', {
        filter: { partner: { notIn: [viewer.partner.id] } },
      });
      const texts = [];
      for (const id of [licenses.nodes[0].id, '99999999']) {
        const page = await stage.open('partner', `/licences/${id}`);
        await page.getByText('There is no such licence').waitFor();
        texts.push(await page.getByRole('main').textContent());
      }
      expect(texts[0]).toBe(texts[1]);
    }, 2 * MINUTE);
  });

  describe('on a phone', () => {
    it('are cards with the values of the API', async () => {
      const page = await stage.open('admin', '/licences', { viewport: phone });
      const cards = page.getByRole('list', { name: 'Licences' }).locator('> li');
      await cards.first().waitFor();
      const { licenses } = await stage.ask('admin', `{ licenses(first: 20, orderBy: { field: START_DATE, direction: DESC }) {
        nodes { id owner { ... on Company { name } ... on Partner { name } } seats endDate annualValue { amount currency } } } }`);
      const texts = (await cards.allTextContents()).slice(0, licenses.nodes.length);
      for (const [index, { owner, seats, endDate, annualValue }] of licenses.nodes.entries()) {
        for (const words of [owner?.name ?? 'No owner', `Seats${integer(seats)}`, `End${endDate === null ? 'No end' : date(endDate)}`, annualValue === null ? '–' : money(annualValue)]) {
          expect(texts[index]).toContain(words);
        }
      }
      expect(await scrollsSideways(page)).toBe(false);
      await cards.first().getByRole('link').first().click();
      await page.waitForURL(`**/licences/${licenses.nodes[0].id}`);
    }, 2 * MINUTE);

    it('are added in a form that fills the screen', async () => {
      const page = await stage.open('admin', '/licences', { viewport: phone });
      const { companies, products } = await stage.ask('admin', '{ companies(first: 1, orderBy: { field: NAME }) { nodes { name } } products(first: 1, orderBy: { field: LABEL }) { nodes { label code } } }');
      await page.getByRole('button', { name: 'Add licence' }).click();
      const dialog = page.getByRole('dialog', { name: 'Add licence' });
      await dialog.waitFor();
      await eventually(async () => expect(await dialog.boundingBox()).toMatchObject({ x: 0, y: 0, ...phone }));
      await pick(page, 'Owner', companies.nodes[0].name, companies.nodes[0].name);
      await pick(page, 'Product', products.nodes[0].label, `${products.nodes[0].label} (${products.nodes[0].code})`);
      await field(page, 'Seats').fill('17');
      await field(page, 'Unit cost').fill('1,50');
      expect(await scrollsSideways(page)).toBe(false);
      const button = await save(page).boundingBox();
      expect(button && button.y + button.height).toBeLessThanOrEqual(phone.height);
      expect(button?.height).toBeGreaterThanOrEqual(24);
      await save(page).click();
      await page.getByText('Licence added').waitFor();
      const { licenses } = await stage.ask('admin', '{ licenses(first: 1, orderBy: { field: ID, direction: DESC }) { nodes { seats unitCost { amount } } } }');
      expect(licenses.nodes[0]).toEqual({ seats: 17, unitCost: { amount: '1.50' } });
    }, 2 * MINUTE);
  });
});
