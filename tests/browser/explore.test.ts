import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import type { Locator, Page } from 'playwright-core';
import { chart, inBrowser, rowsOf, type Stage } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { exported } from '../support/reports-browser.js';

const MINUTE = 60_000;

const QUERY = `query BusyOwners($first: Int!) {
  utilization(first: $first, ownerTypes: [COMPANY]) {
    nodes { ownerName figures { seatsInForce activeUsers } }
    totalCount
  }
}`;

const editor = (page: Page, name: 'Query' | 'Variables') => page.getByRole('group', { name: `${name}. Press Enter to write.` });
const result = (page: Page) => page.locator('section').filter({ has: page.getByRole('heading', { name: 'Result', exact: true }) });
const show = (page: Page, view: 'JSON' | 'Table' | 'Chart') => result(page).getByRole('group', { name: 'Show the result as' }).getByRole('button', { name: view }).click();
const run = (page: Page) => page.getByRole('button', { name: 'Run', exact: true }).click();
const panel = (page: Page, name: string) => page.getByRole('group', { name: 'Beside the editor' }).getByRole('button', { name }).click();

/** The editors and the schema are there. */
async function open(stage: Stage, role: 'admin' | 'analyst', path = '/explore'): Promise<Page> {
  const page = await stage.open(role, path);
  await eventually(async () => expect(await page.getByRole('button', { name: 'Run', exact: true }).isEnabled()).toBe(true), 60_000);
  return page;
}

