import { expect, it } from '@jest/globals';
import type { Page, Request } from 'playwright-core';
import { post } from '../support/app.js';
import { emailOf, fillSignIn, inBrowser, settled } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

const MINUTE = 60_000;

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const figures = (page: Page) => page.getByRole('link', { name: /^Total licences: / });

/** The bearer token that the page sends with its next request. */
async function tokenOf(page: Page, work: () => Promise<unknown>): Promise<string> {
  const request = page.waitForRequest((sent) => sent.headers()['authorization'] !== undefined);
  await work();
  return (await request).headers()['authorization']?.replace('Bearer ', '') ?? '';
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /account of/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
}

const isRefresh = (request: Request) => request.postData()?.includes('RefreshSession') === true;

inBrowser('The session', (stage) => {
  it('says that a password is wrong and lets try again', async () => {
    const page = await (await stage.visitor()).newPage();
    await page.goto('/');
    await heading(page, 'Sign in').waitFor();
    await fillSignIn(page, 'admin', 'not the password');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/e-mail|password/i);
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    expect(await page.getByLabel('E-mail').inputValue()).toBe(emailOf('admin'));
    await fillSignIn(page, 'admin');
    await heading(page, 'Overview').waitFor();
  }, 2 * MINUTE);

  it('asks for an e-mail and a password before it asks the server', async () => {
    const page = await (await stage.visitor()).newPage();
    await page.goto('/sign-in');
    let asked = false;
    page.on('request', (request) => { asked ||= request.postData()?.includes('SignIn') === true; });
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail').fill('no address');
    await page.getByLabel('Password').fill('x');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.locator('input:invalid').count()).toBe(1);
    expect(asked).toBe(false);
  }, 2 * MINUTE);

  it('survives a reload', async () => {
    const page = await (await stage.visitor()).newPage();
    await page.goto('/sign-in');
    await fillSignIn(page, 'analyst');
    await figures(page).waitFor();
    await page.reload();
    await figures(page).waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
    // What keeps it is out of reach of scripts.
    expect(await page.evaluate('document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })')).not.toMatch(/eyJ|sw_refresh|token/i);
  }, 2 * MINUTE);

  it('comes back to the page that asked for sign-in', async () => {
    const page = await (await stage.visitor()).newPage();
    await page.goto('/licences?status=PERPETUAL&sort=SEATS.desc');
    await heading(page, 'Sign in').waitFor();
    await fillSignIn(page, 'viewer');
    await heading(page, 'Licences').waitFor();
    const { pathname, searchParams } = new URL(page.url());
    expect([pathname, searchParams.get('status'), searchParams.get('sort')]).toEqual(['/licences', 'PERPETUAL', 'SEATS.desc']);
  }, 2 * MINUTE);

  it('goes nowhere else than to a page of its own', async () => {
    const page = await (await stage.visitor()).newPage();
    await page.goto('/sign-in?next=//example.com/');
    await fillSignIn(page, 'viewer');
    await heading(page, 'Overview').waitFor();
    expect(new URL(page.url()).origin).toBe(stage.url);
  }, 2 * MINUTE);

  it('ends with sign-out: the token opens nothing any more, nor does the cookie', async () => {
    const page = await stage.open('analyst', '/');
    await figures(page).waitFor();
    const token = await tokenOf(page, () => page.getByRole('button', { name: 'Refresh' }).click());
    const ask = () => post(stage.url, token, '{ viewer { email } }');
    expect((await ask()).data).toEqual({ viewer: { email: emailOf('analyst') } });
    const [{ name: cookieName, value: cookie } = { name: '', value: '' }] = await page.context().cookies(`${stage.url}/graphql`);
    await signOut(page);
    await heading(page, 'Sign in').waitFor();
    expect((await ask()).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    const answer = await page.context().request.post('/graphql', {
      data: { query: 'mutation { refreshSession { accessToken userErrors { code } } }' }, headers: { cookie: `${cookieName}=${cookie}` },
    });
    expect((await answer.json()).data.refreshSession).toEqual({ accessToken: null, userErrors: [{ code: 'SESSION_ENDED' }] });
    await page.goto('/licences');
    await heading(page, 'Sign in').waitFor();
  }, 2 * MINUTE);

  it('is one for two tabs, also when both renew it at the same time', async () => {
    const first = await stage.open('admin', '/');
    const second = await first.context().newPage();
    await second.goto('/licences');
    const tabs = [first, second];
    const refreshes = tabs.map((tab) => {
      const seen: Request[] = [];
      tab.on('request', (request) => { if (isRefresh(request)) seen.push(request); });
      return seen;
    });
    await Promise.all([figures(first).waitFor(), second.getByRole('grid', { name: 'Licences' }).waitFor()]);
    for (const seen of refreshes) seen.length = 0;
    // For the pages it is an hour later: their tokens are too old to be sent.
    for (const tab of tabs) await tab.clock.setFixedTime(Date.now() + 60 * MINUTE);
    for (let turn = 0; turn < 3; turn += 1) {
      await Promise.all(tabs.map((tab) => tab.getByRole('button', { name: 'Refresh' }).click()));
      await eventually(() => expect(refreshes.map((seen) => seen.length > turn)).toEqual([true, true]));
      await Promise.all(tabs.map((tab) => settled(tab)));
    }
    for (const tab of tabs) await tab.clock.setFixedTime(Date.now());
    for (const tab of tabs) await tab.reload();
    await Promise.all([figures(first).waitFor(), second.getByRole('grid', { name: 'Licences' }).waitFor()]);
    expect(tabs.map((tab) => new URL(tab.url()).pathname)).toEqual(['/', '/licences']);
  }, 2 * MINUTE);

  it('sends a tab to sign in when the session ended elsewhere', async () => {
    const first = await stage.open('viewer', '/');
    const second = await first.context().newPage();
    await second.goto('/companies');
    await second.getByRole('grid', { name: 'Companies' }).waitFor();
    await figures(first).waitFor();
    await signOut(first);
    await heading(first, 'Sign in').waitFor();
    await second.getByRole('button', { name: 'Refresh' }).click();
    await heading(second, 'Sign in').waitFor();
    expect(await second.getByText('Your session has ended').count()).toBe(1);
    await fillSignIn(second, 'viewer');
    await heading(second, 'Companies').waitFor();
  }, 2 * MINUTE);
});
