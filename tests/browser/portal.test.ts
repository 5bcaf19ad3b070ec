import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { card, inBrowser, phone, settled, type Stage } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { integer } from '../support/english.js';
import { png } from '../support/images.js';

const MINUTE = 60_000;
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const link = (page: Page, name: string) => page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true });
const labels = (page: Page) => page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allTextContents();

const dataUrlOf = (picture: Buffer) => `data:image/png;base64,${picture.toString('base64')}`;

/** The figures of the start page by their labels, exact values without their words. */
async function figures(page: Page): Promise<string> {
  return (await page.getByRole('region', { name: 'Key figures' }).textContent()) ?? '';
}

const FACTS = `viewer { tenant { id name } } dashboard { activeLicenses activeUsers totalUsers }
  renewalForecast(horizonDays: 180) { rows(first: 1) { totalCount nodes { license { ownerName } } } } licenses { totalCount }`;

async function opened(stage: Stage, role: 'partner' | 'company', path = '/', looks?: Parameters<Stage['open']>[2]) {
  const facts = await stage.ask(role, `{ ${FACTS} }`);
  const page = await stage.open(role, path, looks);
  return { page, facts };
}

inBrowser('The portals', (stage) => {
  it('a partner arrives at its own figures, renewals, customers, licences and reports', async () => {
    const { page, facts } = await opened(stage, 'partner');
    await heading(page, facts.viewer.tenant.name).waitFor();
    await eventually(async () => expect(await figures(page)).toContain(`of ${integer(facts.dashboard.totalUsers)} registered`));
    expect(await figures(page)).toContain(`exactly ${integer(facts.dashboard.activeLicenses)}`);
    expect(await figures(page)).toContain('Annual value');
    await card(page, 'Renewals coming up').getByText(`${integer(Math.min(50, facts.renewalForecast.rows.totalCount))} of ${integer(facts.renewalForecast.rows.totalCount)} rows`).waitFor();
    const { companies } = await stage.ask('partner', '{ companies(first: 200, orderBy: { field: NAME }) { totalCount nodes { name utilization { seatsInForce } } } }');
    const customers = card(page, 'Customers');
    await customers.scrollIntoViewIfNeeded();
    await customers.getByText(companies.nodes[0].name, { exact: true }).first().waitFor();
    await card(page, 'Which customers are over- or under-licensed?').waitFor();
    expect(await page.getByRole('group', { name: 'Owners' }).count()).toBe(0);
    await card(page, 'Licences').scrollIntoViewIfNeeded();
    await card(page, 'Reports').getByRole('link', { name: /^Renewals/ }).click();
    await heading(page, 'Renewals').waitFor();
  }, 2 * MINUTE);

  it('finds in its navigation what it may open, in its own words, and nothing else', async () => {
    const { page, facts } = await opened(stage, 'partner');
    await link(page, 'Customers').waitFor();
    const shown = await labels(page);
    expect(shown).toEqual(expect.arrayContaining(['Overview', 'Licences', 'Customers', 'Your organisation', 'Renewals', 'Licence position']));
    for (const other of ['Partners', 'Companies', 'Trial funnel', 'Imports', 'Data quality', 'History', 'Accounts', 'API tokens', 'Providers', 'Rates and prices', 'Explore']) expect(shown).not.toContain(other);
    await link(page, 'Your organisation').click();
    await heading(page, facts.viewer.tenant.name).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/partners/${facts.viewer.tenant.id}`);
    expect(await page.getByText('Portal branding').count()).toBe(0);
    await link(page, 'Customers').click();
    await heading(page, 'Customers').waitFor();
  }, 2 * MINUTE);

  it('a company arrives at its own, and every page it can open shows no reseller', async () => {
    const { page, facts } = await opened(stage, 'company');
    const { viewer: { tenant } } = facts;
    await heading(page, tenant.name).waitFor();
    await eventually(async () => expect(await figures(page)).toContain(`of ${integer(facts.dashboard.totalUsers)} registered`));
    await card(page, 'How many users are active?').waitFor();
    expect(await page.getByText('Which customers are over- or under-licensed?').count()).toBe(0);
    const { company } = await stage.ask('admin', 'query($id: ID!) { company(id: $id) { partner { name } } }', { id: tenant.id });
    const paths = await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').evaluateAll((links) => links.map((one) => one.getAttribute('href') ?? ''));
    expect(paths).toEqual(expect.arrayContaining(['/', '/licences', `/companies/${tenant.id}`, '/reports/renewals']));
    expect(paths).not.toContain('/partners');
    for (const path of paths) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await settled(page);
      const text = (await page.locator('main').textContent()) ?? '';
      expect([path, /could not be loaded|does not include/.exec(text)?.[0]]).toEqual([path, undefined]);
      if (company.partner) expect(text).not.toContain(company.partner.name);
    }
  }, 3 * MINUTE);

  it('a partner without customers is told so, and shown no chart of nobody', async () => {
    const password = 'a long enough password';
    const { createPartner } = await stage.ask('admin', 'mutation { createPartner(input: { name: "Fresh reseller" }) { partner { id } } }');
    await stage.ask('admin', 'mutation($input: CreateAccountInput!) { createAccount(input: $input) { userErrors { message } } }', {
      input: { email: 'fresh@example.com', displayName: 'Fresh', role: 'PARTNER', partnerId: createPartner.partner.id, password },
    });
    const context = await stage.visitor();
    await context.request.post('/graphql', {
      data: { query: 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }', variables: { input: { email: 'fresh@example.com', password } } },
    });
    const page = await context.newPage();
    await page.goto('/');
    await heading(page, 'Fresh reseller').waitFor();
    await page.getByText('You have no customers yet').waitFor();
    await page.getByText('Nothing expires in 180 days').first().waitFor();
    expect(await page.getByText('could not be loaded').count()).toBe(0);
  }, 2 * MINUTE);

  it('wears the partner\'s name, logo and colour, set by an administrator; another keeps its own', async () => {
    const { page: before, facts } = await opened(stage, 'partner');
    await heading(before, facts.viewer.tenant.name).waitFor();
    const brandOf = (page: Page) => page.evaluate<string>('getComputedStyle(document.documentElement).getPropertyValue("--sw-brand-solid").trim()');
    const ours = await brandOf(before);

    const admin = await stage.open('admin', `/partners/${facts.viewer.tenant.id}`);
    const branding = card(admin, 'Portal branding');
    await branding.getByRole('button', { name: 'Set up branding' }).click();
    const form = admin.getByRole('dialog', { name: 'Add branding' });
    await form.getByLabel(/^Name/).fill('Nordlicht');
    await form.getByLabel('Accent colour', { exact: true }).fill('green');
    await form.getByText('A colour such as #0a7d55.').waitFor();
    await form.getByLabel('Accent colour', { exact: true }).fill('#0a6b48');
    const input = form.locator('input[type=file]');
    const giveLogo = async (buffer: Buffer) => {
      await input.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer });
      await eventually(async () => expect(await form.getByAltText('The logo as it is').getAttribute('src')).toBe(dataUrlOf(buffer)));
    };
    await giveLogo(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'));
    await form.getByRole('button', { name: 'Set up branding' }).click();
    await form.getByText('The logo must be a PNG, JPEG or WebP image.').waitFor();
    await input.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: png(4, 4, [0, 0, 0], 200_000) });
    await form.getByText(/The logo has at most 100 kB/).waitFor();
    await giveLogo(png(40, 40));
    await form.getByRole('button', { name: 'Set up branding' }).click();
    await admin.getByText('Branding saved').waitFor();
    await branding.getByText('Accent #0a6b48').waitFor();

    const { page } = await opened(stage, 'partner');
    await heading(page, facts.viewer.tenant.name).waitFor();
    expect(await page.title()).toBe(`${facts.viewer.tenant.name} · Nordlicht`);
    const home = page.getByRole('complementary').getByRole('link', { name: 'Nordlicht' });
    await eventually(async () => expect(await home.locator('img').getAttribute('src')).toBe(dataUrlOf(png(40, 40))));
    await eventually(async () => expect(await home.locator('img').evaluate((image: any) => image.naturalWidth)).toBe(40));
    // As it was given on white pages; on dark ones a button of it would hardly be seen.
    expect(await brandOf(page)).toMatch(/^light-dark\(#0a6b48, #(?!0a6b48)[0-9a-f]{6}\)$/);
    expect(await page.getByText('Seatwise', { exact: true }).count()).toBe(0);

    for (const role of ['company', 'admin'] as const) {
      const other = await stage.open(role, '/');
      await other.getByRole('heading', { level: 1 }).waitFor();
      expect([role, await brandOf(other), await other.getByText('Nordlicht').count()]).toEqual([role, ours, 0]);
    }

    await branding.getByRole('button', { name: 'Remove', exact: true }).click();
    await admin.getByRole('dialog', { name: 'Delete branding Nordlicht?' }).getByRole('button', { name: 'Delete branding' }).click();
    await branding.getByText('The portal looks like Seatwise').waitFor();
    const after = (await opened(stage, 'partner')).page;
    await heading(after, facts.viewer.tenant.name).waitFor();
    expect([await brandOf(after), await after.title()]).toEqual([ours, `${facts.viewer.tenant.name} · Seatwise`]);
  }, 3 * MINUTE);

  it('fits a phone', async () => {
    for (const role of ['partner', 'company'] as const) {
      const { page, facts } = await opened(stage, role, '/', { viewport: phone });
      await heading(page, facts.viewer.tenant.name).waitFor();
      await settled(page);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(phone.width);
      await page.getByRole('button', { name: 'Open the menu' }).click();
      await link(page, role === 'partner' ? 'Customers' : 'Your company').waitFor();
    }
  }, 2 * MINUTE);
});
