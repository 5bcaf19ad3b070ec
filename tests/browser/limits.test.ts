import { expect, it } from '@jest/globals';
import type { BrowserContext, Page, Response } from 'playwright-core';
import { type DemoRole, inBrowser, settled } from '../support/browser.js';

/** As many as an installation that sets nothing allows. */
const REQUESTS_PER_MINUTE = 30_000;
const LOADED_WITHIN_MS = 240_000;

interface Figure {
  value?: number;
  limit: number;
}

/** What the pages of one visitor asked for. */
interface Walk {
  requests: number;
  refused: string[];
  /** Of each limit the largest part that any request used, with the operation. */
  used: Record<string, { part: number; by: string }>;
}

inBrowser('Whoever walks through all pages of the demo', (stage) => {
  /** Every request asks what it came to. */
  const prepare = (context: BrowserContext) =>
    context.route('**/graphql', (route) => route.continue({ headers: { ...route.request().headers(), 'x-seatwise-cost': '1' } }));

  async function note(walk: Walk, response: Response): Promise<void> {
    if (!response.url().endsWith('/graphql') || response.request().method() !== 'POST') return;
    const sent = response.request().postDataJSON() as { operationName?: string; query?: string };
    const operation = sent.operationName ?? sent.query ?? '';
    const { errors = [], extensions } = (await response.json()) as { errors?: { extensions: { code: string } }[]; extensions?: { cost: Record<string, Figure> } };
    walk.requests += 1;
    for (const { extensions: { code } } of errors) if (code === 'QUERY_TOO_LARGE' || code === 'RATE_LIMITED' || response.status() === 429) walk.refused.push(`${operation}: ${code}`);
    for (const [name, { value, limit }] of Object.entries(extensions?.cost ?? {})) {
      const part = (value ?? 0) / limit;
      if (part >= (walk.used[name]?.part ?? 0)) walk.used[name] = { part, by: operation };
    }
  }

  const paths = (page: Page) => page.locator('nav a[href^="/"]').evaluateAll((links: any[]) => [...new Set(links.map((link) => String(link.getAttribute('href')).split('?')[0]))] as string[]);

  it.each(['admin', 'partner', 'company'] as const)('meets no limit as %s, nor comes near one', async (role: DemoRole) => {
    const walk: Walk = { requests: 0, refused: [], used: {} };
    const page = await stage.open(role, '/', { prepare });
    const noting: Promise<void>[] = [];
    page.on('response', (response) => void noting.push(note(walk, response).catch(() => undefined)));
    await page.reload();
    await settled(page);
    // Nothing is asked for either while the code of the page is still being run.
    await page.locator('nav a[href^="/"]').first().waitFor();
    const visited = await paths(page);
    // A walk over nothing would pass as well.
    expect(visited.length).toBeGreaterThan(4);
    for (const path of visited) {
      await page.goto(path);
      await settled(page);
    }
    await Promise.all(noting);
    expect(walk.refused).toEqual([]);
    expect(walk.requests).toBeGreaterThan(visited.length);
    expect(walk.requests).toBeLessThan(REQUESTS_PER_MINUTE / 10);
    expect(Object.entries(walk.used).filter(([, { part }]) => part > 0.5)).toEqual([]);
    expect(Object.keys(walk.used).sort()).toEqual(['aliases', 'cost', 'depth', 'fields', 'resultBytes', 'statementSeconds', 'tokens']);
  }, LOADED_WITHIN_MS);
}, () => ({ REQUESTS_PER_MINUTE_ACCOUNT: String(REQUESTS_PER_MINUTE), REQUESTS_PER_MINUTE_TOKEN: String(REQUESTS_PER_MINUTE) }));
