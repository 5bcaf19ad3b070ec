import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { inBrowser, type Stage } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { date, integer, money } from '../support/english.js';
import { field, gridRows, pick } from '../support/grid.js';

const MINUTE = 60_000;
const ROW = 'id etag owner { ... on Company { name } ... on Partner { name } } product { label } startDate endDate seats unitCost { amount currency } annualValue { amount currency } status';

interface Question {
  filter?: object;
  orderBy?: object;
}

async function answer(stage: Stage, { filter, orderBy = { field: 'START_DATE', direction: 'DESC' } }: Question = {}) {
  const { licenses } = await stage.ask(
    'admin', `query($filter: LicenseFilter, $orderBy: LicenseOrder) { licenses(first: 500, filter: $filter, orderBy: $orderBy) { totalCount nodes { ${ROW} } } }`,
    { filter, orderBy },
  );
  return licenses;
}

const licence = async (stage: Stage, id: string) => (await stage.ask('admin', `query($id: ID!) { license(id: $id) { ${ROW} } }`, { id })).license;

/** A row as the grid writes it. */
const written = (row: any) => ({
  Owner: row.owner?.name ?? 'No owner',
  Product: row.product?.label ?? '–',
  Seats: integer(row.seats),
  Start: date(row.startDate),
  End: row.endDate === null ? 'No end' : date(row.endDate),
  'Annual value': row.annualValue === null ? '–' : money(row.annualValue),
});

/** The ids of the rows in view, from the links that open them. */
const idsOf = (page: Page) =>
  grid(page).getByRole('link', { name: /^Open licence / }).evaluateAll((links: any[]) => links.map((link) => link.pathname.split('/').at(-1)));

const grid = (page: Page) => page.getByRole('grid', { name: 'Licences' });

/** Waits until the grid shows the first rows of the answer, in its order. */
async function agrees(stage: Stage, page: Page, question: Question = {}) {
  const { nodes, totalCount } = await answer(stage, question);
  await eventually(async () => {
    const shown = await gridRows(grid(page));
    expect(shown.length).toBeGreaterThan(Math.min(10, nodes.length) - 1);
    expect(shown).toMatchObject(nodes.slice(0, shown.length).map(written));
    expect(await idsOf(page)).toEqual(nodes.slice(0, shown.length).map(({ id }: { id: string }) => id));
  });
  expect(await grid(page).getAttribute('aria-rowcount')).toBe(String(totalCount + 1));
  return nodes;
}

const parameter = (page: Page, key: string) => new URL(page.url()).searchParams.get(key);
const save = (page: Page) => page.getByRole('dialog').getByRole('button', { name: /^(Add licence|Save changes)$/ });

/** A round of the test's own, which sorts first by id. */
async function makeRound(stage: Stage): Promise<string> {
  const { companies, products } = await stage.ask('admin', '{ companies(first: 1) { nodes { id } } products(first: 1) { nodes { id } } }');
  const { createLicense } = await stage.ask('admin', 'mutation($input: CreateLicenseInput!) { createLicense(input: $input) { license { id } } }', {
    input: { companyId: companies.nodes[0].id, productId: products.nodes[0].id, startDate: '2026-01-01', endDate: '2027-12-31', seats: 50, unitCost: '12.50', currency: 'EUR' },
  });
  return createLicense.license.id;
}

async function openNewest(stage: Stage): Promise<{ page: Page; id: string }> {
  const id = await makeRound(stage);
  const page = await stage.open('admin', '/licences?sort=ID.desc');
  await grid(page).waitFor();
  return { page, id };
}

