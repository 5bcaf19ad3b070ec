import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { inBrowser, rowsOf, type Stage } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { field, pick } from '../support/grid.js';

const MINUTE = 60_000;
/** Terms are of the two years before, so that what follows them is in force today. */
const thisYear = new Date().getUTCFullYear();
const [yearBefore, lastYear, nextYear] = [thisYear - 2, thisYear - 1, thisYear + 1];
const daysOfFebruary = (year: number) => new Date(Date.UTC(year, 2, 0)).getUTCDate();

interface Rounds {
  /** A year at 3 × 19.99 euros, a month at 10 × 100 euros, and one without end at 5 × 10 dollars. */
  year: string;
  month: string;
  endless: string;
  owner: string;
  product: string;
}

/** Three rounds of a company of the test's own, which sort first by id. */
async function makeRounds(stage: Stage, name: string): Promise<Rounds> {
  const { createCompany: { company } } = await stage.ask('admin', 'mutation($name: String!) { createCompany(input: { name: $name }) { company { id name } } }', { name });
  const { products: { nodes: [product] } } = await stage.ask('admin', '{ products(first: 1) { nodes { id label } } }');
  const terms = [
    { startDate: `${yearBefore}-01-01`, endDate: `${yearBefore}-12-31`, seats: 3, unitCost: '19.99', currency: 'EUR' },
    { startDate: `${lastYear}-02-01`, endDate: `${lastYear}-02-${daysOfFebruary(lastYear)}`, seats: 10, unitCost: '100', currency: 'EUR' },
    { startDate: '2025-06-01', endDate: null, seats: 5, unitCost: '10', currency: 'USD' },
  ];
  const { changeLicenses } = await stage.ask('admin', 'mutation($changes: [LicenseChange!]!) { changeLicenses(changes: $changes) { saved results { license { id } } } }', {
    changes: terms.map((term, index) => ({ key: String(index), create: { companyId: company.id, productId: product.id, ...term } })),
  });
  const [year, month, endless] = changeLicenses.results.map(({ license }: any) => license.id);
  return { year, month, endless, owner: company.name, product: product.label };
}

const bar = (page: Page) => page.getByRole('region', { name: 'Selected licences' });
const dialog = (page: Page) => page.getByRole('dialog');
const effects = (page: Page) => rowsOf(dialog(page).getByRole('region', { name: 'Effect on each licence' }).getByRole('table'));
const moneyLines = (page: Page) => rowsOf(dialog(page).getByRole('table', { name: 'Annual value in force today' }));
const select = (page: Page, id: string) => page.getByRole('checkbox', { name: `Select licence ${id}`, exact: true }).check();

async function selected(stage: Stage, ids: string[]): Promise<Page> {
  const page = await stage.open('admin', '/licences?sort=ID.desc');
  for (const id of ids) await select(page, id);
  await bar(page).getByText(`${ids.length} licences selected`).waitFor();
  return page;
}

const licences = async (stage: Stage, ids: string[]) =>
  (await stage.ask('admin', `query($ids: [ID!]) { licenses(first: 500, filter: { id: { in: $ids } }, orderBy: { field: ID, direction: ASC }) { nodes {
    id startDate endDate seats status owner { ... on Company { name } ... on Partner { name } } unitCost { amount currency } } } }`, { ids })).licenses.nodes;