/** Pastes a text in place of what an editor holds; typed, it would be completed with closing brackets. */
async function write(page: Page, into: Locator, text: string): Promise<void> {
  await into.locator('.view-lines').click();
  await page.keyboard.press('Control+A');
  await into.locator('textarea').evaluate((field: any, pasted: string) => {
    const { DataTransfer, ClipboardEvent } = field.ownerDocument.defaultView;
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
  // A key pressed before the editor has taken the text would end the pasting.
  const longest = text.split('\n').reduce((a, b) => (b.length > a.length ? b : a)).trim();
  await eventually(async () => expect(await textOf(into)).toContain(longest));
}

/** What an editor shows. */
const textOf = async (into: Locator) => (await into.locator('.view-lines').innerText()).replaceAll('\u00a0', ' ');

/** What the API answers to the same query, as rows of cells. */
async function apiRows(stage: Stage, first: number): Promise<(string | number)[][]> {
  const { utilization } = await stage.ask('analyst', QUERY, { first });
  return utilization.nodes.map(({ ownerName, figures }: any) => [ownerName, figures.seatsInForce, figures.activeUsers]);
}

const HEAD = ['ownerName', 'figures.seatsInForce', 'figures.activeUsers'];

inBrowser('Explore', (stage) => {
  it('builds a query, shows, draws, saves and keeps its result, and opens it again', async () => {
    const page = await open(stage, 'analyst');
    await write(page, editor(page, 'Query'), QUERY);
    await write(page, editor(page, 'Variables'), '{ "first": 7 }');
    await run(page);
    await result(page).getByText(/^7 rows · [\d.]+ s · cost [\d,]+ of [\d,]+$/).waitFor();
    const rows = await apiRows(stage, 7);
    // The editor holds the lines in view alone.
    await eventually(async () => expect(await textOf(result(page))).toContain(`"ownerName": ${JSON.stringify(rows[0]?.[0])}`));

    await show(page, 'Table');
    expect(await rowsOf(result(page).getByRole('table'))).toEqual(rows.map((row) => row.map(String)));

    const csv = await readFile(await (await exported(page, result(page), 'CSV')).path(), 'utf8');
    expect(parse(csv, { bom: true })).toEqual([HEAD, ...rows.map((row) => row.map(String))]);
    const workbook = await exported(page, result(page), 'XLSX');
    expect(workbook.suggestedFilename()).toMatch(/^BusyOwners \d{4}-\d\d-\d\d\.xlsx$/);
    const { sheets: [sheet] } = await readXlsx(await readFile(await workbook.path()));
    expect(sheet?.rows).toEqual([HEAD, ...rows]);

    await show(page, 'Chart');
    await result(page).getByLabel('Figure', { exact: true }).selectOption('figures.activeUsers');
    await result(page).locator(`${chart} canvas`).waitFor();
    expect(await result(page).getByLabel('Along the axis').inputValue()).toBe('ownerName');
    expect(await result(page).locator(chart).getAttribute('aria-label')).toBe('figures.activeUsers by ownerName, 7 rows');
    await result(page).getByRole('button', { name: 'Scatter' }).click();
    await result(page).getByLabel('Across').selectOption('figures.seatsInForce');

    await page.getByRole('button', { name: 'Keep query' }).click();
    const form = page.getByRole('dialog', { name: 'Keep query' });
    expect(await form.getByLabel('Name').inputValue()).toBe('BusyOwners');
    await form.getByLabel('Name').fill('Busy owners');
    await form.getByLabel(/^Share with everybody/).check();
    await form.getByRole('button', { name: 'Keep query' }).click();
    await page.getByText('Query kept').waitFor();
    await page.getByRole('list', { name: 'Kept queries' }).getByText('Yours, shared').waitFor();
    await eventually(() => expect(page.url()).toMatch(/\/explore\?query=\d+$/));

    await page.reload();
    await page.getByRole('group', { name: 'Query', exact: true }).getByText('Busy owners').waitFor();
    await eventually(async () => {
      expect(await textOf(editor(page, 'Query'))).toContain('query BusyOwners($first: Int!)');
      expect(await textOf(editor(page, 'Variables'))).toContain('{ "first": 7 }');
    });
    await run(page);
    await result(page).locator(`${chart} canvas`).waitFor();
    expect(await result(page).getByLabel('Across').inputValue()).toBe('figures.seatsInForce');

    const { savedQueries } = await stage.ask('analyst', '{ savedQueries { nodes { name shared view rows chart { type x y series } variables } } }');
    expect(savedQueries.nodes).toEqual([{
      name: 'Busy owners', shared: true, view: 'CHART', rows: null, chart: { type: 'SCATTER', x: 'figures.seatsInForce', y: 'figures.activeUsers', series: null }, variables: '{ "first": 7 }',
    }]);
  }, 4 * MINUTE);

  it('shows others what is shared; who comes second to change it is asked', async () => {
    const kept = `mutation { saveQuery(input: { name: "Seats", document: "{ licenses(first: 1) { nodes { seats } } }", shared: true }) { savedQuery { id etag } } }`;
    const { saveQuery: { savedQuery } } = await stage.ask('analyst', kept);
    const page = await open(stage, 'admin', `/explore?query=${savedQuery.id}`);
    await eventually(async () => expect(await textOf(editor(page, 'Query'))).toContain('licenses(first: 1)'));
    await panel(page, 'Kept');
    await page.getByRole('list', { name: 'Kept queries' }).getByRole('listitem').filter({ hasText: 'Seats' }).getByText(/^Shared by /).waitFor();
    await stage.ask('analyst', 'mutation($id: ID!, $etag: String!) { updateSavedQuery(id: $id, etag: $etag, input: { name: "Seats of one" }) { userErrors { message } } }', savedQuery);
    await write(page, editor(page, 'Query'), '{ licenses(first: 2) { nodes { seats } } }');
    await page.getByText('changed since it was kept').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('button', { name: 'Save changes' }).click();
    await form.getByText('Someone else changed this row').waitFor();
    await form.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Query saved').waitFor();
    const { savedQuery: now } = await stage.ask('admin', 'query($id: ID!) { savedQuery(id: $id) { name document } }', { id: savedQuery.id });
    expect(now).toEqual({ name: 'Seats of one', document: '{ licenses(first: 2) { nodes { seats } } }' });
    await page.getByRole('button', { name: 'Delete Seats of one' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete query' }).click();
    await eventually(async () => expect((await stage.ask('analyst', 'query($id: ID!) { savedQuery(id: $id) { name } }', { id: savedQuery.id })).savedQuery).toBeNull());
  }, 3 * MINUTE);

  it('completes names, explains the schema, and remembers what was run on this device', async () => {
    const page = await open(stage, 'analyst');
    await write(page, editor(page, 'Query'), '{ licenses(first: 1) { nodes { sea } } }');
    for (let step = 0; step < 6; step += 1) await page.keyboard.press('ArrowLeft');
    await eventually(async () => {
      await page.keyboard.press('Control+Space');
      await page.locator('.suggest-widget').getByText('seats', { exact: false }).first().waitFor({ timeout: 3000 });
    }, MINUTE);
    await page.keyboard.press('Escape');
    await write(page, editor(page, 'Query'), 'query One { licenses(first: 1) { nodes { seats } } }');
    await page.keyboard.press('Control+Enter');
    await result(page).getByText(/^1 row · /).waitFor();
    await panel(page, 'History');
    const history = page.getByRole('list', { name: 'Queries run on this device' });
    await history.getByRole('button', { name: /^One/ }).waitFor();
    // What only stood in the editor before was not run.
    expect(await history.getByText('sea }').count()).toBe(0);
    // Run at once, while the editor still waits for more: what is remembered is what ran.
    for (const name of ['Two', 'Three', 'Four']) {
      await write(page, editor(page, 'Query'), `query ${name} { licenses(first: 1) { nodes { id } } }`);
      await page.keyboard.press('Control+Enter');
      await history.getByRole('button', { name: new RegExp(`^${name}`) }).waitFor();
    }
    expect(await history.getByRole('listitem').count()).toBe(4);
    await panel(page, 'Schema');
    await page.getByText('Root Types').waitFor();
    await panel(page, 'Examples');
    await page.getByRole('list', { name: 'Examples' }).getByRole('button', { name: /^Seats and annual value/ }).click();
    await run(page);
    await result(page).locator(`${chart} canvas`).waitFor();
  }, 3 * MINUTE);

  describe('says what is wrong', () => {
    it.each([
      ['with the text', '{ licenses( }', /Syntax Error/, /line 1, column 13/],
      ['with a field', '{ licensez { totalCount } }', /Did you mean .*"licenses"/, /GRAPHQL_VALIDATION_FAILED/],
      ['with the size', '{ companies(first: 500) { nodes { licenses(first: 500) { nodes { company { licenses(first: 500) { nodes { id } } } } } } } }', /Query cost [\d,]+, your limit is/, /QUERY_TOO_LARGE.*cost: [\d,]+, limit [\d,]+/],
      ['with a change', 'mutation { signOut { signedOut } }', /changes nothing/, /^$/],
    ])('%s', async (_, text, message, meta) => {
      const page = await open(stage, 'analyst');
      await write(page, editor(page, 'Query'), text);
      await run(page);
      const problems = result(page).getByRole('alert');
      await problems.getByText('The query was not answered').waitFor();
      expect(await problems.innerText()).toMatch(message);
      expect((await problems.locator('li p').last().innerText()).replace(/ ?·? ?Request .*/, '')).toMatch(meta);
    }, 2 * MINUTE);
  });

  it('is for those who may read the schema', async () => {
    const page = await stage.open('viewer', '/explore');
    await page.getByRole('heading', { level: 1, name: 'Not found' }).waitFor();
    expect(await page.getByRole('link', { name: 'API docs' }).count()).toBe(0);
    await page.goto('/docs');
    await page.getByRole('heading', { level: 1, name: 'Not found' }).waitFor();
  }, MINUTE);
});

inBrowser('The API docs', (stage) => {
  it('are searched, linked, and lead from fields to types', async () => {
    const page = await stage.open('analyst', '/docs');
    await page.getByRole('heading', { level: 1, name: 'API docs' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search names and descriptions' }).fill('seatsInForce');
    await page.getByRole('list', { name: 'Places found' }).getByRole('link', { name: /^Utilization\.seatsInForce/ }).click();
    await page.getByRole('heading', { level: 2, name: 'Utilization', exact: true }).waitFor();
    expect(page.url()).toBe(`${stage.url}/docs/Utilization#seatsInForce`);
    await eventually(async () => expect(await page.evaluate('document.activeElement.id')).toBe('seatsInForce'));
    await page.goto('/docs/Query.licenses');
    await page.getByRole('heading', { level: 2, name: 'licenses', exact: true }).waitFor();
    await page.getByRole('link', { name: 'Needs READ_LICENSES' }).first().waitFor();
    await page.getByRole('link', { name: 'LicenseFilter', exact: true }).first().click();
    await page.getByRole('heading', { level: 2, name: 'LicenseFilter', exact: true }).waitFor();
    await eventually(async () => expect(await page.title()).toBe('LicenseFilter · API docs · Seatwise'));
  }, 2 * MINUTE);

  it('hold what the viewer may call, and nothing else', async () => {
    const page = await stage.open('analyst', '/docs/Mutation.createLicense');
    await page.getByText('Your schema has no Mutation.createLicense').waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.goto('/docs').then(() => page.getByRole('button', { name: 'Schema as SDL' }).click())]);
    const sdl = await readFile(await file.path(), 'utf8');
    expect(sdl).toBe((await stage.ask('analyst', '{ apiReference }')).apiReference);
    const administrator = await stage.open('admin', '/docs/Mutation.createLicense');
    await administrator.getByRole('heading', { level: 2, name: 'createLicense', exact: true }).waitFor();
  }, 2 * MINUTE);
});
