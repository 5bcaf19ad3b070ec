import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { card, chart, inBrowser, rowsOf, type Stage } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { compact, date, integer, money, percent } from '../support/english.js';
import { field, gridRows } from '../support/grid.js';

const MINUTE = 60_000;
const FIGURES = 'seatsInForce registeredUsers activeUsers ratio { value } band unusedSeats';
const bandWord: Record<string, string> = { OVER: 'Over-used', WELL: 'Well used', UNDER: 'Under-used', UNLICENSED: 'Unlicensed' };

const grid = (page: Page, name: string) => page.getByRole('grid', { name, exact: true });

const owner = ({ utilization: figures }: any): Record<string, string> => ({
  'Seats in force': integer(figures.seatsInForce),
  'Registered users': integer(figures.registeredUsers),
  'Active users': integer(figures.activeUsers),
  Utilisation: percent(figures.ratio.value),
  'Unused seats': integer(figures.unusedSeats),
  Band: figures.band === null ? '–' : bandWord[figures.band] ?? '?',
});

/** The grid shows these rows first; columns that lie outside of the window are not in the page. */
async function shows(page: Page, name: string, expected: Record<string, string>[], must: string[]): Promise<void> {
  await eventually(async () => {
    const rows = await gridRows(grid(page, name));
    expect(rows.length).toBeGreaterThanOrEqual(Math.min(5, expected.length));
    expect(Object.keys(rows[0] ?? {})).toEqual(expect.arrayContaining(must));
    const here = expected.slice(0, rows.length).map((row, index) => Object.fromEntries(Object.entries(row).filter(([key]) => key in (rows[index] ?? {}))));
    expect(rows).toMatchObject(here);
  });
}

async function showsFigures(page: Page, { utilization: figures }: any): Promise<void> {
  const count = (label: string, value: number) => `${label}: ${compact(value)}, exactly ${integer(value)}`;
  await eventually(async () => {
    expect(await page.getByRole('region', { name: 'Key figures' }).locator('a').allTextContents()).toEqual([
      count('Seats in force', figures.seatsInForce), count('Active users', figures.activeUsers),
      `Utilisation: ${percent(figures.ratio.value)}`, `Unused seats: ${integer(figures.unusedSeats)}`,
    ]);
  });
}

const LICENCES = 'licenses(first: 200, orderBy: { field: END_DATE, direction: DESC }) { nodes { id owner { ... on Company { name } ... on Partner { name } } seats startDate endDate annualValue { amount currency } } }';
const USERS = 'users(first: 200, orderBy: { field: NAME }) { nodes { firstName lastName email } }';

const licenceRow = ({ id, owner: holder, seats, startDate, endDate, annualValue }: any): Record<string, string> => ({
  Id: id, Owner: holder?.name ?? 'No owner', Seats: integer(seats), Start: date(startDate), End: endDate === null ? 'No end' : date(endDate),
  'Annual value': annualValue === null ? '–' : money(annualValue),
});
const userRow = ({ firstName, lastName, email }: any): Record<string, string> => ({
  Name: [firstName, lastName].filter(Boolean).join(' ') || email, 'E-mail': email ?? '–',
});

/** The largest owner of a kind, with all that its page shows. */
async function largest(stage: Stage, kind: 'company' | 'partner') {
  const { utilization } = await stage.ask('admin', `{ utilization(ownerTypes: [${kind.toUpperCase()}], first: 1, orderBy: { field: REGISTERED_USERS }) { nodes { ownerId } } }`);
  const companies = kind === 'partner' ? `companies(first: 200, orderBy: { field: NAME }) { nodes { name utilization { ${FIGURES} } } }` : '';
  const data = await stage.ask('admin', `query($id: ID!) { ${kind}(id: $id) { id name utilization { ${FIGURES} } ${LICENCES} ${USERS} ${companies} } }`, { id: utilization.nodes[0].ownerId });
  return data[kind];
}

