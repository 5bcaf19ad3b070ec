import { expect, it } from '@jest/globals';
import { card, chart, inBrowser, rowsOf, type Stage } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { integer, money } from '../support/english.js';
import { byHeader, choice, savedCsv } from '../support/reports-browser.js';

const MINUTE = 60_000;
const COST = `query($windowDays: Int!, $currency: CurrencyCode, $orderBy: CostOrder) {
  costPerActiveUser(windowDays: $windowDays) {
    bySource { source currency annualSpend { amount currency } activeUsers costPerActiveUser { amount currency } }
    owners(first: 500, currency: $currency, orderBy: $orderBy) {
      totalCount
      nodes { owner { kind name } source currency licenses activeUsers annualSpend { amount currency } costPerActiveUser { amount currency } }
    }
  }
}`;
const highest = { field: 'COST_PER_ACTIVE_USER', direction: 'DESC' };
const kinds: Record<string, string> = { COMPANY: 'Company', PARTNER: 'Partner', SITE: 'Site' };
const sources: Record<string, string> = { PORTAL: 'Portal', EXTERNAL: 'External' };

async function answer(stage: Stage, windowDays = 30, currency = 'EUR', orderBy: object = highest) {
  return (await stage.ask('admin', COST, { windowDays, currency, orderBy })).costPerActiveUser;
}

/** An owner's line as the table writes it. */
const written = (line: any) => [
  line.owner.name, kinds[line.owner.kind], sources[line.source], integer(line.licenses), integer(line.activeUsers), money(line.annualSpend),
  line.costPerActiveUser ? money(line.costPerActiveUser) : '– no active users',
];

inBrowser('Cost per active user', (stage) => {
  it('shows a figure per source and currency, each over its own users, never one over all', async () => {
    const page = await stage.open('admin', '/reports/cost');
    const { bySource } = await answer(stage);
    for (const source of ['PORTAL', 'EXTERNAL']) {
      const lines = bySource.filter((line: any) => line.source === source);
      if (lines.length === 0) continue;
      const region = page.getByRole('region', { name: `Key figures: ${sources[source]}` });
      await eventually(async () => {
        const words = await region.textContent();
        for (const line of lines) {
          expect(words).toContain(`spend ${money(line.annualSpend)}`);
          expect(words).toContain(line.costPerActiveUser ? money(line.costPerActiveUser) : 'No ');
        }
      });
    }
  }, 2 * MINUTE);

  it('lists the owners in the order of the API, in one currency at a time, and sorts on the server', async () => {
    const page = await stage.open('admin', '/reports/cost');
    const table = card(page, 'Owners').getByRole('table');
    const rows = async () => (await rowsOf(table)).slice(0, 50);
    const { owners } = await answer(stage);
    await eventually(async () => expect(await rows()).toEqual(owners.nodes.slice(0, 50).map(written)));
    await choice(page, 'Currency', 'USD').click();
    const dollars = (await answer(stage, 30, 'USD')).owners;
    await eventually(async () => expect(await rows()).toEqual(dollars.nodes.slice(0, 50).map(written)));
    await table.getByRole('button', { name: 'Spend a year' }).click();
    const spend = (await answer(stage, 30, 'USD', { field: 'ANNUAL_SPEND', direction: 'DESC' })).owners;
    await eventually(async () => expect(await rows()).toEqual(spend.nodes.slice(0, 50).map(written)));
    expect(new URL(page.url()).search).toBe('?in=USD&sort=ANNUAL_SPEND.desc');
  }, 2 * MINUTE);

  it('draws the first twenty, and says where nobody is active', async () => {
    const page = await stage.open('admin', '/reports/cost');
    const box = card(page, 'What does an active user cost a year?');
    const { owners } = await answer(stage);
    await box.locator(`${chart} canvas`).first().waitFor();
    const [first] = owners.nodes;
    expect(await box.locator(chart).getAttribute('aria-label')).toContain(
      `${first.owner.name} ${first.costPerActiveUser ? money(first.costPerActiveUser) : 'no active users'}`,
    );
    await box.getByRole('button', { name: 'Show as table' }).click();
    expect(await rowsOf(box.getByRole('table'))).toHaveLength(Math.min(20, owners.totalCount));
    await box.getByRole('button', { name: 'Show as chart' }).click();
    await choice(page, 'Lines', 'Sources').click();
    await eventually(async () => expect(await box.locator(chart).getAttribute('aria-label')).toMatch(/in EUR: (Portal|External) EUR/));
  }, 2 * MINUTE);

  it('follows the activity window and saves exactly the rows of the API', async () => {
    const page = await stage.open('admin', '/reports/cost');
    await choice(page, 'Activity window', '90 days').click();
    const { owners } = await answer(stage, 90);
    await eventually(async () => expect((await rowsOf(card(page, 'Owners').getByRole('table')))[0]).toEqual(written(owners.nodes[0])));
    const { name, records } = await savedCsv(page, card(page, 'Owners'));
    expect(name).toMatch(/^cost per active user by owner EUR \d{4}-\d{2}-\d{2}\.csv$/);
    expect(byHeader(records)).toEqual(owners.nodes.map((line: any) => ({
      Owner: line.owner.name, Kind: kinds[line.owner.kind], Source: sources[line.source], Currency: line.currency, Licences: String(line.licenses),
      Active: String(line.activeUsers), 'Spend a year': line.annualSpend.amount, 'Cost per active user': line.costPerActiveUser?.amount ?? '',
    })));
  }, 2 * MINUTE);
});