inBrowser('Licences', (stage) => {
  it('lists the rows of the API in its order, and reads on while scrolling', async () => {
    const page = await stage.open('admin', '/licences');
    const nodes = await agrees(stage, page);
    const { totalCount } = await answer(stage);
    await page.getByText(`200 of ${integer(totalCount)} rows`).waitFor();
    for (let pages = 2; pages <= Math.ceil(totalCount / 200); pages += 1) {
      await grid(page).evaluate((element: any) => { element.scrollTop = element.scrollHeight; });
      await page.getByText(`${integer(Math.min(pages * 200, totalCount))} of ${integer(totalCount)} rows`).waitFor();
    }
    await grid(page).evaluate((element: any) => { element.scrollTop = 36 * 300; });
    await eventually(async () => {
      const ids = await idsOf(page);
      const first = nodes.findIndex(({ id }: { id: string }) => id === ids[0]);
      expect(first).toBeGreaterThan(250);
      expect(ids).toEqual(nodes.slice(first, first + ids.length).map(({ id }: { id: string }) => id));
    });
  }, 2 * MINUTE);

  it('orders on the server, and keeps the ordering in the URL', async () => {
    const page = await stage.open('admin', '/licences');
    await grid(page).waitFor();
    await page.getByRole('columnheader', { name: 'Seats' }).click();
    await agrees(stage, page, { orderBy: { field: 'SEATS', direction: 'ASC' } });
    expect(parameter(page, 'sort')).toBe('SEATS.asc');
    await page.getByRole('columnheader', { name: 'Seats' }).click();
    await agrees(stage, page, { orderBy: { field: 'SEATS', direction: 'DESC' } });
    expect(await page.getByRole('columnheader', { name: 'Seats' }).getAttribute('aria-sort')).toBe('descending');
    await page.reload();
    await agrees(stage, page, { orderBy: { field: 'SEATS', direction: 'DESC' } });
  }, 2 * MINUTE);

  it('filters and searches on the server', async () => {
    const page = await stage.open('admin', '/licences');
    await grid(page).waitFor();
    await page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: 'Status' }).click();
    await page.getByRole('checkbox', { name: 'Perpetual' }).check();
    await page.keyboard.press('Escape');
    const perpetual = { lifecycleStatus: { in: ['PERPETUAL'] } };
    const [{ owner }] = await agrees(stage, page, { filter: perpetual });
    await page.getByRole('searchbox', { name: 'Search licences' }).fill(owner.name);
    await eventually(() => expect(parameter(page, 'q')).toBe(owner.name));
    await agrees(stage, page, { filter: { ...perpetual, search: owner.name } });
    await page.getByRole('searchbox', { name: 'Search licences' }).fill('no such owner');
    await page.getByText('No licence matches').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await agrees(stage, page);
  }, 2 * MINUTE);

  it('checks a new licence while it is typed, saves it once it is right', async () => {
    const page = await stage.open('admin', '/licences');
    const { companies, products } = await stage.ask('admin', '{ companies(first: 1, orderBy: { field: NAME }) { nodes { name } } products(first: 1, orderBy: { field: LABEL }) { nodes { label code } } }');
    const [company, product] = [companies.nodes[0], products.nodes[0]];
    const { totalCount: before } = await answer(stage);
    let sent = 0;
    page.on('request', (request) => { sent += request.postData()?.includes('mutation CreateLicence') ? 1 : 0; });
    await page.getByRole('button', { name: 'Add licence' }).click();
    await field(page, 'Start').fill('2026-05-01');
    await field(page, 'End').fill('2026-04-30');
    await page.getByText('The end is before the start.').waitFor();
    await field(page, 'Seats').fill('0');
    await page.getByText('At least 1 seat.').waitFor();
    await save(page).click();
    await page.getByText('Choose the owner.').waitFor();
    expect(await field(page, 'Seats').getAttribute('aria-invalid')).toBe('true');
    expect(sent).toBe(0);
    await pick(page, 'Owner', company.name, company.name);
    await pick(page, 'Product', product.label, `${product.label} (${product.code})`);
    await field(page, 'End').fill('2027-04-30');
    await field(page, 'Seats').fill('321');
    await field(page, 'Unit cost').fill('19.90');
    expect(await page.getByRole('dialog').locator('[aria-invalid=true]').count()).toBe(0);
    await save(page).click();
    await page.getByText('Licence added').waitFor();
    await eventually(async () => expect(await page.getByRole('dialog').count()).toBe(0));
    expect(sent).toBe(1);
    const { totalCount, nodes } = await answer(stage, { orderBy: { field: 'ID', direction: 'DESC' } });
    expect(totalCount).toBe(before + 1);
    expect(nodes[0]).toMatchObject({
      owner: { name: company.name }, product: { label: product.label }, startDate: '2026-05-01', endDate: '2027-04-30', seats: 321,
      unitCost: { amount: '19.90', currency: 'EUR' }, annualValue: { amount: '6387.90', currency: 'EUR' }, status: 'Active',
    });
    await page.getByText(`of ${integer(totalCount)} rows`).waitFor();
  }, 2 * MINUTE);

  it('changes a licence, and shows it changed', async () => {
    const { page, id } = await openNewest(stage);
    const before = await licence(stage, id);
    await page.getByRole('button', { name: `Edit licence ${id}` }).click();
    expect(await save(page).isDisabled()).toBe(true);
    await field(page, 'Seats').fill('64');
    await field(page, 'End').fill('');
    await save(page).click();
    await page.getByText('Licence saved').waitFor();
    const after = await licence(stage, id);
    expect(after).toMatchObject({ ...before, etag: expect.any(String), seats: 64, endDate: null, annualValue: { amount: '800.00', currency: 'EUR' } });
    expect(after.etag).not.toBe(before.etag);
    // Reaching for the buttons at the end of the row scrolled the grid sideways.
    await grid(page).evaluate((element: any) => { element.scrollLeft = 0; });
    await eventually(async () => expect((await gridRows(grid(page)))[0]).toMatchObject(written(after)));
  }, 2 * MINUTE);

  it('asks before it closes over something typed', async () => {
    const { page, id } = await openNewest(stage);
    await page.getByRole('button', { name: `Edit licence ${id}` }).click();
    await field(page, 'Seats').fill('65');
    await page.keyboard.press('Escape');
    const question = page.getByRole('alertdialog', { name: 'Discard changes?' });
    await question.getByRole('button', { name: 'Keep editing' }).click();
    expect(await field(page, 'Seats').inputValue()).toBe('65');
    await page.keyboard.press('Escape');
    await question.getByRole('button', { name: 'Discard' }).click();
    await eventually(async () => expect(await page.getByRole('dialog').count()).toBe(0));
    expect((await licence(stage, id)).seats).toBe(50);
  }, 2 * MINUTE);

  it('deletes a licence only after asking', async () => {
    const { page, id } = await openNewest(stage);
    const dialog = page.getByRole('dialog', { name: `Delete licence ${id}?` });
    await page.getByRole('button', { name: `Delete licence ${id}` }).click();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await licence(stage, id)).not.toBeNull();
    await page.getByRole('button', { name: `Delete licence ${id}` }).click();
    await dialog.getByRole('button', { name: 'Delete licence' }).click();
    await page.getByText('Licence deleted').waitFor();
    expect(await licence(stage, id)).toBeNull();
    await eventually(async () => expect(await idsOf(page)).not.toContain(id));
  }, 2 * MINUTE);
});
