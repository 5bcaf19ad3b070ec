import { setTimeout } from 'node:timers/promises';

import { expect, it } from '@jest/globals';
import { card, chart, inBrowser, settled } from '../support/browser.js';

/** The first load of Overview on the wire, all counted: documents, code, fonts, data, with their headers. */
const BUDGET = 350_000;
/** The page reads all of it again when its stream begins later than this, as on a busy machine: that is no part of the first load. */
const READ_AGAIN_AFTER_S = 3;
/** By how much the figures come after the rows of the timeline. */
const LATER_MS = 700;

inBrowser('The first load of Overview', (stage) => {
  it(`transfers at most ${BUDGET / 1000} kB`, async () => {
    const page = await stage.open('admin', '/');
    await page.getByRole('link', { name: /^Total licences: / }).waitFor();
    await page.goto('about:blank');
    const wire = await page.context().newCDPSession(page);
    await wire.send('Network.enable');
    await wire.send('Network.setCacheDisabled', { cacheDisabled: true });
    const urls = new Map<string, string>();
    const sizes = new Map<string, number>();
    const asked = new Set<string>();
    const askedAgain = new Set<string>();
    let begun: number | undefined;
    wire.on('Network.requestWillBeSent', ({ requestId, request: { url, postData = '' }, timestamp }) => {
      begun ??= timestamp;
      if (url !== `${stage.url}/graphql`) return;
      if (asked.has(postData) && timestamp - begun > READ_AGAIN_AFTER_S) askedAgain.add(requestId);
      asked.add(postData);
    });
    wire.on('Network.responseReceived', ({ requestId, response }) => void urls.set(requestId, response.url.replace(stage.url, '')));
    wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (!askedAgain.has(requestId)) sizes.set(requestId, encodedDataLength);
    });
    await page.goto('/');
    await page.getByRole('link', { name: /^Total licences: / }).waitFor();
    await card(page, 'Who uses more, or fewer, seats than they hold?').locator(chart).locator('canvas').first().waitFor();
    await settled(page);
    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    const loaded = [...sizes].sort(([, a], [, b]) => b - a).map(([id, size]) => `${urls.get(id)} ${size}`);
    // A page that loads nothing would pass as well.
    expect(total).toBeGreaterThan(100_000);
    expect({ total, loaded: total > BUDGET ? loaded : 'within the budget' }).toEqual({ total, loaded: 'within the budget' });
  }, 120_000);

  it('loads no parts of charts that are out of view, though their rows are there before the figures above them', async () => {
    const loaded: string[] = [];
    const page = await stage.open('admin', '/licences', {
      prepare: (context) => context.route('**/graphql', async (route) => {
        if (route.request().postData()?.includes('query Overview')) await setTimeout(LATER_MS);
        await route.continue();
      }),
    });
    page.on('request', (request) => void loaded.push(request.url()));
    await page.goto('/');
    await card(page, 'Who uses more, or fewer, seats than they hold?').locator(chart).locator('canvas').first().waitFor();
    await settled(page);
    expect(loaded.filter((url) => /(marks|zoom|lines)\.engine/.test(url))).toEqual([]);
    await card(page, 'When do rounds start and end?').scrollIntoViewIfNeeded();
    await card(page, 'When do rounds start and end?').locator(chart).locator('canvas').first().waitFor();
    expect(loaded.filter((url) => /(marks|zoom)\.engine/.test(url))).toHaveLength(2);
  }, 120_000);
});
