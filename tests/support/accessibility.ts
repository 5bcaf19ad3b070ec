import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import type { Frame, Page } from 'playwright-core';
import { main, pages } from './accessible-pages.js';
import { phone, type Stage } from './browser.js';
import { eventually } from './eventually.js';
import { scrollsSideways } from './grid.js';

const MINUTE = 60_000;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
/** Those of the rules above whose findings depend on colours. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];
const narrowest = { width: 320, height: 640 };

/** What axe finds, in words that lead to the element. */
export async function findings(page: Page | Frame, runOnly = TAGS): Promise<string[]> {
  if (await page.evaluate('window.axe === undefined')) await page.evaluate(await readFile('node_modules/axe-core/axe.min.js', 'utf8'));
  const { violations } = await page.evaluate<any>(`axe.run(document, { runOnly: ${JSON.stringify(runOnly)}, resultTypes: ['violations'] })`);
  return violations.flatMap(({ id, nodes }: any) => nodes.map(({ target, failureSummary }: any) => `${id}: ${target.join(' ')}: ${failureSummary}`));
}

/** Nothing is found in the light, nor, once its colours have settled, in the dark: opening a page takes longer than both. */
async function expectNoFault(page: Page): Promise<void> {
  await eventually(async () => expect(await findings(page)).toEqual([]));
  await page.emulateMedia({ colorScheme: 'dark' });
  const scheme = '[getComputedStyle(document.documentElement).colorScheme, document.getAnimations().length]';
  await eventually(async () => expect(await page.evaluate(scheme)).toEqual([expect.stringContaining('dark'), 0]));
  await eventually(async () => expect(['dark', await findings(page, COLOUR_RULES)]).toEqual(['dark', []]));
}

/** The tests of all pages in one width, light and dark. */
export function findsNoFault(stage: Stage, viewport: { width: number; height: number }): void {
  it('finds no fault in Sign in', async () => {
    const page = await (await stage.visitor({ viewport })).newPage();
    await page.goto('/sign-in');
    await main(page).waitFor();
    await expectNoFault(page);
  }, 2 * MINUTE);

  it.each(pages)('finds no fault in $name', async ({ role, path, ready }) => {
    const page = await stage.open(role ?? 'admin', await path(stage), { viewport });
    await main(page).waitFor();
    await ready(page);
    await expectNoFault(page);
    expect(await scrollsSideways(page)).toBe(false);
    expect(await main(page).count()).toBe(1);
    expect(await page.title()).toMatch(/ · (?:Seatwise|Sonnenschein & Partner)$/);
    if (viewport !== phone) return;
    await page.setViewportSize(narrowest);
    await eventually(async () => expect(await scrollsSideways(page)).toBe(false));
  }, 2 * MINUTE);
}
