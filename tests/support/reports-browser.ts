import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Locator, Page } from 'playwright-core';

/** A button of a group of alternatives, such as the unit of a report. */
export const choice = (page: Page, group: string, option: string): Locator =>
  page.getByRole('group', { name: group, exact: true }).getByRole('button', { name: option, exact: true });

/** What a press on a button saves, as records with the header first. */
export async function savedCsv(page: Page, button: Locator): Promise<{ name: string; records: string[][] }> {
  const download = page.waitForEvent('download');
  await button.click();
  const file = await download;
  return { name: file.suggestedFilename(), records: parse(await readFile(await file.path()), { bom: true }) };
}

/** The records by the words of the header. */
export function byHeader([head = [], ...lines]: string[][]): Record<string, string>[] {
  return lines.map((line) => Object.fromEntries(line.map((value, index) => [head[index] ?? '', value])));
}

/** The figure under a label, as it is read out. */
export const figure = (page: Page, label: string): Locator => page.getByText(`${label}: `, { exact: true }).locator('..').first();
