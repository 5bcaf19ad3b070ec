import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { card, chart, type DemoRole, inBrowser, rowsOf, type Stage } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { compact, date, integer } from '../support/english.js';
import { allRows, cell, csvOf, parameter, showsFigure, tick } from '../support/reports.js';

const MINUTE = 60_000;
const CALENDAR = 'On which days do licences expire?';
const BUCKETS = 'How soon do they expire, and what is not renewed yet?';
const ROWS = 'Licences that expire';

const FORECAST = `query($filter: ReportFilter, $horizonDays: Int!, $includeTrials: Boolean!) {
  renewalForecast(filter: $filter, horizonDays: $horizonDays, includeTrials: $includeTrials) {
    atRisk { licenses quantity } within90 { licenses } within180 { licenses }
    buckets { name all { licenses } }
    days { date figures { licenses } }
    rows(first: 1) { totalCount }
  }
}`;

const LICENCES = `query($filter: ReportFilter, $horizonDays: Int!, $includeTrials: Boolean!, $buckets: [RenewalBucketName!], $expires: DateRange, $after: String) {
  renewalForecast(filter: $filter, horizonDays: $horizonDays, includeTrials: $includeTrials) {
    rows(first: 200, after: $after, buckets: $buckets, expires: $expires) {
      nodes {
        daysRemaining status state atRiskQuantity
        license { id source licenseKey siteUrl ownerName productSlug expirationDate quantity renewalValueArr { amount currency } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

interface Question {
  filter?: object;
  horizonDays?: number;
  includeTrials?: boolean;
  buckets?: string[];
  expires?: { from: string; to: string };
}

const standard = { horizonDays: 180, includeTrials: true };
const stateWord: Record<string, string> = { NOT_RENEWED: 'Not renewed', PARTIALLY_RENEWED: 'Partly renewed', RENEWED: 'Renewed' };
const statusWord: Record<string, string> = { ACTIVE: 'Active', EXPIRES_TODAY: 'Expires today', IN_GRACE: 'In grace' };
const sourceWord: Record<string, string> = { PORTAL: 'Portal', TRIAL: 'Trials', EXTERNAL: 'External' };

/** Waits until the figures are those of the API, and gives its answer. */
async function agrees(stage: Stage, page: Page, role: DemoRole, question: Question = {}) {
  const { renewalForecast: forecast } = await stage.ask(role, FORECAST, { ...standard, ...question });
  const count = (label: string, value: number) => `${label}: ${compact(value)}, exactly ${integer(value)}`;
  await showsFigure(page, count('Licences at risk', forecast.atRisk.licenses));
  await showsFigure(page, count('Within 90 days', forecast.within90.licenses));
  return forecast;
}

/** The file holds the API's rows, all of them, in its order. */
async function fileAgrees(stage: Stage, page: Page, role: DemoRole, question: Question = {}): Promise<void> {
  const { name, rows } = await csvOf(page, ROWS);
  expect(name).toMatch(/^renewals \d{4}-\d{2}-\d{2}\.csv$/);
  const licences = await allRows(stage, role, LICENCES, { ...standard, ...question }, (data) => data.renewalForecast.rows);
  expect(rows).toEqual(licences.map(({ license, ...row }) => ({
    Owner: cell(license.ownerName ?? license.siteUrl ?? 'No owner'), Product: cell(license.productSlug), Source: sourceWord[license.source],
    Key: cell(license.licenseKey ?? license.id), Expires: cell(license.expirationDate), 'Days left': cell(row.daysRemaining),
    Status: statusWord[row.status], Renewal: stateWord[row.state], Seats: cell(license.quantity), 'At risk': cell(row.atRiskQuantity),
    ARR: cell(license.renewalValueArr?.amount), Currency: cell(license.renewalValueArr?.currency),
  })));
  expect(rows.length).toBeGreaterThan(0);
}

const rows = (page: Page, count: number) => card(page, ROWS).getByText(`of ${integer(count)} rows`).waitFor();

inBrowser('Renewals', (stage) => {
  it('shows what is at risk, the calendar, the buckets and the licences', async () => {
    const page = await stage.open('admin', '/reports/renewals');
    const forecast = await agrees(stage, page, 'admin');
    expect(forecast.days.length).toBeGreaterThan(0);
    expect(await card(page, CALENDAR).locator(chart).getAttribute('aria-label')).toContain(`${integer(forecast.within180.licenses)} licences expire on ${integer(forecast.days.length)} days`);
    expect(await card(page, BUCKETS).locator(chart).getAttribute('aria-label')).toContain(`In grace ${integer(forecast.buckets[0].all.licenses)}`);
    await rows(page, forecast.rows.totalCount);
    await fileAgrees(stage, page, 'admin');
  }, 2 * MINUTE);

  it('follows its horizon and filters, keeps them in the URL, and writes what they leave into the file', async () => {
    const page = await stage.open('admin', '/reports/renewals');
    await agrees(stage, page, 'admin');
    await page.getByRole('group', { name: 'Ahead' }).getByRole('button', { name: '90 days' }).click();
    await agrees(stage, page, 'admin', { horizonDays: 90 });
    await tick(page, 'Currency', 'EUR');
    const question = { horizonDays: 90, filter: { currencies: ['EUR'] } };
    const forecast = await agrees(stage, page, 'admin', question);
    expect([parameter(page, 'horizon'), parameter(page, 'currency')]).toEqual(['90', 'EUR']);
    await rows(page, forecast.rows.totalCount);
    await fileAgrees(stage, page, 'admin', question);
    await page.getByRole('button', { name: /^Clear all/ }).click();
    await agrees(stage, page, 'admin', { horizonDays: 90 });
  }, 2 * MINUTE);

  it('narrows the rows to the day or bucket of a mark, by keys, and widens them again', async () => {
    const page = await stage.open('admin', '/reports/renewals');
    const forecast = await agrees(stage, page, 'admin');
    const calendar = card(page, CALENDAR);
    await calendar.locator('canvas').first().waitFor();
    await calendar.locator(chart).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    const [{ date: day, figures }] = forecast.days;
    await eventually(() => expect(parameter(page, 'day')).toBe(day));
    await rows(page, figures.licenses);
    expect(new Set((await rowsOf(card(page, ROWS).getByRole('table'))).map((row) => row[3]))).toEqual(new Set([date(day)]));
    await fileAgrees(stage, page, 'admin', { expires: { from: day, to: day } });
    await page.getByRole('button', { name: /^Expires .*, show all$/ }).click();
    await rows(page, forecast.rows.totalCount);
    const { name, all } = forecast.buckets.find((bucket: any) => bucket.all.licenses > 0);
    await page.goto(`/reports/renewals?bucket=${name}`);
    await rows(page, all.licenses);
  }, 2 * MINUTE);

  it('shows its charts as tables with the same figures', async () => {
    const page = await stage.open('admin', '/reports/renewals?table=calendar,buckets');
    const { days, buckets } = await agrees(stage, page, 'admin');
    const shown = await rowsOf(card(page, CALENDAR).getByRole('table'));
    expect(shown.map(([day, licences]) => [day, licences])).toEqual(days.map((one: any) => [date(one.date), integer(one.figures.licenses)]));
    expect((await rowsOf(card(page, BUCKETS).getByRole('table'))).map((row) => row[3])).toEqual(buckets.map((one: any) => integer(one.all.licenses)));
  }, 2 * MINUTE);
});
