import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { readXlsx } from 'hucre/xlsx';
import type { Download, Locator, Page } from 'playwright-core';
import { inBrowser, rowsOf } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { exported } from '../support/reports-browser.js';

const MINUTE = 60_000;

const file = (name: string, content: string | Buffer) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
const step = (page: Page, title: string): Locator => page.getByRole('group', { name: title });
const tile = async (page: Page, label: string) => Number((await page.getByRole('region', { name: 'Rows of the file' }).getByText(`${label}: `, { exact: true }).locator('..').first().textContent())?.replace(/\D/g, ''));
async function workbook(saved: Download): Promise<{ name: string; rows: unknown[][] }> {
  const { sheets: [sheet] } = await readXlsx(await readFile(await saved.path()));
  return { name: saved.suggestedFilename(), rows: sheet?.rows ?? [] };
}
const tiles = async (page: Page) => Promise.all(['New', 'Changed', 'Unchanged', 'Duplicates', 'Errors'].map((label) => tile(page, label)));

inBrowser('Imports', (stage) => {
  /** A company and a product that are there, and how many rounds. */
  const known = async () => {
    const { companies, products, licenses } = await stage.ask('admin', '{ companies(first: 1) { nodes { id name } } products(first: 1) { nodes { code } } licenses(first: 1) { totalCount } }');
    return { company: companies.nodes[0], code: products.nodes[0].code, count: licenses.totalCount };
  };

  it('takes a file from its drop to its undo: an ambiguous column is asked for, an unknown company taken from a suggestion', async () => {
    const { company, code, count } = await known();
    const misspelt = `${company.name.slice(0, -1)}`;
    const page = await stage.open('admin', '/licences');
    await page.getByRole('link', { name: 'Import', exact: true }).click();
    await page.locator('input[type=file]').setInputFiles(file('rounds.csv', [
      'Customer;SKU;From;Until;Qty;Price;Currency;Status',
      `${misspelt};${code};03/04/2031;02/05/2031;7;1.234,50;EUR;Active`,
      `${misspelt};${code};05/06/2031;04/07/2031;8;12,5;EUR;Active`,
      `${company.name};${code};07/08/2031;;9;3;EUR;Active`,
    ].join('\r\n')));

    await step(page, 'How is it read?').waitFor();
    expect(await page.getByLabel('Delimiter').inputValue()).toBe(';');
    expect((await rowsOf(page.getByRole('table', { name: 'First rows of the file' })))[0]?.[5]).toBe('1.234,50');
    await page.getByRole('link', { name: 'Continue to columns' }).click();

    await page.getByText('can be read in several ways. Choose the format of').waitFor();
    expect(await page.getByRole('button', { name: 'Check the file' }).isDisabled()).toBe(true);
    for (const name of ['From', 'Until']) {
      const format = page.getByLabel(`Format of ${name}`, { exact: true });
      if ((await format.inputValue()) === '') await format.selectOption('DMY');
      await eventually(async () => expect(await format.inputValue()).toBe('DMY'));
    }
    // What was chosen is the import's, not the page's.
    await page.reload();
    await eventually(async () => expect(await page.getByLabel('Format of From', { exact: true }).inputValue()).toBe('DMY'));
    await page.getByLabel('Keep this mapping as').fill('Reseller');
    await page.getByRole('button', { name: 'Save mapping' }).click();
    await page.getByText('The mapping Reseller is saved.').waitFor();
    await page.getByRole('button', { name: 'Check the file' }).click();

    await page.getByText('2 rows of 3 can’t be imported, so nothing can.').waitFor();
    expect(await tiles(page)).toEqual([1, 0, 0, 0, 2]);
    expect(await page.getByRole('button', { name: 'Continue to commit' }).isDisabled()).toBe(true);
    expect((await rowsOf(page.getByRole('table', { name: 'Errors' }))).map(([row, column, value]) => [row, column, value])).toEqual([['2', 'Customer', misspelt], ['3', 'Customer', misspelt]]);
    await page.getByRole('button', { name: `${company.name} id ${company.id}`, exact: true }).click();
    await page.getByText('No errors. 3 rows can be imported.').waitFor();
    expect(await tiles(page)).toEqual([3, 0, 0, 0, 0]);
    await page.getByRole('button', { name: 'Continue to commit' }).click();
    await page.getByRole('button', { name: 'Import 3 rows' }).click();

    await page.getByText('3 new, 0 changed.').first().waitFor();
    const { licenses } = await stage.ask('admin', `{ licenses(filter: { company: { in: ["${company.id}"] } }, orderBy: { field: ID, direction: DESC }, first: 3) { totalCount nodes { startDate endDate seats unitCost { amount } } } }`);
    expect(licenses.nodes).toEqual([
      { startDate: '2031-08-07', endDate: null, seats: 9, unitCost: { amount: '3.00' } },
      { startDate: '2031-06-05', endDate: '2031-07-04', seats: 8, unitCost: { amount: '12.50' } },
      { startDate: '2031-04-03', endDate: '2031-05-02', seats: 7, unitCost: { amount: '1234.50' } },
    ]);
    await page.getByRole('button', { name: 'Undo this import' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Undo this import' }).click();
    await page.getByRole('heading', { name: 'Undone', exact: true }).waitFor();
    expect((await known()).count).toBe(count);
    await page.getByRole('link', { name: 'All imports' }).click();
    await eventually(async () => expect((await rowsOf(page.getByRole('table', { name: 'Imports' })))[0]?.slice(0, 6)).toEqual(['rounds.csv', 'Licences', 'Undone', '3', '3', '0']));
  }, 3 * MINUTE);

  it('takes back what the list of companies was exported as, and finds every row unchanged', async () => {
    const page = await stage.open('admin', '/companies');
    const { companies } = await stage.ask('admin', '{ companies(first: 1) { totalCount } }');
    const saved = await exported(page, page, 'CSV');
    await page.goto('/imports/new?subject=COMPANIES');
    await page.locator('input[type=file]').setInputFiles(file(saved.suggestedFilename(), await readFile(await saved.path())));
    await page.getByRole('link', { name: 'Continue to columns' }).click();
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByText('Everything is already as the file says.').waitFor();
    expect(await tiles(page)).toEqual([0, 0, companies.totalCount, 0, 0]);
    await page.getByRole('button', { name: 'Cancel import' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the import' }).click();
    await page.getByText('This import was cancelled.').waitFor();
  }, 2 * MINUTE);

  it('saves licences as the server writes them and other tables from their rows as workbooks', async () => {
    const page = await stage.open('admin', '/licences?currency=JPY');
    const { licenses } = await stage.ask('admin', '{ licenses(filter: { currency: { in: ["JPY"] } }) { totalCount } }');
    const list = await workbook(await exported(page, page, 'XLSX'));
    expect(list.rows[0]?.slice(0, 4)).toEqual(['id', 'company_id', 'company', 'partner_id']);
    expect(list.rows.length - 1).toBe(licenses.totalCount);
    expect(new Set(list.rows.slice(1).map((row) => row[list.rows[0]?.indexOf('currency') ?? 0]))).toEqual(new Set(['JPY']));

    await page.goto('/rates?currency=USD&dates=2026-01-01..2026-01-31');
    const rates = await workbook(await exported(page, page, 'XLSX'));
    expect(rates.name).toMatch(/^exchange rates \d{4}-\d\d-\d\d\.xlsx$/);
    expect(rates.rows[0]).toContain('Units for one euro');
    expect(typeof rates.rows[1]?.[rates.rows[0]?.indexOf('Units for one euro') ?? 0]).toBe('number');
  }, 2 * MINUTE);

  it('refuses what is no text in words, and keeps nothing of it', async () => {
    const page = await stage.open('admin', '/imports/new');
    await page.locator('input[type=file]').setInputFiles(file('rounds.csv', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(500)])));
    await page.getByRole('alert').getByText(/^rounds\.csv was not taken in\. .*(zip|XLSX)/i).waitFor();
    expect((await stage.ask('admin', '{ imports { nodes { fileName state } } }')).imports.nodes.filter(({ state }: { state: string }) => !['UNDONE', 'CANCELLED'].includes(state))).toEqual([]);
    // The browser itself notes the refused request.
    expect(stage.takeErrors().every((error) => error.includes('400'))).toBe(true);
  }, MINUTE);
});