async function points(stage: Stage, kind: string, id: string, interval: string): Promise<string[][]> {
  const { viewer } = await stage.ask('admin', '{ viewer { settings { today } } }');
  const to = viewer.settings.today;
  const from = new Date(Date.parse(to) - 89 * 86_400_000).toISOString().slice(0, 10);
  const data = await stage.ask('admin', `query($id: ID!, $range: DateRange!) { ${kind}(id: $id) { activityOverTime(range: $range, interval: ${interval}) { from to activeUsers } } }`, { id, range: { from, to } });
  return data[kind].activityOverTime.map((point: any) => [date(point.from), date(point.to), integer(point.activeUsers)]);
}

const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });

inBrowser('Companies and partners', (stage) => {
  it('lists companies with the figures of the API', async () => {
    const page = await stage.open('admin', '/companies');
    const { companies } = await stage.ask('admin', `{ companies(first: 200, orderBy: { field: NAME }) { totalCount nodes { name partner { name } utilization { ${FIGURES} } } } }`);
    await shows(page, 'Companies', companies.nodes.map((node: any) => ({ Company: node.name, Partner: node.partner?.name ?? '–', ...owner(node) })), ['Company', 'Seats in force', 'Active users']);
    await page.getByText(`${integer(companies.nodes.length)} of ${integer(companies.totalCount)} rows`).waitFor();
    await page.getByRole('columnheader', { name: 'Partner' }).click();
    const ordered = await stage.ask('admin', '{ companies(first: 200, orderBy: { field: PARTNER }) { nodes { name } } }');
    await shows(page, 'Companies', ordered.companies.nodes.map(({ name }: any) => ({ Company: name })), ['Company']);
  }, 2 * MINUTE);

  it('lists partners with the figures of the API', async () => {
    const page = await stage.open('viewer', '/partners');
    const { partners } = await stage.ask('viewer', `{ partners(first: 200, orderBy: { field: NAME }) { nodes { name utilization { ${FIGURES} } } } }`);
    await shows(page, 'Partners', partners.nodes.map((node: any) => ({ Partner: node.name, ...owner(node) })), ['Partner', 'Seats in force', 'Active users', 'Band']);
    expect(await page.getByRole('button', { name: 'Add partner' }).count()).toBe(0);
  }, 2 * MINUTE);

  for (const kind of ['company', 'partner'] as const) {
    it(`shows a ${kind} with its figures, activity, licences and users`, async () => {
      const one = await largest(stage, kind);
      const page = await stage.open('admin', `/${kind === 'company' ? 'companies' : 'partners'}/${one.id}`);
      await title(page, one.name).waitFor();
      await showsFigures(page, one);
      const activity = card(page, 'How many users are active?');
      await activity.locator(`${chart} canvas`).first().waitFor();
      expect(await activity.locator(chart).getAttribute('aria-label')).toContain(`Active users of ${one.name} by week`);
      await activity.getByRole('button', { name: 'Show as table' }).click();
      const weeks = await points(stage, kind, one.id, 'WEEK');
      await eventually(async () => expect(await rowsOf(activity.getByRole('table'))).toEqual(weeks));
      await activity.getByRole('button', { name: 'Month', exact: true }).click();
      const months = await points(stage, kind, one.id, 'MONTH');
      await eventually(async () => expect(await rowsOf(activity.getByRole('table'))).toEqual(months));
      expect(new URL(page.url()).searchParams.get('interval')).toBe('MONTH');
      await grid(page, 'Licences').scrollIntoViewIfNeeded();
      await shows(page, 'Licences', one.licenses.nodes.map(licenceRow), ['Seats', 'Start', 'End']);
      await grid(page, 'Users').scrollIntoViewIfNeeded();
      await shows(page, 'Users', one.users.nodes.map(userRow), ['Name', 'E-mail']);
      if (kind === 'partner') {
        await shows(page, 'Companies', one.companies.nodes.map((node: any) => ({ Company: node.name, ...owner(node) })), ['Company', 'Seats in force']);
      }
    }, 2 * MINUTE);
  }

  it('follows the activity window', async () => {
    const { id } = await largest(stage, 'company');
    const page = await stage.open('admin', `/companies/${id}?window=90`);
    const { company } = await stage.ask('admin', `query($id: ID!) { company(id: $id) { utilization(windowDays: 90) { ${FIGURES} } } }`, { id });
    await showsFigures(page, company);
    expect(await page.getByRole('region', { name: 'Key figures' }).textContent()).toContain('last 90 days to');
  }, 2 * MINUTE);

  it('renames a company, and refuses to delete one that still has licences', async () => {
    const { id, name } = await largest(stage, 'company');
    const page = await stage.open('admin', `/companies/${id}`);
    await page.getByRole('button', { name: 'Edit' }).click();
    await field(page, 'Name').fill('  ');
    await page.getByText('Enter a name.').waitFor();
    await field(page, 'Name').fill(`${name} & Söhne`);
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Company saved').waitFor();
    await title(page, `${name} & Söhne`).waitFor();
    expect((await stage.ask('admin', 'query($id: ID!) { company(id: $id) { name } }', { id })).company.name).toBe(`${name} & Söhne`);
    const { deleteCompany } = await stage.ask('admin', `mutation($id: ID!, $etag: String!) { deleteCompany(id: $id, etag: $etag) { userErrors { code message } } }`, {
      id, etag: (await stage.ask('admin', 'query($id: ID!) { company(id: $id) { etag } }', { id })).company.etag,
    });
    expect(deleteCompany.userErrors).toMatchObject([{ code: 'IN_USE' }]);
    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: `Delete company ${name} & Söhne?` });
    await dialog.getByRole('button', { name: 'Delete company' }).click();
    await dialog.getByText(deleteCompany.userErrors[0].message).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await title(page, `${name} & Söhne`).waitFor();
  }, 2 * MINUTE);

  it('adds a company of a partner, and deletes it again', async () => {
    const page = await stage.open('admin', '/companies');
    await page.getByRole('button', { name: 'Add company' }).click();
    await field(page, 'Name').fill('Aardvark & Daughters');
    await page.getByRole('dialog').getByRole('button', { name: 'Add company' }).click();
    await page.getByText('Company added').waitFor();
    const { companies } = await stage.ask('admin', '{ companies(filter: { name: { eq: "Aardvark & Daughters" } }) { nodes { id active } } }');
    expect(companies.nodes).toMatchObject([{ active: true }]);
    await page.getByRole('searchbox', { name: 'Search companies' }).fill('aardvark');
    await grid(page, 'Companies').getByRole('link', { name: 'Aardvark & Daughters' }).click();
    await title(page, 'Aardvark & Daughters').waitFor();
    await page.getByText('No licence rounds').waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete company' }).click();
    await title(page, 'Companies').waitFor();
    expect(await stage.ask('admin', 'query($id: ID!) { company(id: $id) { id } }', { id: companies.nodes[0].id })).toEqual({ company: null });
  }, 2 * MINUTE);

  it('adds, renames and deletes a partner; one with companies stays', async () => {
    const page = await stage.open('admin', '/partners');
    await page.getByRole('button', { name: 'Add partner' }).click();
    await field(page, 'Name').fill('Zebra Resale');
    await page.getByRole('dialog').getByRole('button', { name: 'Add partner' }).click();
    await page.getByText('Partner added').waitFor();
    const { partners } = await stage.ask('admin', '{ partners(filter: { name: { eq: "Zebra Resale" } }) { nodes { id } } }');
    await page.goto(`/partners/${partners.nodes[0].id}`);
    await page.getByRole('button', { name: 'Edit' }).click();
    await field(page, 'Name').fill('Zebra Reseller');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await title(page, 'Zebra Reseller').waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete partner' }).click();
    await title(page, 'Partners').waitFor();
    const { id } = await largest(stage, 'partner');
    await page.goto(`/partners/${id}`);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete partner' }).click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    expect((await stage.ask('admin', 'query($id: ID!) { partner(id: $id) { id } }', { id })).partner).toEqual({ id });
  }, 2 * MINUTE);
});
