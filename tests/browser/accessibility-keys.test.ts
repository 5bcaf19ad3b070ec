import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { findings } from '../support/accessibility.js';
import { main } from '../support/accessible-pages.js';
import { inBrowser, phone, settled } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

const MINUTE = 60_000;

/** What has the focus, as a screen reader names it. */
const focused = (page: Page) => page.evaluate<string>(`(() => {
  const element = document.activeElement;
  return element === document.body ? 'nothing' : (element.getAttribute('aria-label') || element.textContent || element.tagName).trim();
})()`);

inBrowser('Accessibility by keys', (stage) => {
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
    await eventually(async () => expect(await findings(page)).toEqual([]));
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
    await settled(page);
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Search' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Search' }).waitFor({ state: 'hidden' });
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await eventually(async () => expect(await findings(page)).toEqual([]));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor({ state: 'hidden' });
    // The second key counts for a moment only, which a busy machine may miss.
    await eventually(async () => {
      await page.keyboard.press('g');
      await page.keyboard.press('l');
      await page.getByRole('heading', { level: 1, name: 'Licences' }).waitFor({ timeout: 5000 });
    });
    await eventually(async () => expect(await focused(page)).toBe('Licences'));
  }, 2 * MINUTE);
});
