import type { Locator, Page } from 'playwright-core';

/** The rows a grid shows at the moment, by the words of its header. Only what is in view is in the page. */
export async function gridRows(grid: Locator): Promise<Record<string, string>[]> {
  return grid.evaluate((element: any) => {
    const text = (cell: any) => String(cell.textContent).trim();
    const heads = new Map([...element.querySelectorAll('[role=columnheader]')].map((cell: any) => [cell.ariaColIndex, text(cell)]));
    return [...element.querySelectorAll('[role=row]')]
      .filter((row: any) => row.querySelector('[role=gridcell]') !== null)
      .sort((a: any, b: any) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex))
      .map((row: any) => Object.fromEntries([...row.querySelectorAll('[role=gridcell]')].map((cell: any) => [heads.get(cell.ariaColIndex), text(cell)])));
  });
}

/** The input with this label; required ones carry a star behind it. */
export function field(page: Page, label: string): Locator {
  return page.getByRole('dialog').getByLabel(new RegExp(`^${label}( \\*)?$`)).and(page.locator('input'));
}

/** Searches a picker whose hits come from the server, and takes the hit. */
export async function pick(page: Page, label: string, search: string, option: string): Promise<void> {
  await field(page, label).fill(search);
  await page.getByRole('option', { name: option, exact: true }).first().click();
}

/** True when the page can be scrolled sideways. */
export async function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
}
