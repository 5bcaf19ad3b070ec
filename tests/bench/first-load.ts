import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { startDemo } from './servers.js';

/** How soon a server is ready, and how soon somebody who has never been there sees the overview. */
export const firstLoad = { name: 'first load' };

const TURNS = 7;
const AIM_MS = 1500;
const signIn = { query: 'mutation { signIn(input: { email: "admin@seatwise.example", password: "seatwise-demo" }) { accessToken } }' };
const program = process.env['TEST_CHROMIUM'] ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));

/** On the embedded database with the demo data, as the browser tests; medians of some turns, each with an empty cache. */
export async function measureFirstLoad(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'seatwise-first-load-'));
  try {
    await (await startDemo(folder)).stop();
    const started = performance.now();
    const server = await startDemo(folder);
    const ready = performance.now() - started;
    const lines = [`start to ready on a prepared database: ${inMilliseconds(ready)}`];
    try {
      lines.push(...(program === undefined ? ['the first load of the overview needs Chromium: set TEST_CHROMIUM'] : await loads(server.url, program)));
    } finally {
      await server.stop();
    }
    return lines.join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function loads(url: string, executablePath: string): Promise<string[]> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const turns: { painted: number; usable: number }[] = [];
    // The first turn warms the server up.
    for (let turn = 0; turn <= TURNS; turn += 1) turns.push(await load(browser, url));
    const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
    const counted = turns.slice(1);
    return [`first load of the overview in Chromium: painted after ${Math.round(median(counted.map(({ painted }) => painted)))} ms, usable after ${inMilliseconds(median(counted.map(({ usable }) => usable)))}, medians of ${TURNS}`];
  } finally {
    await browser.close();
  }
}

/** Usable: the figures stand there and lead somewhere, the first chart is drawn, and the page has time for whoever uses it. */
async function load(browser: Browser, baseURL: string): Promise<{ painted: number; usable: number }> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 } });
  try {
    await context.request.post('/graphql', { data: signIn });
    const page = await context.newPage();
    const started = performance.now();
    await page.goto('/', { waitUntil: 'commit' });
    await page.getByRole('link', { name: /^Total licences: / }).waitFor();
    await page.locator('canvas').first().waitFor();
    await page.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 0); }));
    const usable = performance.now() - started;
    const painted = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN);
    return { painted, usable };
  } finally {
    await context.close();
  }
}

const inMilliseconds = (value: number) => `${Math.round(value).toLocaleString('en')} ms${value < AIM_MS ? '' : ` (aim below ${AIM_MS.toLocaleString('en')})`}`;
