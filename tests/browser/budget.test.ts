import { expect, it } from '@jest/globals';
import { card, chart, inBrowser, settled } from '../support/browser.js';

/** The first load of Overview on the wire, all counted: documents, code, fonts, data, with their headers. */
const BUDGET = 350_000;
/** The page reads all of it again when its stream begins later than this, as on a busy machine: that is no part of the first load. */
const READ_AGAIN_AFTER_S = 3;

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
    const largest = [...sizes].sort(([, a], [, b]) => b - a).slice(0, 8).map(([id, size]) => `${urls.get(id)} ${Math.round(size / 100) / 10} kB`);
    // A page that loads nothing would pass as well.
    expect(total).toBeGreaterThan(100_000);
    expect({ total, largest, within: total <= BUDGET }).toMatchObject({ within: true });
  }, 120_000);
});
