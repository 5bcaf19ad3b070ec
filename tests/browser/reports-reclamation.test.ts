import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { card, chart, type DemoRole, inBrowser, rowsOf, type Stage } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { compact, compactMoney, integer, money, symbolMoney } from '../support/english.js';
import { allRows, cell, csvOf, parameter, showsFigure, tick } from '../support/reports.js';

const MINUTE = 60_000;
const CLASSES = 'How recently were premium licences used?';
const MONTHS = 'When can they be given up?';
const ROWS = 'Licences with reclaimable seats';

const REPORT = `query($filter: ReportFilter, $thresholdDays: Int!, $money: Boolean!) {
  reclamation(filter: $filter, thresholdDays: $thresholdDays) {
    candidates reclaimableSeats premiumInForce
    saving @include(if: $money) { amounts { amount currency } converted(to: "EUR") { money { amount currency } } }
    classes { class licenses }
    reasons { reason licenses }
    byExpiration { month licenses seats }
  }
}`;

const CANDIDATES = `query($filter: ReportFilter, $thresholdDays: Int!, $reasons: [ReclamationReason!], $after: String) {
  reclamation(filter: $filter, thresholdDays: $thresholdDays) {
    rows(first: 200, after: $after, reasons: $reasons) {
      nodes {
        reason lastActivityAt daysSinceActivity activeUsers reclaimableSeats saving { amount currency }
        license { id source licenseKey siteUrl ownerName productSlug quantity expirationDate }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

interface Question {
  filter?: object;
  thresholdDays?: number;
  reasons?: string[];
}

const reasonWord: Record<string, string> = {
  OWNER_INACTIVE: 'Owner switched off', NEVER_USED: 'Never used', STALE: 'Not used lately', UNDERUSED: 'More seats than users',
};
const classWord: Record<string, string> = {
  ACTIVE: 'Active', DORMANT: 'Dormant', INACTIVE: 'Inactive', NEVER_USED: 'Never used', TOO_NEW: 'Too new to judge', NO_TELEMETRY: 'No telemetry',
};
const sourceWord: Record<string, string> = { PORTAL: 'Portal', TRIAL: 'Trials', EXTERNAL: 'External' };

/** The saving as the figure says it: one currency as it is, several as the converted total. */
function savingWords({ amounts, converted }: any): string {
  const [first] = amounts;
  if (!first) return 'Saving: 0';
  const shown = (value: any) => (Number(value.amount) >= 10_000 ? compactMoney : symbolMoney)(value);
  return amounts.length === 1
    ? `Saving: ${shown(first)}, exactly ${symbolMoney(first)}`
    : `Saving: ≈ ${shown(converted.money)}, exactly about ${money(converted.money)}`;
}

/** Waits until the figures are those of the API, and gives its answer. */
async function agrees(stage: Stage, page: Page, role: DemoRole, question: Question = {}) {
  const { reclamation: report } = await stage.ask(role, REPORT, { thresholdDays: 90, money: true, ...question });
  await showsFigure(page, savingWords(report.saving));
  await showsFigure(page, `Reclaimable seats: ${compact(report.reclaimableSeats)}, exactly ${integer(report.reclaimableSeats)}`);
  await showsFigure(page, `Licences to look at: ${compact(report.candidates)}, exactly ${integer(report.candidates)}`);
  return report;
}

/** The file holds the API's rows, all of them, in its order. */
async function fileAgrees(stage: Stage, page: Page, role: DemoRole, question: Question = {}): Promise<void> {
  const { name, rows } = await csvOf(page, ROWS);
  expect(name).toMatch(/^reclamation \d{4}-\d{2}-\d{2}\.csv$/);
  const candidates = await allRows(stage, role, CANDIDATES, { thresholdDays: 90, ...question }, (data) => data.reclamation.rows);
  expect(rows).toEqual(candidates.map(({ license, ...row }) => ({
    Owner: cell(license.ownerName ?? license.siteUrl ?? 'No owner'), Product: cell(license.productSlug), Source: sourceWord[license.source],
    Key: cell(license.licenseKey ?? license.id), Why: reasonWord[row.reason], 'Last activity': cell(row.lastActivityAt),
    'Days unused': cell(row.daysSinceActivity), 'Active users': cell(row.activeUsers), Seats: cell(license.quantity),
    Reclaimable: cell(row.reclaimableSeats), Saving: cell(row.saving?.amount), Currency: cell(row.saving?.currency), Expires: cell(license.expirationDate),
  })));
  expect(rows.length).toBeGreaterThan(0);
}

inBrowser('Reclamation', (stage) => {
  it('shows the saving first, then the classes, the reasons, the months and the licences', async () => {
    const page = await stage.open('admin', '/reports/reclamation');
    const report = await agrees(stage, page, 'admin');
    expect(await page.getByRole('region', { name: 'Key figures' }).locator('[class*=label]').first().textContent()).toBe('Saving');
    const classes = report.classes.map((one: any) => `${classWord[one.class]} ${integer(one.licenses)}`).join(', ');
    expect(await card(page, CLASSES).locator(chart).getAttribute('aria-label')).toBe(`Premium licences in force by last use: ${classes}`);
    const reasons = await rowsOf(card(page, 'Why can seats be given up?').getByRole('table'));
    expect(reasons.map(([words, licences]) => [words, licences])).toEqual(report.reasons.map((one: any) => [reasonWord[one.reason], integer(one.licenses)]));
    await card(page, MONTHS).locator(chart).waitFor();
    await fileAgrees(stage, page, 'admin');
  }, 2 * MINUTE);

  it('follows its threshold and filters, keeps them in the URL, and writes what they leave into the file', async () => {
    const page = await stage.open('admin', '/reports/reclamation');
    await agrees(stage, page, 'admin');
    await page.getByRole('group', { name: 'Unused for' }).getByRole('button', { name: '30 days' }).click();
    await agrees(stage, page, 'admin', { thresholdDays: 30 });
    await tick(page, 'Currency', 'EUR');
    const question = { thresholdDays: 30, filter: { currencies: ['EUR'] } };
    await agrees(stage, page, 'admin', question);
    expect([parameter(page, 'threshold'), parameter(page, 'currency')]).toEqual(['30', 'EUR']);
    await fileAgrees(stage, page, 'admin', question);
    await page.goBack();
    await agrees(stage, page, 'admin', { thresholdDays: 30 });
  }, 2 * MINUTE);

  it('lists one reason alone', async () => {
    const page = await stage.open('admin', '/reports/reclamation');
    const { reasons } = await agrees(stage, page, 'admin');
    const { reason, licenses } = reasons.find((one: any) => one.licenses > 0);
    await page.getByRole('group', { name: 'Reasons' }).getByRole('button', { name: `${reasonWord[reason]} ${integer(licenses)}` }).click();
    await eventually(() => expect(parameter(page, 'reason')).toBe(reason));
    await card(page, ROWS).getByText(`of ${integer(licenses)} rows`).waitFor();
    await fileAgrees(stage, page, 'admin', { reasons: [reason] });
  }, 2 * MINUTE);

  it('shows the months as a table with the same figures', async () => {
    const page = await stage.open('admin', '/reports/reclamation?table=months');
    const { byExpiration } = await agrees(stage, page, 'admin');
    const shown = await rowsOf(card(page, MONTHS).getByRole('table'));
    expect(shown.map(([, licences, seats]) => [licences, seats])).toEqual(byExpiration.map((one: any) => [integer(one.licenses), integer(one.seats)]));
  }, 2 * MINUTE);
});
