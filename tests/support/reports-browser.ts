import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Download, Locator, Page } from 'playwright-core';

/** A button of a group of alternatives, such as the unit of a report. */
export const choice = (page: Page, group: string, option: string): Locator =>
  page.getByRole('group', { name: group, exact: true }).getByRole('button', { name: option, exact: true });

/** Saves the rows of a page or card by its menu `Export`. */
export async function exported(page: Page, box: Page | Locator, format: 'CSV' | 'XLSX'): Promise<Download> {
  const download = page.waitForEvent('download');
  await box.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('dialog', { name: /^Export/ }).getByRole('button', { name: format, exact: true }).click();
  return download;
}

/** The rows of a page or card as a CSV holds them: records with the header first. */
export async function savedCsv(page: Page, box: Page | Locator = page): Promise<{ name: string; records: string[][] }> {
  const file = await exported(page, box, 'CSV');
  return { name: file.suggestedFilename(), records: parse(await readFile(await file.path()), { bom: true }) };
}

/** The records by the words of the header. */
export function byHeader([head = [], ...lines]: string[][]): Record<string, string>[] {
  return lines.map((line) => Object.fromEntries(line.map((value, index) => [head[index] ?? '', value])));
}

/** The figure under a label, as it is read out. */
export const figure = (page: Page, label: string): Locator => page.getByText(`${label}: `, { exact: true }).locator('..').first();
