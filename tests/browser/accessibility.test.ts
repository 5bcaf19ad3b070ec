import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { main, pages } from '../support/accessible-pages.js';
import { desktop, eventually, inBrowser, phone } from '../support/browser.js';
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

const widths = [{ name: 'wide', viewport: desktop }, { name: 'narrow', viewport: phone }] as const;
const narrowest = { width: 320, height: 640 };

/** Nothing is found in the light, nor, once its colours have settled, in the dark: opening a page takes longer than both. */
async function expectNoFault(page: Page): Promise<void> {
  expect(await findings(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await eventually(async () => expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toMatch('dark'));
  await eventually(async () => expect(['dark', await findings(page)]).toEqual(['dark', []]));
}

/** What has the focus, as a screen reader names it. */
const focused = (page: Page) => page.evaluate<string>(`(() => {
  const element = document.activeElement;
  return element === document.body ? 'nothing' : (element.getAttribute('aria-label') || element.textContent || element.tagName).trim();
})()`);

inBrowser('Accessibility', (stage) => {
  beforeAll(async () => { axe = await readFile('node_modules/axe-core/axe.min.js', 'utf8'); });

  describe.each(widths)('light and dark, $name', ({ viewport }) => {
    it('finds no fault in Sign in', async () => {
      const page = await (await stage.visitor({ viewport })).newPage();
      await page.goto('/sign-in');
      await main(page).waitFor();
      await expectNoFault(page);
    }, 2 * MINUTE);

    it.each(pages)('finds no fault in $name', async ({ path, ready }) => {
      const page = await stage.open('admin', await path(stage), { viewport });
      await main(page).waitFor();
      await ready(page);
      await expectNoFault(page);
      expect(await scrollsSideways(page)).toBe(false);
      expect(await main(page).count()).toBe(1);
      expect(await page.title()).toMatch(/ · Seatwise$/);
      if (viewport !== phone) return;
      await page.setViewportSize(narrowest);
      await eventually(async () => expect(await scrollsSideways(page)).toBe(false));
    }, 2 * MINUTE);
  });

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
