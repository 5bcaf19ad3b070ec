import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { chart, desktop, eventually, inBrowser, phone, type Stage } from '../support/browser.js';
import { scrollsSideways } from '../support/grid.js';

const MINUTE = 60_000;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

let axe = '';

/** What axe finds, in words that lead to the element. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<any>(`axe.run(document, { runOnly: ${JSON.stringify(TAGS)}, resultTypes: ['violations'] })`);
  return violations.flatMap(({ id, nodes }: any) => nodes.map(({ target, failureSummary }: any) => `${id}: ${target.join(' ')}: ${failureSummary}`));
}

/** A column that can be read in two ways, a company that nobody knows, and a row that could be written. */
const imported = 'company_id,product,start,seats,unit_cost,currency,status,note\n1,SUB,03/04/2031,7,12.50,EUR,Active,x\nNobody,SUB,05/06/2031,many,12.50,EUR,Active,a longer remark about the contract of this customer\n';

async function toColumns(page: Page): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name: 'rounds.csv', mimeType: 'text/csv', buffer: Buffer.from(imported) });
  await page.getByRole('link', { name: 'Continue to columns' }).click();
  await page.getByText('Choose the format of').waitFor();
}

const main = (page: Page) => page.getByRole('heading', { level: 1 });
/** A chart is drawn once it is in view. */
async function drawn(page: Page): Promise<void> {
  await page.locator(chart).first().scrollIntoViewIfNeeded();
  await page.locator(`${chart} canvas`).first().waitFor();
}
const listed = (page: Page) => page.locator('[role=grid] [role=gridcell], main ul[aria-label] > li').first().waitFor();

/** A report is complete with its rows, which say how many they are. */
const reported = (page: Page) => page.getByText(/^[\d,]+ of [\d,]+ rows$/).first().waitFor();

/** The pages, and when they are complete. */
const pages: { name: string; path(stage: Stage): Promise<string>; ready(page: Page): Promise<unknown> }[] = [
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
      if (page.viewportSize()?.width === phone.width) return;
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

const looks = [
  { name: 'light, wide', viewport: desktop, colorScheme: 'light' },
  { name: 'dark, wide', viewport: desktop, colorScheme: 'dark' },
  { name: 'light, narrow', viewport: phone, colorScheme: 'light' },
  { name: 'dark, narrow', viewport: phone, colorScheme: 'dark' },
] as const;

/** What has the focus, as a screen reader names it. */
const focused = (page: Page) => page.evaluate<string>(`(() => {
  const element = document.activeElement;
  return element === document.body ? 'nothing' : (element.getAttribute('aria-label') || element.textContent || element.tagName).trim();
})()`);

inBrowser('Accessibility', (stage) => {
  beforeAll(async () => { axe = await readFile('node_modules/axe-core/axe.min.js', 'utf8'); });

  describe.each(looks)('$name', ({ viewport, colorScheme }) => {
    it('finds no fault in Sign in', async () => {
      const page = await (await stage.visitor({ viewport, colorScheme })).newPage();
      await page.goto('/sign-in');
      await main(page).waitFor();
      expect(await findings(page)).toEqual([]);
    }, 2 * MINUTE);

    it.each(pages)('finds no fault in $name', async ({ path, ready }) => {
      const page = await stage.open('admin', await path(stage), { viewport, colorScheme });
      await main(page).waitFor();
      await ready(page);
      expect(await findings(page)).toEqual([]);
      expect(await scrollsSideways(page)).toBe(false);
      expect(await main(page).count()).toBe(1);
      expect(await page.title()).toMatch(/ · Seatwise$/);
    }, 2 * MINUTE);
  });

  it('never scrolls a page sideways, not at 320 pixels either', async () => {
    const page = await stage.open('admin', '/', { viewport: { width: 320, height: 640 } });
    for (const { path, ready } of pages) {
      await page.goto(await path(stage));
      await main(page).waitFor();
      await ready(page);
      expect([page.url(), await scrollsSideways(page)]).toEqual([page.url(), false]);
      // A form that was begun asks before it is left.
      const seats = page.getByRole('dialog').getByLabel(/^Seats/);
      if (await seats.count() > 0) await seats.fill('');
    }
  }, 2 * MINUTE);

  it('starts with a way past the navigation', async () => {
    const page = await stage.open('admin', '/');
    await main(page).waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.querySelector("main").contains(document.activeElement)')).toBe(true);
  }, 2 * MINUTE);

  it('reaches every filter by keys, shows the focus, and gives it back when a layer closes', async () => {
    const page = await stage.open('admin', '/?currency=EUR');
    const bar = page.getByRole('group', { name: 'Filters' });
    await bar.getByRole('button', { name: 'Clear currency' }).waitFor();
    const names = await bar.getByRole('button').evaluateAll((all: any[]) => all.map((one) => (one.ariaLabel || one.textContent).trim()));
    await bar.getByRole('button').first().focus();
    const reached: string[] = [];
    while (reached.length < names.length) {
      reached.push(await focused(page));
      const outline = await page.evaluate<any>('(() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 || s.boxShadow !== "none"; })()');
      expect([reached.at(-1), outline]).toEqual([reached.at(-1), true]);
      await page.keyboard.press('Tab');
    }
    expect(reached).toEqual(names);
    for (const chip of ['Dates', 'Partner', 'Status']) {
      const trigger = bar.getByRole('button', { name: chip });
      await trigger.focus();
      await page.keyboard.press('Enter');
      const layer = page.getByRole('dialog', { name: chip });
      await layer.waitFor();
      await eventually(async () => expect(await layer.evaluate((element: any) => element.contains(element.ownerDocument.activeElement))).toBe(true));
      await page.keyboard.press('Escape');
      await layer.waitFor({ state: 'hidden' });
      expect(await focused(page)).toBe(chip);
    }
  }, 2 * MINUTE);

  it('closes the form of a licence by Escape and gives the focus back', async () => {
    const page = await stage.open('admin', '/licences');
    const add = page.getByRole('button', { name: 'Add licence' });
    await add.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Add licence' });
    await dialog.waitFor();
    await eventually(async () => expect(await dialog.evaluate((element: any) => element.contains(element.ownerDocument.activeElement))).toBe(true));
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await eventually(async () => expect(await focused(page)).toBe('Add licence'));
  }, 2 * MINUTE);

  it('opens the pages on a phone from a menu with a name', async () => {
    const page = await stage.open('admin', '/', { viewport: phone });
    await page.getByRole('button', { name: 'Open the menu' }).click();
    const layer = page.getByRole('dialog', { name: 'Pages' });
    await layer.waitFor();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await layer.waitFor({ state: 'hidden' });
    await eventually(async () => expect(await focused(page)).toBe('Open the menu'));
    await page.getByRole('button', { name: 'Open the menu' }).click();
    await layer.getByRole('link', { name: 'Partners' }).click();
    await page.getByRole('heading', { level: 1, name: 'Partners' }).waitFor();
    expect(await layer.count()).toBe(0);
  }, 2 * MINUTE);

  it('opens the search, the list of keys and the pages by keys', async () => {
    const page = await stage.open('admin', '/');
    await main(page).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Search' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Search' }).waitFor({ state: 'hidden' });
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor({ state: 'hidden' });
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await page.getByRole('heading', { level: 1, name: 'Licences' }).waitFor();
    expect(await focused(page)).toBe('Licences');
  }, 2 * MINUTE);
});
