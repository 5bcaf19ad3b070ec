import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { inBrowser, phone, type Stage } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { date, integer, money } from '../support/english.js';
import { gridRows, scrollsSideways } from '../support/grid.js';
import { byHeader, choice, savedCsv } from '../support/reports-browser.js';

const MINUTE = 60_000;
const UNIFIED = `query($filter: UnifiedLicenseFilter, $orderBy: UnifiedLicenseOrder) {
  unifiedLicenses(first: 500, filter: $filter, orderBy: $orderBy) {
    totalCount
    nodes { id source siteUrl licenseKey ownerName productSlug quantity isUnlimited purchaseDate expirationDate renewalValueArr { amount currency } license { id } }
  }
}`;

async function answer(stage: Stage, filter?: object, orderBy: object = { field: 'PURCHASE_DATE', direction: 'DESC' }) {
  return (await stage.ask('admin', UNIFIED, { filter, orderBy })).unifiedLicenses;
}

const sources: Record<string, string> = { PORTAL: 'Portal', TRIAL: 'Trial', EXTERNAL: 'External' };

/** A row as the grid writes it. */
const written = (row: any) => ({
  'Owner or site': row.ownerName ?? row.siteUrl ?? row.licenseKey ?? row.id,
  Source: sources[row.source],
  Product: row.productSlug ?? 'unknown',
  Quantity: row.isUnlimited ? '∞' : integer(row.quantity),
  Start: row.purchaseDate === null ? '–' : date(row.purchaseDate),
  End: row.expirationDate === null ? 'No end' : date(row.expirationDate),
  ARR: row.renewalValueArr === null ? '–' : money(row.renewalValueArr),
});

const grid = (page: Page) => page.getByRole('grid', { name: 'Unified licences' });

/** Waits until the grid shows the first rows of the answer, in its order. */
async function agrees(stage: Stage, page: Page, filter?: object, orderBy?: object) {
  const { nodes, totalCount } = await answer(stage, filter, orderBy);
  expect(totalCount).toBeGreaterThan(0);
  await eventually(async () => {
    const shown = await gridRows(grid(page));
    expect(shown.length).toBeGreaterThan(Math.min(10, nodes.length) - 1);
    expect(shown).toMatchObject(nodes.slice(0, shown.length).map(written));
  });
  expect(await grid(page).getAttribute('aria-rowcount')).toBe(String(totalCount + 1));
  return { nodes, totalCount };
}

inBrowser('Unified licences', (stage) => {
  it('lists licences of all sources in the order of the API, and reads on while scrolling', async () => {
    const page = await stage.open('admin', '/unified');
    const { totalCount } = await agrees(stage, page);
    await page.getByText(`200 of ${integer(totalCount)} rows`).waitFor();
    await grid(page).evaluate((element: any) => { element.scrollTop = element.scrollHeight; });
    await page.getByText(`400 of ${integer(totalCount)} rows`).waitFor();
  }, 2 * MINUTE);

  it('filters by source, kind and dates, sorts on the server, and keeps both in the URL', async () => {
    const page = await stage.open('admin', '/unified?source=TRIAL');
    await agrees(stage, page, { source: ['TRIAL'] });
    await choice(page, 'Kind of licence', 'Premium').click();
    await agrees(stage, page, { source: ['TRIAL'], isPremium: true });
    await grid(page).getByRole('columnheader', { name: 'End' }).click();
    await agrees(stage, page, { source: ['TRIAL'], isPremium: true }, { field: 'EXPIRATION_DATE', direction: 'ASC' });
    expect(new URL(page.url()).search).toBe('?source=TRIAL&premium=premium&sort=EXPIRATION_DATE.asc');
    await page.goto('/unified?dates=2026-01-01..2026-03-31&source=PORTAL');
    await agrees(stage, page, { source: ['PORTAL'], expirationDate: { gte: '2026-01-01', lte: '2026-03-31' } });
  }, 2 * MINUTE);

  it('leads from a portal round to its page', async () => {
    const page = await stage.open('admin', '/unified?source=PORTAL');
    const { nodes: [first] } = await agrees(stage, page, { source: ['PORTAL'] });
    await grid(page).getByRole('link').first().click();
    await eventually(() => expect(new URL(page.url()).pathname).toBe(`/licences/${first.license.id}`));
  }, 2 * MINUTE);

  it('saves exactly the rows of the API', async () => {
    const page = await stage.open('admin', '/unified?source=PORTAL&currency=JPY');
    const filter = { source: ['PORTAL'], currency: { in: ['JPY'] } };
    const { nodes } = await agrees(stage, page, filter);
    const { records } = await savedCsv(page);
    expect(byHeader(records).map((record) => [record['Id'], record['Quantity'], record['Start'], record['End'], record['ARR'], record['Currency']])).toEqual(
      nodes.map((row: any) => [row.id, String(row.quantity), row.purchaseDate, row.expirationDate ?? '', row.renewalValueArr.amount, 'JPY']),
    );
  }, 2 * MINUTE);

  it('shows cards on a phone, and says when nothing matches', async () => {
    const page = await stage.open('admin', '/unified', { viewport: phone });
    await page.locator('main ul[aria-label="Unified licences"] > li').first().waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    await page.goto('/unified?q=nobody-is-called-so');
    await page.getByText('No licence matches').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.locator('main ul[aria-label="Unified licences"] > li').first().waitFor();
  }, 2 * MINUTE);
});
