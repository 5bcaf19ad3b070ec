import { expect, it } from '@jest/globals';
import type { Page, Route } from 'playwright-core';
import { card, chart, type DemoRole, inBrowser, type Stage } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { compact, compactMoney, date, integer, money, percent, symbolMoney } from '../support/english.js';

const MINUTE = 60_000;
const PARTNER_NAME = '{ partners(first: 3, orderBy: { field: NAME }) { nodes { id name } } }';

const DASHBOARD = `query($filter: MetricsFilter, $money: Boolean!) {
  viewer { settings { today reportingCurrency } }
  dashboard(filter: $filter) {
    totalLicenses activeLicenses totalUsers activeUsers utilization { value }
    revenue @include(if: $money) { currency annualValue { amount currency } averageCost { amount currency } }
    revenueIn(currency: "EUR") @include(if: $money) { money { amount currency } }
    meta { windowDays }
  }
}`;

const large = (amount: string) => Number(amount) >= 10_000;

/** The key figures as the API answers them, in words of the page. */
async function expected(stage: Stage, role: DemoRole, filter?: object): Promise<string[]> {
  const { dashboard, viewer } = await stage.ask(role, DASHBOARD, { filter, money: true });
  const count = (label: string, value: number) => `${label}: ${compact(value)}, exactly ${integer(value)}`;
  const [first, second] = dashboard.revenue;
  const main = dashboard.revenue.find(({ currency }: { currency: string }) => currency === viewer.settings.reportingCurrency) ?? first;
  const total = dashboard.revenueIn?.money;
  const revenue = () => {
    if (!first) return '–, exactly none';
    if (!second) return `${(large(first.annualValue.amount) ? compactMoney : symbolMoney)(first.annualValue)}, exactly ${symbolMoney(first.annualValue)}`;
    return `≈ ${(large(total.amount) ? compactMoney : symbolMoney)(total)}, exactly about ${money(total)}`;
  };
  return [
    count('Total licences', dashboard.totalLicenses),
    count('Active licences', dashboard.activeLicenses),
    count('Active users', dashboard.activeUsers),
    `Utilisation: ${percent(dashboard.utilization.value)}`,
    // What rounds are worth is revenue to the vendor; a portal speaks to those who pay it.
    `${role === 'partner' ? 'Annual value' : 'Total revenue'}: ${revenue()}`,
    `Cost per licence: ${main?.averageCost ? `${symbolMoney(main.averageCost)}, exactly ${money(main.averageCost)}` : '–, exactly –'}`,
  ];
}

const region = (page: Page) => page.getByRole('region', { name: 'Key figures' });
const shown = (page: Page) => region(page).locator('a').allTextContents();

/** Waits until the page shows what the API answers. */
async function agrees(stage: Stage, page: Page, role: DemoRole, filter?: object): Promise<string[]> {
  const figures = await expected(stage, role, filter);
  await eventually(async () => expect(await shown(page)).toEqual(figures));
  return figures;
}

const filterOf = (page: Page, key: string) => new URL(page.url()).searchParams.get(key);

/** Opens a chip of the filter bar, ticks the option, and closes it again. */
async function tick(page: Page, chip: string, option: string): Promise<void> {
  const trigger = page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: chip, exact: true });
  await trigger.click();
  await page.getByRole('dialog', { name: chip }).getByRole('checkbox', { name: option, exact: true }).check();
  await page.keyboard.press('Escape');
}

const abort = (operation: string) => (route: Route) =>
  (route.request().postData()?.includes(`query ${operation}`) ? route.abort() : route.continue());

