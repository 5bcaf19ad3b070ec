import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import type { ConsoleMessage, Frame, Page } from 'playwright-core';
import { PASSWORD, post } from '../support/app.js';
import { card, chart, inBrowser, phone, settled } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { hosted } from '../support/embed-host.js';
import { startHostSite } from '../support/host-page.js';

const MINUTE = 60_000;

inBrowser('Dashboards in somebody else\'s page', (stage) => {
  const { host, create, usual, made, tokenOf, revoke, openHost, element, frameOf, told, heading, lookOf } = hosted(stage);

  /** A partner that has companies, the demo's `partner@` aside, with an account of its own. */
  async function secondPartner(): Promise<{ id: string; token: string }> {
    const { partners } = await stage.ask('admin', '{ partners(first: 50, orderBy: { field: ID }) { nodes { id companies(first: 1) { totalCount } } } }');
    const other = partners.nodes.find(({ id, companies }: any) => id !== '1' && companies.totalCount > 2);
    const input = { email: `second-${Date.now()}@example.com`, displayName: 'Second', role: 'PARTNER', partnerId: other.id, password: PASSWORD };
    await stage.ask('admin', 'mutation($input: CreateAccountInput!) { createAccount(input: $input) { userErrors { message } } }', { input });
    const { data } = await post(stage.url, null, 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }', { input: { email: input.email, password: PASSWORD } });
    return { id: other.id, token: data.signIn.accessToken };
  }

  const companiesOf = async (partner: string): Promise<string[]> =>
    (await stage.ask('admin', 'query($p: [ID!]) { companies(first: 500, filter: { partner: { in: $p } }) { nodes { name } } }', { p: [partner] })).companies.nodes.map(({ name }: any) => name);

  it('two partners\' dashboards in one page show each its own rows, and nothing around them', async () => {
    const second = await secondPartner();
    const one = await tokenOf('partner');
    const answer = await post(stage.url, second.token, create, { ...usual(), dashboards: ['POSITION'] });
    const two = made(answer.data.result);
    const page = await openHost(
      element('one', 'overview', 'filters="table=scatter"') + element('two', 'position', 'filters="table=position"'), (name) => (name === 'one' ? one.token : two.token));
    const [overview, position] = [await frameOf(page, 'overview'), await frameOf(page, 'position')];
    await heading(overview, 'Overview').waitFor();
    await heading(position, 'Licence position').waitFor();
    await overview.locator('section table tbody tr').first().waitFor();
    await position.locator('section table tbody tr').first().waitFor();
    const [ours, theirs] = [await companiesOf('1'), await companiesOf(second.id)];
    const textOf = (frame: Frame) => frame.evaluate<string>('document.body.innerText');
    const shownIn = (text: string, names: string[]) => names.filter((name) => text.includes(name));
    await eventually(async () => {
      const [left, right] = [await textOf(overview), await textOf(position)];
      expect(shownIn(left, ours).length).toBeGreaterThan(0);
      expect(shownIn(right, theirs).length).toBeGreaterThan(0);
      expect([shownIn(left, theirs.filter((name) => !ours.includes(name))), shownIn(right, ours.filter((name) => !theirs.includes(name)))]).toEqual([[], []]);
    });
    for (const frame of [overview, position]) {
      expect(await frame.getByRole('navigation').count()).toBe(0);
      expect(await frame.locator('a[href]').evaluateAll((links: any[]) => links.map((link) => link.pathname).filter((path) => !path.startsWith('/embed/')))).toEqual([]);
      // The token is gone from the address, and nothing of it is stored.
      expect(await frame.evaluate('location.href + document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })')).not.toContain('swe_');
    }
    expect((await told(page)).filter(([, name]) => name === 'ready').map(([id]) => id).sort()).toEqual(['one', 'two']);
    // The host's page reaches neither frame.
    expect(await page.evaluate('(() => { try { return document.getElementById("one").shadowRoot.querySelector("iframe").contentDocument; } catch { return "kept out"; } })()')).toBeNull();
  }, 3 * MINUTE);

  it('is as high as what it shows, whatever the width', async () => {
    const { token } = await tokenOf('partner', { dashboards: ['RENEWALS'] });
    const page = await openHost(element('one', 'renewals'), () => token);
    const frame = await frameOf(page, 'renewals');
    await heading(frame, 'Renewals').waitFor();
    await frame.locator(chart).first().waitFor();
    const heights = () => Promise.all([
      page.evaluate<number>('document.getElementById("one").shadowRoot.querySelector("iframe").getBoundingClientRect().height'),
      frame.evaluate<number>('Math.ceil(document.getElementById("root").getBoundingClientRect().height)'),
    ]);
    let wide = 0;
    await eventually(async () => {
      const [outer, inner] = await heights();
      expect(inner).toBeGreaterThan(700);
      expect(outer).toBe(inner);
      expect(await frame.evaluate('document.documentElement.scrollHeight <= innerHeight')).toBe(true);
      wide = inner;
    });
    await page.setViewportSize(phone);
    await eventually(async () => {
      const [outer, inner] = await heights();
      expect(inner).not.toBe(wide);
      expect(outer).toBe(inner);
      expect(await frame.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    });
  }, 2 * MINUTE);

  it('renews its token through the page around it, and closes when it cannot', async () => {
    const tokens = [await tokenOf('partner', { expiresIn: 60 }), await tokenOf('partner')];
    const given: string[] = [];
    const page = await openHost(element('one', 'overview'), () => {
      const next = tokens[Math.min(given.length, 1)]?.token ?? '';
      given.push(next);
      return next;
    });
    const sent: string[] = [];
    page.on('request', (request) => {
      const { authorization = '' } = request.headers();
      if (authorization !== '') sent.push(authorization.replace('Bearer ', ''));
    });
    const frame = await frameOf(page, 'overview');
    await frame.getByText('Total licences', { exact: true }).waitFor();
    // A minute before its end is at once for a token of a minute.
    await eventually(() => expect(given).toEqual(tokens.map(({ token }) => token)), 30_000);
    await eventually(() => expect(sent.at(-1)).toBe(tokens[1]?.token));
    await revoke(tokens[0]?.id ?? '');
    const before = sent.length;
    await frame.getByRole('button', { name: 'Refresh' }).click();
    await eventually(() => expect(sent.length).toBeGreaterThan(before));
    await settled(page);
    await frame.getByText('Total licences', { exact: true }).waitFor();
    expect((await told(page)).map(([, name]) => name)).toEqual(['ready']);
    // The page around gives the same one again and again: the dashboard gives up, and shows nothing.
    await revoke(tokens[1]?.id ?? '');
    await frame.getByRole('button', { name: 'Refresh' }).click();
    await page.getByText('This dashboard is not available here.').waitFor();
    expect((await told(page)).at(-1)).toEqual(['one', 'error', { message: 'This dashboard is not available here.' }]);
    expect(page.frames()).toHaveLength(1);
    stage.takeErrors();
  }, 2 * MINUTE);

  it('opens in no page of another origin', async () => {
    const { token } = await tokenOf('partner', { allowedOrigins: ['https://portal.example'] });
    const page = await openHost(element('one', 'overview'), () => token);
    await page.getByText('This dashboard is not available here.').waitFor();
    expect(await told(page)).toEqual([['one', 'error', { message: 'The dashboard did not answer.' }]]);
    // Nor where the page keeps its address to itself: then it is the browser that does not frame it.
    const policy = await (await stage.visitor()).newPage();
    const complaints: string[] = [];
    policy.on('console', (message: ConsoleMessage) => void complaints.push(message.text()));
    host().show(`<iframe referrerpolicy="no-referrer" src="${stage.url}/embed/overview?token=${token}"></iframe>`);
    await policy.goto(`${host().origin}/`);
    await eventually(() => expect(complaints.join()).toMatch(/frame-ancestors|frame/i));
    await settled(policy);
    await eventually(async () => expect(await Promise.all(policy.frames().slice(1).map((frame) => frame.locator('#root').count()))).toEqual([0]));
    stage.takeErrors();
  }, 2 * MINUTE);

  it('hears nobody but the page around it', async () => {
    const { token } = await tokenOf('partner');
    const stranger = await startHostSite();
    stranger.show(`<script>setInterval(() => {
      for (const message of [{ seatwise: 'connect' }, { seatwise: 'theme', theme: { scheme: 'dark' } }, { seatwise: 'token', token: 'swe_x' }]) parent.frames[0].postMessage(message, '*');
      parent.postMessage({ seatwise: 'size', height: 7 }, '*');
      parent.postMessage({ seatwise: 'error', message: 'x' }, '*');
    }, 50)</script>`);
    const page = await openHost(`${element('one', 'overview', 'theme="light"')}<iframe src="${stranger.origin}/"></iframe>`, () => token);
    const frame = await frameOf(page, 'overview');
    await heading(frame, 'Overview').waitFor();
    await page.waitForTimeout(1000);
    expect((await lookOf(frame))['scheme']).toBe('light');
    expect((await told(page)).map(([, name]) => name)).toEqual(['ready']);
    expect(await page.evaluate('document.getElementById("one").shadowRoot.querySelector("iframe").getBoundingClientRect().height')).toBeGreaterThan(300);
    await stranger.stop();
  }, 2 * MINUTE);

  it('shows its locked filters with a padlock, leaves the others to the reader, and tells of them', async () => {
    const { companies } = await stage.ask('partner', '{ companies(first: 2, orderBy: { field: NAME }) { nodes { id name } } }');
    const [first, second] = companies.nodes;
    const { token } = await tokenOf('partner', { lockedFilters: { companyIds: [first.id] } });
    const page = await openHost(element('one', 'overview', 'filters="table=scatter"'), () => token);
    const frame = await frameOf(page, 'overview');
    await frame.getByText(`Fixed: Company: ${first.name}`).waitFor();
    expect(await frame.getByRole('button', { name: /^(Partner|Company)/ }).count()).toBe(0);
    await frame.getByRole('button', { name: 'Status' }).click();
    await frame.getByRole('checkbox', { name: 'Active', exact: true }).check();
    await eventually(async () => expect((await told(page)).at(-1)).toEqual(['one', 'filterchange', { query: expect.stringContaining('status=ACTIVE') }]));
    await eventually(async () => expect(await frame.getByRole('button', { name: 'Clear all' }).textContent()).toContain('1 of'));
    expect(await frame.evaluate('document.body.innerText')).not.toContain(second.name);
  }, 2 * MINUTE);

  it('gives away as files what it shows, through the same gate', async () => {
    const { token } = await tokenOf('partner', { dashboards: ['POSITION'] });
    const page = await openHost(element('one', 'position'), () => token);
    const frame = await frameOf(page, 'position');
    const rows = card(frame as unknown as Page, 'Lines');
    await rows.getByRole('button', { name: /Export/ }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), frame.getByRole('button', { name: 'CSV', exact: true }).click()]);
    const text = await readFile((await download.path()) ?? '', 'utf8');
    const ours = await companiesOf('1');
    const lines = text.trim().split('\n').slice(1);
    expect(lines.length).toBeGreaterThan(2);
    const all = (await stage.ask('admin', '{ companies(first: 500) { nodes { name } } }')).companies.nodes.map(({ name }: any) => name) as string[];
    const strangers = all.filter((name) => !ours.includes(name) && !ours.some((own) => own.includes(name)));
    expect(strangers.filter((name) => lines.some((line) => line.startsWith(name)))).toEqual([]);
  }, 2 * MINUTE);
});