inBrowser('Bulk actions on licences', (stage) => {
  it('renews what can be renewed, and says why it leaves the rest', async () => {
    const { year, month, endless, owner, product } = await makeRounds(stage, 'Bulk Renewals');
    const page = await selected(stage, [year, month, endless]);
    await bar(page).getByRole('button', { name: 'Renew' }).click();
    await dialog(page).getByText('2 licences will be renewed, 1 licence left as it is.').waitFor();
    const name = `${owner} · ${product}`;
    const leftAsItIs = [endless, name, 'Left as it is. It has no end.'];
    expect((await effects(page)).sort()).toEqual([
      [year, name, `1 Jan – 31 Dec ${yearBefore}, 3 seats`, `1 Jan – 31 Dec ${lastYear}`],
      [month, name, `1 – ${daysOfFebruary(lastYear)} Feb ${lastYear}, 10 seats`, `1 – 31 Mar ${lastYear}`],
      leftAsItIs,
    ].sort());
    expect(await moneyLines(page)).toEqual([['USD', expect.stringMatching(/50\.00$/), 'unchanged']]);
    await dialog(page).getByRole('button', { name: 'Left as they are 1' }).click();
    expect(await effects(page)).toEqual([leftAsItIs]);
    await dialog(page).getByRole('button', { name: 'Other' }).click();
    await dialog(page).getByLabel(/^Months/).fill('121');
    await dialog(page).getByText('A whole number from 1 to 120').waitFor();
    expect(await dialog(page).getByRole('button', { name: /^Renew/ }).isDisabled()).toBe(true);
    await dialog(page).getByLabel(/^Months/).fill('36');
    await dialog(page).getByRole('button', { name: 'All 3' }).click();
    const lastFebruary = daysOfFebruary(thisYear + 2);
    await eventually(async () => expect((await effects(page)).map((cells) => cells.at(-1)).sort()).toEqual([
      `1 Jan ${lastYear} – 31 Dec ${nextYear}`, `1 Mar ${lastYear} – ${lastFebruary} Feb ${thisYear + 2}`, leftAsItIs.at(-1),
    ]));
    // Both would now be in force: 3 × 19.99 and 10 × 100 euros.
    expect(await moneyLines(page)).toEqual([['EUR', expect.stringContaining('0.00'), expect.stringMatching(/1,059\.97$/)], ['USD', expect.anything(), 'unchanged']]);
    await dialog(page).getByRole('button', { name: 'Renew 2 licences' }).click();
    await page.getByText('2 licences renewed').waitFor();
    await bar(page).waitFor({ state: 'detached' });
    const { licenses } = await stage.ask('admin', '{ licenses(first: 2, orderBy: { field: ID, direction: DESC }) { nodes { id startDate endDate seats status unitCost { amount currency } history(first: 1) { nodes { via action } } } } }');
    expect(licenses.nodes.map(({ id, ...rest }: any) => rest).sort((a: any, b: any) => a.seats - b.seats)).toEqual([
      { startDate: `${lastYear}-01-01`, endDate: `${nextYear}-12-31`, seats: 3, status: 'Active', unitCost: { amount: '19.99', currency: 'EUR' }, history: { nodes: [{ via: 'GRID', action: 'CREATE' }] } },
      { startDate: `${lastYear}-03-01`, endDate: `${thisYear + 2}-02-${lastFebruary}`, seats: 10, status: 'Active', unitCost: { amount: '100.00', currency: 'EUR' }, history: { nodes: [{ via: 'GRID', action: 'CREATE' }] } },
    ]);
    for (const { id } of licenses.nodes) await page.getByRole('checkbox', { name: `Select licence ${id}`, exact: true }).waitFor();
  }, 3 * MINUTE);

  it('does not change what someone else changed since the preview, shows it anew, and then does', async () => {
    const { year, month } = await makeRounds(stage, 'Bulk Statuses');
    const page = await selected(stage, [year, month]);
    await bar(page).getByRole('button', { name: 'Change status' }).click();
    await field(page, 'New status').fill('Parked');
    await dialog(page).getByText('2 licences will be changed.').waitFor();
    const { license: { etag } } = await stage.ask('admin', 'query($id: ID!) { license(id: $id) { etag } }', { id: year });
    await stage.ask('admin', 'mutation($id: ID!, $etag: String!) { updateLicense(id: $id, etag: $etag, input: { status: "Parked" }) { userErrors { code } } }', { id: year, etag });
    await dialog(page).getByRole('button', { name: 'Change 2 licences' }).click();
    await dialog(page).getByRole('alert').getByText('The licences were changed since the preview. Nothing was done.').waitFor();
    await dialog(page).getByText('1 licence will be changed, 1 licence left as it is.').waitFor();
    expect((await licences(stage, [year, month])).map(({ status }: any) => status)).toEqual(['Parked', 'Active']);
    await dialog(page).getByRole('button', { name: 'Change 1 licence' }).click();
    await page.getByText('Status of 1 licence changed').waitFor();
    expect((await licences(stage, [year, month])).map(({ status }: any) => status)).toEqual(['Parked', 'Parked']);
  }, 3 * MINUTE);

  it('changes the owner, and deletes', async () => {
    const { year, month, endless } = await makeRounds(stage, 'Bulk Owners');
    const { partners } = await stage.ask('admin', '{ partners(first: 1) { nodes { name } } }');
    const [{ name }] = partners.nodes;
    const page = await selected(stage, [year, month, endless]);
    await bar(page).getByRole('button', { name: 'Change owner' }).click();
    expect(await dialog(page).getByRole('button', { name: 'Change owner' }).isDisabled()).toBe(true);
    await pick(page, 'New owner', name, name);
    await dialog(page).getByRole('button', { name: 'Change 3 licences' }).click();
    await page.getByText('Owner of 3 licences changed').waitFor();
    expect((await licences(stage, [year, month, endless])).map(({ owner }: any) => owner.name)).toEqual([name, name, name]);
    for (const id of [month, endless]) await select(page, id);
    await bar(page).getByRole('button', { name: 'Delete' }).click();
    await dialog(page).getByText('2 licences will be deleted.').waitFor();
    expect(await moneyLines(page)).toEqual([['USD', expect.stringMatching(/50\.00$/), expect.stringMatching(/0\.00$/)]]);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    expect(await licences(stage, [month, endless])).toHaveLength(2);
    await bar(page).getByRole('button', { name: 'Delete' }).click();
    await dialog(page).getByRole('button', { name: 'Delete 2 licences' }).click();
    await page.getByText('2 licences deleted').waitFor();
    expect(await licences(stage, [year, month, endless])).toHaveLength(1);
    await page.getByRole('checkbox', { name: `Select licence ${month}`, exact: true }).waitFor({ state: 'detached' });
  }, 3 * MINUTE);
});
