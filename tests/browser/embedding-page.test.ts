import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { card, inBrowser, phone } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

const MINUTE = 60_000;
const list = 'query($open: Boolean) { embedTokens(open: $open) { nodes { id name dashboards open allowedOrigins company { name } lockedFilters { currencies } } } }';

inBrowser('The embedding page', (stage) => {
  const open = async (role: 'admin' | 'partner') => (await stage.ask(role, list, { open: true })).embedTokens.nodes as { id: string; name: string }[];

  async function begin(role: 'admin' | 'partner', looks?: { viewport: { width: number; height: number } }): Promise<Page> {
    const page = await stage.open(role, '/embedding', looks);
    await page.getByRole('heading', { level: 1, name: 'Embedding' }).waitFor();
    await page.getByRole('button', { name: 'New embed token' }).first().click();
    return page;
  }

  it('makes a token, gives the lines for a page, and revokes it', async () => {
    const page = await begin('partner');
    const form = card(page, 'New embed token');
    // A partner has no other partners to choose from.
    expect(await form.getByRole('group', { name: 'Rows of' }).last().getByRole('button').allTextContents()).toEqual(['All of ours', 'One company']);
    await form.getByRole('button', { name: 'Make token' }).click();
    await form.getByText('Name the origin of a page, such as https://portal.example.').first().waitFor();
    await form.getByLabel('In pages of').fill('portal.example');
    await form.getByRole('button', { name: 'Make token' }).click();
    await form.getByText('An origin is http:// or https://').waitFor();
    await form.getByLabel('In pages of').fill('https://portal.example\nhttps://www.portal.example');
    await form.getByRole('button', { name: 'One company' }).click();
    await form.getByRole('combobox', { name: 'Company' }).click();
    await form.getByRole('option').first().click();
    await form.getByRole('button', { name: 'Currency', exact: true }).click();
    await page.getByRole('checkbox', { name: 'EUR' }).check();
    await page.keyboard.press('Escape');
    await form.getByLabel('Name', { exact: true }).fill('For the portal');
    await form.getByRole('button', { name: 'Make token' }).click();
    const snippet = page.getByLabel('Snippet', { exact: true }).locator('code');
    await snippet.waitFor();
    const text = (await snippet.textContent()) ?? '';
    expect(text).toContain(`<script src="${stage.url}/embed.js" async></script>`);
    const token = /token="(swe_[\w-]{43})"/.exec(text)?.[1] ?? '';
    expect(token).not.toBe('');
    await page.getByRole('button', { name: 'For a page that stays' }).click();
    expect(await snippet.textContent()).toMatch(/getToken = async/);
    expect(await snippet.textContent()).not.toContain('swe_');
    const { embedTokens } = await stage.ask('partner', list, { open: true });
    expect(embedTokens.nodes[0]).toMatchObject({
      name: 'For the portal', dashboards: ['OVERVIEW'], allowedOrigins: ['https://portal.example', 'https://www.portal.example'], company: { name: expect.any(String) },
      lockedFilters: { currencies: ['EUR'] },
    });
    const shown = () => fetch(`${stage.url}/embed/overview?token=${token}`);
    expect((await shown()).status).toBe(200);
    await page.getByRole('button', { name: 'Revoke For the portal' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('Token revoked').waitFor();
    expect((await shown()).status).toBe(403);
    await eventually(async () => expect(await page.getByRole('button', { name: 'Revoke For the portal' }).count()).toBe(0));
  }, 2 * MINUTE);

  it('previews the dashboard in a frame, with a token that ends with the preview', async () => {
    const before = (await open('admin')).length;
    const page = await begin('admin');
    const form = card(page, 'New embed token');
    await form.getByRole('checkbox', { name: 'Overview' }).uncheck();
    await form.getByRole('checkbox', { name: 'Consumption trend' }).check();
    // What can be locked is what the chosen dashboards know.
    expect(await form.getByRole('button', { name: 'Source' }).count()).toBe(1);
    expect(await form.getByRole('button', { name: 'Status' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Show preview' }).click();
    const frame = page.frameLocator('seatwise-dashboard iframe');
    await frame.getByRole('heading', { level: 1, name: 'Consumption trend' }).waitFor();
    const scheme = () => frame.locator('html').getAttribute('data-mantine-color-scheme');
    expect(await scheme()).toBe('light');
    await page.getByRole('button', { name: 'Dark', exact: true }).click();
    await eventually(async () => expect(await scheme()).toBe('dark'));
    expect((await open('admin')).length).toBe(before + 1);
    await page.getByRole('link', { name: 'Overview', exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await eventually(async () => expect((await open('admin')).length).toBe(before));
  }, 2 * MINUTE);

  it('fits a phone', async () => {
    const page = await begin('admin', { viewport: phone });
    await card(page, 'New embed token').getByRole('button', { name: 'Make token' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  }, 2 * MINUTE);

  it('is not there for those who may not', async () => {
    const page = await stage.open('viewer', '/embedding');
    await page.getByText('Your role does not include embedding').waitFor();
    expect(await page.getByRole('link', { name: 'Embedding' }).count()).toBe(0);
  }, MINUTE);
});
