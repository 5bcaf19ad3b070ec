import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { DEMO_PASSWORD, emailOf, inBrowser, phone } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { field, gridRows, pick } from '../support/grid.js';

const MINUTE = 60_000;

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await field(page, label).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });
const accounts = (page: Page) => page.getByRole('grid', { name: 'Accounts', exact: true });

/** The password that is shown once; the layer is closed. */
async function givenPassword(page: Page, name: string): Promise<string> {
  const layer = dialog(page, `Password of ${name}`);
  const password = (await layer.locator('code').textContent()) ?? '';
  expect(password).toMatch(/^([a-km-z2-9]{5}-){3}[a-km-z2-9]{5}$/);
  await layer.getByRole('button', { name: 'Done' }).click();
  await layer.waitFor({ state: 'hidden' });
  return password;
}

inBrowser('Accounts', (stage) => {
  const visitor = async (email: string, password: string) => {
    const page = await (await stage.visitor()).newPage();
    await page.goto('/companies');
    await signIn(page, email, password);
    return page;
  };

  it('makes an account, which signs in elsewhere, gets another password, and is out when it is switched off', async () => {
    const page = await stage.open('admin', '/accounts');
    await page.getByRole('button', { name: 'Add account' }).click();
    const form = dialog(page, 'Add account');
    await form.getByRole('button', { name: 'Add account' }).click();
    await form.getByText('Enter an e-mail address.').waitFor();
    await eventually(async () => expect(await page.evaluate('document.activeElement.type')).toBe('email'));
    await field(page, 'E-mail').fill(emailOf('viewer'));
    await field(page, 'Name').fill('Mara Lind');
    await form.getByRole('button', { name: 'Add account' }).click();
    await form.getByText('An account with this e-mail address exists.').waitFor();
    await field(page, 'E-mail').fill('Mara.Lind@example.org');
    await choose(page, 'Role', 'Partner');
    await form.getByRole('button', { name: 'Add account' }).click();
    await form.getByText('Choose the partner.').waitFor();
    const { partners } = await stage.ask('admin', '{ partners(first: 1) { nodes { name } } }');
    const partner = partners.nodes[0].name;
    await pick(page, 'Partner', partner, partner);
    await form.getByRole('button', { name: 'Add account' }).click();
    const first = await givenPassword(page, 'Mara Lind');
    const row = async () => (await gridRows(accounts(page))).find((one) => one['E-mail'] === 'mara.lind@example.org');
    await eventually(async () => expect(await row()).toMatchObject({ Name: 'Mara Lind', Role: 'Partner', 'Confined to': partner, State: 'Active', 'Last sign-in': 'never' }));

    const theirs = await visitor('mara.lind@example.org', first);
    await title(theirs, 'Customers').waitFor();
    expect(await theirs.getByRole('link', { name: 'Accounts' }).count()).toBe(0);

    await page.getByRole('button', { name: 'Sessions of Mara Lind' }).click();
    await dialog(page, 'Sessions of Mara Lind').getByText('Chrome on Linux').waitFor();
    await page.keyboard.press('Escape');
    await dialog(page, 'Sessions of Mara Lind').waitFor({ state: 'hidden' });

    await page.getByRole('button', { name: 'Reset the password of Mara Lind' }).click();
    await dialog(page, 'Reset the password of Mara Lind?').getByRole('button', { name: 'Reset password' }).click();
    const second = await givenPassword(page, 'Mara Lind');
    // The licences hold a stream, whose end would lead to Sign in before the click below.
    await theirs.goto('/companies');
    await title(theirs, 'Sign in').waitFor();
    await signIn(theirs, 'mara.lind@example.org', second);
    await title(theirs, 'Customers').waitFor();

    await page.getByRole('button', { name: 'Switch off Mara Lind' }).click();
    await dialog(page, 'Switch Mara Lind off?').getByRole('button', { name: 'Switch off' }).click();
    await eventually(async () => expect(await row()).toMatchObject({ State: 'Switched off' }));
    await theirs.getByRole('link', { name: 'Licences' }).first().click();
    await theirs.getByText('Your session has ended.').waitFor();
    await signIn(theirs, 'mara.lind@example.org', second);
    await theirs.getByText('E-mail and password do not belong together.').waitFor();
  }, 3 * MINUTE);

  it('keeps search and filters in the address, and nobody switches himself off', async () => {
    const page = await stage.open('admin', '/accounts');
    await page.getByRole('searchbox', { name: 'Search accounts' }).fill('demo a');
    await eventually(async () => expect((await gridRows(accounts(page))).map((row) => row['Role'])).toEqual(['Administrator', 'Analyst']));
    await page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: 'Role' }).click();
    await page.getByRole('checkbox', { name: 'Administrator' }).check();
    await eventually(() => expect(new URL(page.url()).search).toMatch(/q=demo(\+|%20)a&role=ADMIN/));
    await page.reload();
    await eventually(async () => expect((await gridRows(accounts(page))).map((row) => row['Role'])).toEqual(['Administrator']));
    expect(await page.getByRole('button', { name: /^Switch off / }).count()).toBe(0);
    await page.getByRole('button', { name: 'Edit Demo administrator' }).click();
    expect(await field(page, 'Role').isDisabled()).toBe(true);
  }, 2 * MINUTE);

  it('is nothing for anybody else', async () => {
    const page = await stage.open('analyst', '/accounts');
    await page.getByText('Your role does not include the accounts').waitFor();
  }, MINUTE);

  it('one\'s own: another password ends the other sessions, a wrong one is told on its field', async () => {
    await stage.ask('admin', 'mutation($input: CreateAccountInput!) { createAccount(input: $input) { userErrors { code } } }', {
      input: { email: 'own@example.org', displayName: 'Own', role: 'VIEWER', password: DEMO_PASSWORD },
    });
    const elsewhere = await visitor('own@example.org', DEMO_PASSWORD);
    await title(elsewhere, 'Companies').waitFor();
    const page = await visitor('own@example.org', DEMO_PASSWORD);
    await page.getByRole('button', { name: /account of Own/ }).click();
    await page.getByRole('link', { name: 'Your account' }).click();
    await title(page, 'Your account').waitFor();
    const sessions = page.getByRole('button', { name: /^End the session/ });
    await eventually(async () => expect(await sessions.count()).toBe(1));
    const [current, next, again] = [page.getByLabel(/^Current password/), page.getByLabel(/^New password \*$/), page.getByLabel(/^New password again/)];
    await current.fill('not the password');
    await next.fill('a second password');
    await again.fill('a second passwort');
    await page.getByText('The two are not the same.').waitFor();
    await again.fill('a second password');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('This is not your current password.').waitFor();
    expect(await current.getAttribute('aria-invalid')).toBe('true');
    await current.fill(DEMO_PASSWORD);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Password changed').waitFor();
    await eventually(async () => expect(await sessions.count()).toBe(0));
    expect(await current.inputValue()).toBe('');
    await elsewhere.getByRole('link', { name: 'Licences' }).first().click();
    await elsewhere.getByText('Your session has ended.').waitFor();
    await signIn(elsewhere, 'own@example.org', 'a second password');
    await title(elsewhere, 'Licences').waitFor();
    await page.reload();
    await sessions.click();
    await eventually(async () => expect(await sessions.count()).toBe(0));
    await elsewhere.goto('/companies');
    await title(elsewhere, 'Sign in').waitFor();
  }, 3 * MINUTE);

  it('works on a phone', async () => {
    const page = await stage.open('admin', '/accounts', { viewport: phone });
    await page.getByRole('button', { name: 'Edit Demo viewer' }).click();
    await field(page, 'Name').fill('Demo reader');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('button', { name: 'Edit Demo reader' }).waitFor();
  }, MINUTE);
});
