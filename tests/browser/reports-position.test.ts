import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { card, chart, type DemoRole, inBrowser, rowsOf, type Stage } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { compact, integer } from '../support/english.js';
import { allRows, cell, csvOf, figures, parameter, showsFigure, tick } from '../support/reports.js';

const MINUTE = 60_000;
const GAPS = 'Who has fewer, or more, seats than are deployed?';

const TOTALS = `query($by: PositionGrouping!, $filter: ReportFilter, $includeTrials: Boolean!) {
  effectiveLicensePosition(by: $by, filter: $filter, includeTrials: $includeTrials) {
    totals { deficit surplus inGrace purchased deployed compliancePercent byPosition { position lines } }
    lines(first: 1) { totalCount }
    meta { asOf }
  }
}`;

const LINES = `query($by: PositionGrouping!, $filter: ReportFilter, $includeTrials: Boolean!, $positions: [LicensePosition!], $after: String) {
  effectiveLicensePosition(by: $by, filter: $filter, includeTrials: $includeTrials) {
    lines(first: 200, after: $after, positions: $positions, orderBy: { field: GAP }) {
      nodes { key name position purchased deployed surplus compliancePercent inGrace trueUpCost { amount currency } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

interface Question {
  by?: string;
  filter?: object;
  includeTrials?: boolean;
  positions?: string[];
}

const word = (position: string | null) => (position === null ? null : position.charAt(0) + position.slice(1).toLowerCase());

/** Waits until the figures are those of the API, and gives its answer. */
async function agrees(stage: Stage, page: Page, role: DemoRole, question: Question = {}) {
  const { effectiveLicensePosition: position } = await stage.ask(role, TOTALS, { by: 'OWNER', includeTrials: true, ...question });
  const { totals } = position;
  const count = (label: string, value: number) => `${label}: ${compact(value)}, exactly ${integer(value)}`;
  await eventually(async () => expect((await figures(page)).slice(0, 2)).toEqual([count('Deficit', totals.deficit), count('Surplus', totals.surplus)]));
  await showsFigure(page, count('In grace', totals.inGrace));
  return position;
}

/** The file holds the API's rows, all of them, in its order. */
async function fileAgrees(stage: Stage, page: Page, role: DemoRole, question: Question, header: string): Promise<void> {
  const { name, rows } = await csvOf(page, 'Lines');
  expect(name).toMatch(/^licence position \d{4}-\d{2}-\d{2}\.csv$/);
  const lines = await allRows(stage, role, LINES, { by: 'OWNER', includeTrials: true, ...question }, (data) => data.effectiveLicensePosition.lines);
  expect(rows).toEqual(lines.map((line) => ({
    [header]: expect.any(String), Position: cell(word(line.position)), Purchased: cell(line.purchased), Deployed: cell(line.deployed),
    Surplus: cell(line.surplus), Compliance: cell(line.compliancePercent), 'In grace': cell(line.inGrace),
    'True-up cost': cell(line.trueUpCost?.amount), Currency: cell(line.trueUpCost?.currency), Key: cell(line.key),
  })));
  expect(rows.length).toBeGreaterThan(0);
}

inBrowser('The licence position', (stage) => {
  it('shows deficit and surplus as two figures, a bar a line, and the lines', async () => {
    const page = await stage.open('admin', '/reports/position');
    const { lines, totals } = await agrees(stage, page, 'admin');
    expect(totals.deficit).toBeGreaterThan(0);
    expect(totals.surplus).toBeGreaterThan(0);
    const label = await card(page, GAPS).locator(chart).getAttribute('aria-label');
    expect(label).toContain(`${integer(lines.totalCount)} owners: ${integer(totals.deficit)} seats missing, ${integer(totals.surplus)} left over`);
    await card(page, 'Lines').getByText(`of ${integer(lines.totalCount)} rows`).waitFor();
    await fileAgrees(stage, page, 'admin', {}, 'Owner');
  }, 2 * MINUTE);

  it('follows its choices and filters, keeps them in the URL, and writes what they leave into the file', async () => {
    const page = await stage.open('admin', '/reports/position');
    await agrees(stage, page, 'admin');
    await page.getByRole('group', { name: 'By' }).getByRole('button', { name: 'Product' }).click();
    await agrees(stage, page, 'admin', { by: 'PRODUCT' });
    await page.getByLabel('Count active trials').uncheck();
    await agrees(stage, page, 'admin', { by: 'PRODUCT', includeTrials: false });
    await tick(page, 'Source', 'Portal');
    const question = { by: 'PRODUCT', includeTrials: false, filter: { sources: ['PORTAL'] } };
    await agrees(stage, page, 'admin', question);
    expect([parameter(page, 'by'), parameter(page, 'trials'), parameter(page, 'source')]).toEqual(['PRODUCT', 'false', 'PORTAL']);
    await fileAgrees(stage, page, 'admin', question, 'Product');
    await page.goBack();
    await agrees(stage, page, 'admin', { by: 'PRODUCT', includeTrials: false });
  }, 2 * MINUTE);

  it('lists one position alone, from the rows and from a shared link', async () => {
    const page = await stage.open('admin', '/reports/position');
    const { totals } = await agrees(stage, page, 'admin');
    const { position, lines } = totals.byPosition.find((one: { lines: number }) => one.lines > 0);
    await page.getByRole('group', { name: 'Positions' }).getByRole('button', { name: word(position) ?? '' }).click();
    await eventually(() => expect(parameter(page, 'position')).toBe(position));
    await card(page, 'Lines').getByText(`of ${integer(lines)} rows`).waitFor();
    const words = (await rowsOf(card(page, 'Lines').getByRole('table'))).map((row) => row[1]);
    expect(new Set(words)).toEqual(new Set([word(position)]));
    await fileAgrees(stage, page, 'admin', { positions: [position] }, 'Owner');
  }, 2 * MINUTE);

  it('shows a partner its own lines and nothing of others', async () => {
    const page = await stage.open('partner', '/reports/position');
    const own = await agrees(stage, page, 'partner');
    const { effectiveLicensePosition: all } = await stage.ask('admin', TOTALS, { by: 'OWNER', includeTrials: true });
    expect(own.lines.totalCount).toBeLessThan(all.lines.totalCount);
    await card(page, 'Lines').getByText(`of ${integer(own.lines.totalCount)} rows`).waitFor();
  }, 2 * MINUTE);
});
