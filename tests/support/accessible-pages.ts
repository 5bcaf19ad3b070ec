import type { Page } from 'playwright-core';
import { chart, phone, type Stage } from './browser.js';

/** A column that can be read in two ways, a company that nobody knows, and a row that could be written. */
const imported = 'company_id,product,start,seats,unit_cost,currency,status,note\n1,SUB,03/04/2031,7,12.50,EUR,Active,x\nNobody,SUB,05/06/2031,many,12.50,EUR,Active,a longer remark about the contract of this customer\n';

async function toColumns(page: Page): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name: 'rounds.csv', mimeType: 'text/csv', buffer: Buffer.from(imported) });
  await page.getByRole('link', { name: 'Continue to columns' }).click();
  await page.getByText('Choose the format of').waitFor();
}

/** The heading of the page. */
export const main = (page: Page) => page.getByRole('heading', { level: 1 });
/** A chart is drawn once it is in view. */
async function drawn(page: Page): Promise<void> {
  await page.locator(chart).first().scrollIntoViewIfNeeded();
  await page.locator(`${chart} canvas`).first().waitFor();
}
const listed = (page: Page) => page.locator('[role=grid] [role=gridcell], main ul[aria-label] > li').first().waitFor();

/** A report is complete with its rows, which say how many they are. */
const reported = (page: Page) => page.getByText(/^[\d,]+ of [\d,]+ rows$/).first().waitFor();

/** The pages, and when they are complete. */
export const pages: { name: string; path(stage: Stage): Promise<string>; ready(page: Page): Promise<unknown> }[] = [
  { name: 'Overview', path: async () => '/', ready: drawn },
  { name: 'Licences', path: async () => '/licences', ready: listed },
  {
    name: 'The form of a licence', path: async () => '/licences',
    ready: async (page) => {
      await page.getByRole('button', { name: 'Add licence' }).click();
      await page.getByLabel(/^Seats/).fill('0');
      await page.getByText('At least 1 seat.').waitFor();
    },
  },
  {
    name: 'A bulk action on licences; on a phone, where rows are cards, the licences', path: async () => '/licences',
    ready: async (page) => {
      await listed(page);
      if ((page.viewportSize()?.width ?? 0) <= phone.width) return;
      await page.getByRole('checkbox', { name: /^Select licence/ }).first().check();
      await page.getByRole('button', { name: 'Change status' }).click();
      await page.getByRole('dialog').getByPlaceholder('For example Expired').fill('Parked');
      await page.getByRole('region', { name: 'Effect on each licence' }).waitFor();
    },
  },
  {
    name: 'A company', path: async (stage) => `/companies/${(await stage.ask('admin', '{ companies(first: 1) { nodes { id } } }')).companies.nodes[0].id}`,
    ready: async (page) => { await drawn(page); await listed(page); },
  },
  {
    name: 'A partner', path: async (stage) => `/partners/${(await stage.ask('admin', '{ partners(first: 1) { nodes { id } } }')).partners.nodes[0].id}`,
    ready: async (page) => { await drawn(page); await listed(page); },
  },
  { name: 'Licence position', path: async () => '/reports/position', ready: reported },
  { name: 'Renewals', path: async () => '/reports/renewals', ready: reported },
  { name: 'Reclamation, with a table in place of its chart', path: async () => '/reports/reclamation?table=months', ready: reported },
  { name: 'Cost per active user', path: async () => '/reports/cost', ready: reported },
  { name: 'Consumption trend', path: async () => '/reports/trend?unit=SEATS', ready: drawn },
  { name: 'Trial funnel', path: async () => '/reports/trials', ready: drawn },
  { name: 'Unified licences', path: async () => '/unified', ready: listed },
  {
    name: 'The history, with an open change',
    path: async (stage) => {
      await stage.ask('admin', 'mutation { createPartner(input: { name: "Shown in the history" }) { userErrors { code } } }');
      return '/history';
    },
    ready: (page) => page.getByRole('table', { name: 'Changes' }).getByRole('button').first().click(),
  },
  { name: 'Data quality', path: async () => '/quality', ready: (page) => page.getByText(/^[\d,]+ of [\d,]+ findings?$/).waitFor() },
  {
    name: 'A fix before it is made', path: async () => '/quality?kind=TOTAL_DISAGREES',
    ready: async (page) => {
      await page.getByRole('button', { name: 'Fix all' }).click();
      await page.getByRole('dialog').getByRole('table').waitFor();
    },
  },
  { name: 'Providers, of which there are none', path: async () => '/providers', ready: (page) => page.getByText('No provider is configured').waitFor() },
  {
    name: 'Rates, with a file that is wrong', path: async () => '/rates',
    ready: async (page) => {
      await page.getByRole('button', { name: 'Load CSV' }).click();
      await page.getByLabel(/^Published by/).fill('ECB');
      await page.locator('input[type=file]').setInputFiles({ name: 'rates.csv', mimeType: 'text/csv', buffer: Buffer.from('Date,USD\n2026-01-02,wrong\n') });
      await page.getByRole('dialog').getByRole('button', { name: 'Load', exact: true }).click();
      await page.getByText('Nothing was loaded.').waitFor();
    },
  },
  { name: 'Imports', path: async () => '/imports', ready: (page) => page.getByText('Drop a file of licences here').waitFor() },
  { name: 'The columns of an import', path: async () => '/imports/new', ready: toColumns },
  {
    name: 'The check of an import, with errors', path: async () => '/imports/new',
    ready: async (page) => {
      await toColumns(page);
      await page.getByLabel('Format of start', { exact: true }).selectOption('DMY');
      await page.getByRole('button', { name: 'Check the file' }).click();
      await page.getByText('Why rows are refused').waitFor();
    },
  },
  { name: 'Prices', path: async () => '/rates?tab=prices', ready: listed },
  {
    name: 'Accounts, with a form that is wrong', path: async () => '/accounts?state=on',
    ready: async (page) => {
      await page.getByRole('button', { name: 'Add account' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Add account' }).click();
      await page.getByText('Enter an e-mail address.').waitFor();
    },
  },
  {
    name: 'The sessions of an account', path: async () => '/accounts?q=demo+admin',
    ready: async (page) => {
      await page.getByRole('button', { name: /^Sessions of/ }).first().click();
      await page.getByText('this session').waitFor();
    },
  },
  { name: 'One\'s own account', path: async () => '/profile', ready: (page) => page.getByText('this session').waitFor() },
];