inBrowser('Overview', (stage) => {
  it('shows the figures of the API, each with its day and a way to its rows', async () => {
    const page = await stage.open('admin', '/');
    await agrees(stage, page, 'admin');
    const { dashboard, viewer } = await stage.ask('admin', DASHBOARD, { money: false });
    const words = await region(page).textContent();
    expect(words).toContain(`seats in force on ${date(viewer.settings.today)}`);
    expect(words).toContain(`of ${integer(dashboard.totalUsers)} registered`);
    expect(words).toContain(`last ${dashboard.meta.windowDays} days to ${date(viewer.settings.today)}`);
    const hrefs = await region(page).locator('a').evaluateAll((links: any[]) => links.map((link) => link.pathname));
    expect(hrefs).toEqual(['/licences', '/licences', '/companies', '/companies', '/licences', '/licences']);
  }, 2 * MINUTE);

  it('follows its filters, keeps them in the URL, and goes back through them', async () => {
    const page = await stage.open('admin', '/');
    const before = await agrees(stage, page, 'admin');
    const { partners: { nodes: [{ id, name }] } } = await stage.ask('admin', PARTNER_NAME);
    await tick(page, 'Partner', name);
    await eventually(() => expect(filterOf(page, 'partner')).toBe(id));
    const one = await agrees(stage, page, 'admin', { partnerIds: [id] });
    expect(one).not.toEqual(before);
    await page.getByRole('button', { name: `Partner: ${name}` }).waitFor();
    await tick(page, 'Currency', 'EUR');
    await eventually(() => expect(filterOf(page, 'currency')).toBe('EUR'));
    await agrees(stage, page, 'admin', { partnerIds: [id], rounds: { currency: { in: ['EUR'] } } });
    await page.getByText('2 of 7 filters').waitFor();
    await page.goBack();
    await agrees(stage, page, 'admin', { partnerIds: [id] });
    await page.goBack();
    await agrees(stage, page, 'admin');
    await page.goForward();
    await agrees(stage, page, 'admin', { partnerIds: [id] });
    await page.getByRole('button', { name: /^Clear all/ }).click();
    await agrees(stage, page, 'admin');
    expect(new URL(page.url()).search).toBe('');
  }, 2 * MINUTE);

  it('opens with the filters of a shared link, and carries them to the rows of a figure', async () => {
    const { partners: { nodes: [{ id }, { id: other }] } } = await stage.ask('admin', PARTNER_NAME);
    const page = await stage.open('admin', `/?partner=${id},${other}&currency=EUR,USD&status=ACTIVE,PERPETUAL`);
    const rounds = { currency: { in: ['EUR', 'USD'] }, lifecycleStatus: { in: ['ACTIVE', 'PERPETUAL'] } };
    await agrees(stage, page, 'admin', { partnerIds: [id, other], rounds });
    await region(page).getByRole('link', { name: /^Active licences/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Licences' }).waitFor();
    const { licenses } = await stage.ask('admin', 'query($filter: LicenseFilter) { licenses(filter: $filter) { totalCount } }', {
      filter: { partner: { in: [id, other] }, ...rounds },
    });
    await page.getByText(`of ${integer(licenses.totalCount)} rows`).waitFor();
    expect([filterOf(page, 'partner'), filterOf(page, 'currency'), filterOf(page, 'status')]).toEqual([`${id},${other}`, 'EUR,USD', 'ACTIVE,PERPETUAL']);
  }, 2 * MINUTE);

  it('reads everything again on Refresh', async () => {
    const page = await stage.open('admin', '/');
    const before = await agrees(stage, page, 'admin');
    // The timeline draws once it is in view; drawing again must not trip over what is there.
    await card(page, 'When do rounds start and end?').scrollIntoViewIfNeeded();
    await card(page, 'When do rounds start and end?').locator('canvas').first().waitFor();
    const { companies, products } = await stage.ask('admin', '{ companies(first: 1) { nodes { id } } products(first: 1) { nodes { id } } }');
    const { createLicense } = await stage.ask('admin', `mutation($input: CreateLicenseInput!) { createLicense(input: $input) { license { id } userErrors { message } } }`, {
      input: { companyId: companies.nodes[0].id, productId: products.nodes[0].id, startDate: '2020-01-01', seats: 123_457, unitCost: '1', currency: 'EUR' },
    });
    expect(createLicense.userErrors).toEqual([]);
    const asked = new Set<string>();
    page.on('request', (request) => asked.add(/query (\w+)/.exec(request.postData() ?? '')?.[1] ?? ''));
    await page.getByRole('button', { name: 'Refresh' }).click();
    const after = await agrees(stage, page, 'admin');
    expect(after).not.toEqual(before);
    expect([...asked].filter(Boolean).sort()).toEqual(['Overview', 'Timeline']);
    await page.getByRole('button', { name: 'Refresh' }).and(page.locator(':enabled')).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  }, 2 * MINUTE);

  it('says when nothing passes the filters, and how to go on', async () => {
    const page = await stage.open('admin', '/?company=999999');
    await agrees(stage, page, 'admin', { companyIds: ['999999'] });
    for (const words of ['No owners match', 'No rounds in force on this day', 'Nothing runs in this period']) {
      await page.getByText(words, { exact: true }).first().waitFor();
    }
    await page.getByRole('button', { name: 'Company: unknown company 999999' }).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).first().click();
    await agrees(stage, page, 'admin');
  }, 2 * MINUTE);

  it('loses one card at most when a request fails, and tries again when told to', async () => {
    const page = await stage.open('admin', '/', { prepare: (context) => context.route('**/graphql', abort('Timeline')) });
    await agrees(stage, page, 'admin');
    const timeline = card(page, 'When do rounds start and end?');
    await timeline.getByText('The licence timeline could not be loaded').waitFor();
    await card(page, 'Who uses more, or fewer, seats than they hold?').locator(chart).waitFor();
    await page.context().unroute('**/graphql');
    await timeline.getByRole('button', { name: 'Retry' }).click();
    await timeline.locator(chart).waitFor();
    expect(stage.takeErrors().every((text) => text.includes('ERR_FAILED'))).toBe(true);
  }, 2 * MINUTE);

  it('says so when the key figures fail, and recovers', async () => {
    const page = await stage.open('admin', '/', { prepare: (context) => context.route('**/graphql', abort('Overview')) });
    await page.getByText('The key figures could not be loaded').waitFor();
    await card(page, 'When do rounds start and end?').locator(chart).waitFor();
    await page.context().unroute('**/graphql');
    await page.getByRole('button', { name: 'Retry' }).first().click();
    await agrees(stage, page, 'admin');
    expect(stage.takeErrors().every((text) => text.includes('ERR_FAILED'))).toBe(true);
  }, 2 * MINUTE);

  it('shows a partner its own figures and nothing of others', async () => {
    const page = await stage.open('partner', '/');
    const own = await agrees(stage, page, 'partner');
    expect(own).not.toEqual(await expected(stage, 'admin'));
    const { viewer } = await stage.ask('partner', '{ viewer { partner { id name } } }');
    const seenByAdmin = await expected(stage, 'admin', { partnerIds: [viewer.partner.id] });
    expect(own).toEqual(seenByAdmin.map((figure) => figure.replace('Total revenue', 'Annual value')));
    const sides = card(page, 'Which customers are over- or under-licensed?');
    await sides.scrollIntoViewIfNeeded();
    await sides.getByRole('button', { name: 'Show as table' }).click();
    const { over, under } = await stage.ask('partner', `{ over: utilization(ownerTypes: [COMPANY], bands: [OVER], first: 15, orderBy: { field: RATIO }) { nodes { ownerName } }
      under: utilization(ownerTypes: [COMPANY], bands: [UNDER], first: 15, orderBy: { field: RATIO, direction: ASC }) { nodes { ownerName } } }`);
    const names = await sides.getByRole('table').locator('tbody tr td:first-child').allTextContents();
    expect(names).toEqual([...over.nodes, ...under.nodes].map(({ ownerName }: { ownerName: string }) => ownerName));
    await page.goto('/?partner=' + String(Number(viewer.partner.id) + 1));
    await agrees(stage, page, 'partner', { partnerIds: [String(Number(viewer.partner.id) + 1)] });
    expect((await shown(page))[0]).toBe('Total licences: 0, exactly 0');
  }, 2 * MINUTE);
});
