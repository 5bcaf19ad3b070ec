import { expect, it } from '@jest/globals';
import { findings } from '../support/accessibility.js';
import { chart, inBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { hosted } from '../support/embed-host.js';

const MINUTE = 60_000;

inBrowser('The look of dashboards in somebody else\'s page', (stage) => {
  const { tokenOf, openHost, element, frameOf, heading, lookOf } = hosted(stage);

  it('looks as the page around it says, and goes on doing so', async () => {
    const { token } = await tokenOf('partner');
    const page = await openHost(`<style>.brand { --sw-accent: #ffe600; --sw-canvas: rgb(250, 240, 230); --sw-font: Georgia, serif; --sw-density: compact } .late { --sw-accent: #004400 }</style>${element('one', 'overview', 'class="brand" theme="light"')}`, () => token);
    const frame = await frameOf(page, 'overview');
    await heading(frame, 'Overview').waitFor();
    const first = await lookOf(frame);
    expect(first).toMatchObject({ scheme: 'light', canvas: 'rgb(250, 240, 230)', body: 'rgb(250, 240, 230)', font: 'Georgia, serif', density: 'compact' });
    // A yellow that nobody could read on white is darkened until it can be.
    expect(first['brand']).not.toBe('rgb(255, 230, 0)');
    expect(first['brand']).toMatch(/^rgb\(1[0-4]\d, 1[0-3]\d, 0\)$/);
    await page.evaluate('document.getElementById("one").setAttribute("theme", "dark")');
    await eventually(async () => expect(await lookOf(frame)).toMatchObject({ scheme: 'dark', brand: 'rgb(255, 230, 0)', canvas: 'rgb(14, 17, 22)' }));
    await page.evaluate('document.getElementById("one").setAttribute("theme", "light")');
    await page.evaluate('document.getElementById("one").className = "late"');
    await eventually(async () => expect(await lookOf(frame)).toMatchObject({ scheme: 'light', brand: 'rgb(0, 68, 0)', density: undefined }));
    await page.evaluate('document.getElementById("one").removeAttribute("theme")');
    await page.emulateMedia({ colorScheme: 'dark' });
    await eventually(async () => expect((await lookOf(frame))['scheme']).toBe('dark'));
  }, 2 * MINUTE);

  it('can be read in either scheme, whatever colours the page around it chose, down to a narrow phone', async () => {
    const { companies } = await stage.ask('partner', '{ companies(first: 2, orderBy: { field: NAME }) { nodes { id } } }');
    const { token } = await tokenOf('partner', { lockedFilters: { companyIds: companies.nodes.map(({ id }: any) => id) } });
    const page = await openHost(
      `<style>seatwise-dashboard { --sw-accent: #ffe600; --sw-text: #999; --sw-muted: #aaa; --sw-surface: light-dark(#fffdf8, #261f15); --sw-canvas: light-dark(#fff8ee, #1c1710) }</style>${element('one', 'overview', 'theme="light"')}`,
      () => token, { viewport: { width: 340, height: 800 } });
    const frame = await frameOf(page, 'overview');
    await heading(frame, 'Overview').waitFor();
    await frame.locator(chart).first().waitFor();
    await eventually(async () => expect(await findings(frame)).toEqual([]));
    expect(await frame.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.evaluate('document.getElementById("one").setAttribute("theme", "dark")');
    await eventually(async () => expect((await lookOf(frame))['scheme']).toBe('dark'));
    await eventually(async () => expect(await findings(frame)).toEqual([]));
  }, 2 * MINUTE);
});
