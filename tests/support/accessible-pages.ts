import type { Page } from 'playwright-core';
import { chart, type DemoRole, phone, type Stage } from './browser.js';
import { png } from './images.js';

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

/** The pages, who opens them where it is not the administrator, and when they are complete. */
export const pages: { name: string; role?: DemoRole; path(stage: Stage): Promise<string>; ready(page: Page): Promise<unknown> }[] = [
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
    name: 'Embedding, with a form that is wrong and a token in the list',
    path: async (stage) => {
      await stage.ask('admin', 'mutation { createEmbedToken(dashboards: [OVERVIEW], allowedOrigins: ["https://portal.example"]) { token } }');
      return '/embedding';
    },
    ready: async (page) => {
      await listed(page);
      await page.getByRole('button', { name: 'New embed token' }).click();
      await page.getByRole('button', { name: 'Make token' }).click();
      await page.getByText('Name the origin of a page').first().waitFor();
    },
  },
  {
    name: 'The sessions of an account', path: async () => '/accounts?q=demo+admin',
    ready: async (page) => {
      await page.getByRole('button', { name: /^Sessions of/ }).first().click();
      await page.getByText('this session').waitFor();
    },
  },
  {
    name: 'One\'s own account, with a token and the form of another', path: async (stage) => {
      await stage.ask('admin', 'mutation { createApiToken(input: { name: "Shown", role: VIEWER, expiresInDays: 3, permissions: [READ_LICENSES] }) { token } }');
      return '/profile';
    },
    ready: async (page) => {
      await page.getByText('this session').waitFor();
      await page.getByRole('button', { name: 'Make token' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Only some' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Make token' }).click();
      await page.getByText('Enter a name.').waitFor();
    },
  },
  {
    name: 'All API tokens', path: async (stage) => {
      await stage.ask('admin', 'mutation { createApiToken(input: { name: "Listed", role: VIEWER, expiresInDays: 3 }) { token } }');
      return '/tokens';
    },
    ready: listed,
  },
  {
    name: 'Explore, with a table', path: async () => '/explore',
    ready: async (page) => {
      await page.getByRole('list', { name: 'Examples' }).getByRole('button', { name: /^Renewals/ }).click();
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.getByRole('region', { name: /^Rows: / }).waitFor();
    },
  },
  {
    name: 'Explore, with kept queries and a refusal', path: async (stage) => {
      const { saveQuery } = await stage.ask('admin', `mutation { saveQuery(input: {
        name: "Seats", description: "A sentence that says what it answers.", shared: true, view: CHART, document: "{ licenses(first: 5) { nodes { id seats } } unknown }"
      }) { savedQuery { id } } }`);
      return `/explore?query=${saveQuery.savedQuery.id}`;
    },
    ready: async (page) => {
      await page.getByRole('button', { name: 'Kept', exact: true }).click();
      await page.getByRole('group', { name: 'Query', exact: true }).getByText('Seats').waitFor();
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.getByRole('alert').getByText('The query was not answered').waitFor();
    },
  },
  {
    name: 'Explore, with the schema, and a chart', path: async () => '/explore',
    ready: async (page) => {
      await page.getByRole('list', { name: 'Examples' }).getByRole('button', { name: /^Seats against/ }).click();
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await drawn(page);
      await page.getByRole('button', { name: 'Schema', exact: true }).click();
      await page.getByText('Root Types').waitFor();
    },
  },
  { name: 'API docs', path: async () => '/docs', ready: (page) => page.getByRole('heading', { name: 'How to ask' }).waitFor() },
  {
    name: 'A type in the API docs, and a search', path: async () => '/docs/License',
    ready: async (page) => {
      await page.getByRole('searchbox', { name: 'Search names and descriptions' }).fill('seats');
      await page.getByRole('list', { name: 'Places found' }).waitFor();
    },
  },
  {
    name: 'The portal of a partner, in its own colours', role: 'partner',
    path: async (stage) => {
      const { viewer } = await stage.ask('partner', '{ viewer { tenant { id } } }');
      // Yellow is the accent that needs the most help; the second to come finds it set.
      await stage.ask('admin', 'mutation($input: SetBrandingInput!) { setBranding(input: $input) { userErrors { code } } }', {
        input: { partnerId: viewer.tenant.id, displayName: 'Sonnenschein & Partner', accent: '#ffe100', logo: png(60, 40, [255, 225, 0]).toString('base64') },
      });
      return '/';
    },
    ready: async (page) => { await drawn(page); await reported(page); },
  },
  { name: 'The portal of a company', role: 'company', path: async () => '/', ready: async (page) => { await drawn(page); await reported(page); } },
  {
    name: 'The form of a partner\'s branding, with a colour that is none',
    path: async (stage) => {
      const { createPartner } = await stage.ask('admin', 'mutation { createPartner(input: { name: "To be branded" }) { partner { id } } }');
      return `/partners/${createPartner.partner.id}`;
    },
    ready: async (page) => {
      await page.getByRole('button', { name: 'Set up branding' }).click();
      await page.getByLabel('Accent colour', { exact: true }).fill('sunny');
      await page.getByText('A colour such as #0a7d55.').waitFor();
    },
  },
];
