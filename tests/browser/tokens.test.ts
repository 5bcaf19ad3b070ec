import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { post } from '../support/app.js';
import { emailOf, inBrowser, phone } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { field, gridRows, pick, scrollsSideways } from '../support/grid.js';

const MINUTE = 60_000;

const dialog = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });
const section = (page: Page) => page.getByRole('region', { name: 'API tokens', exact: true });
const open = (page: Page) => page.getByRole('list', { name: 'Open tokens' }).getByRole('listitem');
const tokens = (page: Page) => page.getByRole('grid', { name: 'API tokens', exact: true });

async function choose(page: Page, label: string, option: string): Promise<void> {
  await field(page, label).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** The token that is shown once, after it was copied; the layer is closed. */
async function shownToken(page: Page, name: string): Promise<string> {
  const layer = dialog(page, `Token ${name}`);
  const token = (await layer.locator('code').textContent()) ?? '';
  expect(token).toMatch(/^swt_[A-Za-z0-9_-]{43}$/);
  await layer.getByRole('button', { name: 'Copy' }).click();
  await layer.getByText('Copied.').waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(token);
  await layer.getByRole('button', { name: 'Done' }).click();
  await layer.waitFor({ state: 'hidden' });
  return token;
}

inBrowser('API tokens', (stage) => {
  const clipboard = { prepare: (context: { grantPermissions(names: string[]): Promise<void> }) => context.grantPermissions(['clipboard-read', 'clipboard-write']) };
  const asked = (token: string, query: string) => post(stage.url, token, query);

  it('are made, copied once, used, seen and revoked', async () => {
    const page = await stage.open('analyst', '/profile', clipboard);
    await section(page).getByText('No API tokens').waitFor();
    await section(page).getByRole('button', { name: 'Make token' }).click();
    const form = dialog(page, 'Make API token');
    await form.getByRole('button', { name: 'Make token' }).click();
    await form.getByText('Enter a name.').waitFor();
    await field(page, 'Name').fill('nightly export');
    await choose(page, 'Role', 'Analyst');
    await choose(page, 'Expires in', '7 days');
    await form.getByRole('button', { name: 'Only some' }).click();
    await form.getByRole('button', { name: 'Make token' }).click();
    await form.getByText('Choose at least one.').waitFor();
    await form.getByRole('checkbox', { name: 'Read licences' }).check();
    await form.getByRole('checkbox', { name: 'Export lists' }).check();
    await form.getByRole('button', { name: 'Make token' }).click();
    const token = await shownToken(page, 'nightly export');
    await form.waitFor({ state: 'hidden' });
    expect(await page.content()).not.toContain(token);
    await eventually(async () => expect(await open(page).allTextContents()).toEqual([expect.stringMatching(/^nightly exportExpires soonswt_….{4} · Analyst, 2 permissionsNever used · expires .+Revoke$/)]));

    expect((await asked(token, '{ viewer { email role } licenses(first: 1) { totalCount } }')).data).toMatchObject({ viewer: { email: emailOf('analyst'), role: 'ANALYST' } });
    expect((await asked(token, '{ companies(first: 1) { totalCount } }')).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    await eventually(async () => {
      await page.reload();
      await open(page).first().waitFor();
      expect(await open(page).allTextContents()).toEqual([expect.stringContaining('from 127.0.0.1')]);
    });

    await page.getByRole('button', { name: 'Revoke nightly export' }).click();
    await dialog(page, 'Revoke nightly export?').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('nightly export revoked').waitFor();
    await eventually(async () => expect(await open(page).count()).toBe(0));
    expect((await asked(token, '{ viewer { role } }')).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    await section(page).getByRole('button', { name: 'Show 1 that has ended' }).click();
    expect(await page.getByRole('list', { name: 'Ended tokens' }).textContent()).toMatch(/nightly exportRevoked/);
  }, 3 * MINUTE);

  it('of a partner go to its own rows and further down, by keyboard alone', async () => {
    const page = await stage.open('partner', '/profile');
    const make = section(page).getByRole('button', { name: 'Make token' });
    await make.focus();
    await page.keyboard.press('Enter');
    const form = dialog(page, 'Make API token');
    await form.waitFor();
    await eventually(async () => expect(await page.evaluate('document.activeElement.tagName')).toBe('INPUT'));
    await page.keyboard.type('shop');
    await field(page, 'Role').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('option').first().waitFor();
    expect(await page.getByRole('option').allTextContents()).toEqual(['Partner', 'Company']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const { companies } = await stage.ask('partner', '{ companies(first: 1, orderBy: { field: NAME }) { nodes { id name } } }');
    const { id, name } = companies.nodes[0];
    await pick(page, 'Company', name, name);
    await field(page, 'Name').focus();
    await page.keyboard.press('Enter');
    const layer = dialog(page, 'Token shop');
    await layer.waitFor();
    const token = (await layer.locator('code').textContent()) ?? '';
    await eventually(async () => expect(await page.evaluate('document.activeElement.textContent')).toBe('Copy'));
    await page.keyboard.press('Escape');
    await layer.waitFor({ state: 'hidden' });
    expect((await asked(token, '{ viewer { role company { id } } companies(first: 5) { nodes { id } } }')).data).toEqual({ viewer: { role: 'COMPANY', company: { id } }, companies: { nodes: [{ id }] } });
  }, 2 * MINUTE);

  it('are all in one list for administrators, who revoke any, and for nobody else', async () => {
    const { createApiToken } = await stage.ask('viewer', 'mutation { createApiToken(input: { name: "of the viewer", role: VIEWER, expiresInDays: 90 }) { token } }');
    const page = await stage.open('admin', '/tokens?q=of+the+viewer');
    await eventually(async () => expect(await gridRows(tokens(page))).toEqual([expect.objectContaining({ Name: 'of the viewer', Account: emailOf('viewer'), Role: 'Viewer', State: 'Active', 'Last used': 'never' })]));
    await page.getByRole('button', { name: 'Revoke of the viewer' }).click();
    await dialog(page, 'Revoke of the viewer?').getByText(`It was made by ${emailOf('viewer')}.`).waitFor();
    await dialog(page, 'Revoke of the viewer?').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('No token matches').waitFor();
    expect((await asked(createApiToken.token, '{ viewer { role } }')).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    await page.getByRole('group', { name: 'State' }).getByRole('button', { name: 'Ended' }).click();
    await eventually(async () => expect(await gridRows(tokens(page))).toEqual([expect.objectContaining({ Name: 'of the viewer', State: 'Revoked' })]));
    const theirs = await stage.open('viewer', '/tokens');
    await theirs.getByText('Your role does not include everybody’s tokens').waitFor();
    expect(await theirs.getByRole('link', { name: 'API tokens' }).count()).toBe(0);
  }, 2 * MINUTE);

  it('say when they cannot be loaded, and try again', async () => {
    let broken = true;
    const page = await stage.open('viewer', '/profile', {
      prepare: (context) => context.route('**/graphql', async (route) => (broken && (route.request().postData() ?? '').includes('OwnApiTokens') ? route.abort() : route.continue())),
    });
    await section(page).getByText('Your tokens could not be loaded').waitFor();
    broken = false;
    await section(page).getByRole('button', { name: 'Retry' }).click();
    await section(page).getByRole('button', { name: /Make token|Show 1/ }).first().waitFor();
    expect(stage.takeErrors().every((text) => text.includes('Failed to load resource'))).toBe(true);
  }, MINUTE);

  it('fit a phone', async () => {
    await stage.ask('company', 'mutation { createApiToken(input: { name: "a name of a machine that is as long as a hundred characters allow, without being cut off by anything", role: COMPANY, expiresInDays: 3 }) { token } }');
    const page = await stage.open('company', '/profile', { viewport: phone });
    await open(page).first().waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    await section(page).getByRole('button', { name: 'Make token' }).click();
    await dialog(page, 'Make API token').waitFor();
    expect(await scrollsSideways(page)).toBe(false);
  }, MINUTE);
});
