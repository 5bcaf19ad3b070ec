import { expect } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { card, type DemoRole, type Stage } from './browser.js';
import { eventually } from './eventually.js';
import { exported } from './reports-browser.js';

interface Connection {
  nodes: any[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** All rows of a connection as the API gives them, page by page; the query takes `$after`. */
export async function allRows(
  stage: Stage, role: DemoRole, query: string, variables: Record<string, unknown>, pick: (data: any) => Connection,
): Promise<any[]> {
  const rows: any[] = [];
  let after: string | null = null;
  for (;;) {
    const { nodes, pageInfo } = pick(await stage.ask(role, query, { ...variables, after }));
    rows.push(...nodes);
    if (!pageInfo.hasNextPage) return rows;
    after = pageInfo.endCursor;
  }
}

/** Downloads the rows of a card, and reads the file: its name, and one record a line, by the words of the header. */
export async function csvOf(page: Page, title: string): Promise<{ name: string; rows: Record<string, string>[] }> {
  const file = await exported(page, card(page, title), 'CSV');
  const text = await readFile(await file.path(), 'utf8');
  return { name: file.suggestedFilename(), rows: parse(text, { bom: true, columns: true }) };
}

/** What a file holds for a value: nothing for null, and an apostrophe before what a spreadsheet would run. */
export function cell(value: string | number | null | undefined): string {
  const text = value == null ? '' : String(value);
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
}

/** The key figures of a page as a screen reader reads them: "Deficit: 12, exactly 12". */
export const figures = (page: Page): Promise<string[]> =>
  page.getByRole('region', { name: 'Key figures' }).locator('[class*=value]').allTextContents();

/** Waits for a figure with these words. */
export async function showsFigure(page: Page, words: string): Promise<void> {
  await eventually(async () => expect(await figures(page)).toContain(words));
}

/** Opens a chip of the filter bar, ticks the option, and closes it again. */
export async function tick(page: Page, chip: string, option: string): Promise<void> {
  await page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: chip, exact: true }).click();
  await page.getByRole('dialog', { name: chip }).getByRole('checkbox', { name: option, exact: true }).check();
  await page.keyboard.press('Escape');
}

/** A parameter of the page's address. */
export const parameter = (page: Page, key: string) => new URL(page.url()).searchParams.get(key);
