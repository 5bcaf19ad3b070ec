import { expect, it } from '@jest/globals';
import { card, chart, inBrowser, rowsOf, type Stage } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { integer, symbolMoney } from '../support/english.js';
import { byHeader, choice, savedCsv } from '../support/reports-browser.js';

const MINUTE = 60_000;
const FLOW = 'opening new renewed reactivated expansion contraction expired net closing';
const FIELDS = FLOW.split(' ');
const MONEY = FIELDS.map((field) => `${field} { amount currency }`).join(' ');
const TREND = `query($range: DateRange, $mode: TrendMode!) {
  consumptionTrend(range: $range, mode: $mode) {
    points { from to incomplete licenses { ${FLOW} } seats { ${FLOW} } arr { currency ${MONEY} } }
    totals { licenses { ${FLOW} } seats { ${FLOW} } }
  }
}`;

/** The trend over the months that end today. */
async function answer(stage: Stage, months = 24, mode = 'RENEWAL_AWARE') {
  const { viewer: { settings: { today } } } = await stage.ask('admin', '{ viewer { settings { today } } }');
  const [year = 0, month = 1] = today.split('-').map(Number);
  const from = new Date(Date.UTC(year, month - months, 1)).toISOString().slice(0, 10);
  return (await stage.ask('admin', TREND, { range: { from, to: today }, mode })).consumptionTrend;
}

const signed = (value: number) => (value > 0 ? `+${integer(value)}` : integer(value));
const written = (flow: any) => FIELDS.map((field) => (field === 'net' ? signed(flow[field]) : integer(flow[field])));
const monthOf = (from: string) => new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(from));

inBrowser('Consumption trend', (stage) => {
  it('lists every month with every column, the running one marked', async () => {
    const page = await stage.open('admin', '/reports/trend');
    const { points } = await answer(stage);
    expect(points).toHaveLength(24);
    const table = card(page, 'Intervals').getByRole('table');
    await eventually(async () => {
      const rows = await rowsOf(table);
      expect(rows.map(([, ...cells]) => cells)).toEqual(points.map(({ licenses }: any) => written(licenses)));
      expect(rows[0]?.[0]).toBe(monthOf(points[0].from));
    });
    const [last] = (await rowsOf(table)).slice(-1);
    const { from, incomplete } = points.at(-1);
    expect(last?.[0]?.startsWith(monthOf(from))).toBe(true);
    expect(last?.[0] !== monthOf(from)).toBe(incomplete);
  }, 2 * MINUTE);

  it('draws the trend and says its totals', async () => {
    const page = await stage.open('admin', '/reports/trend?unit=SEATS');
    const { totals } = await answer(stage);
    const box = card(page, 'How many seats came and went?');
    await box.locator(`${chart} canvas`).first().waitFor();
    expect(await box.locator(chart).getAttribute('aria-label')).toBe(
      `Consumption trend in seats: over 24 months ${integer(totals.seats.new)} new, ${integer(totals.seats.expired)} expired, ${integer(totals.seats.closing)} in force at the end.`,
    );
    const renewed = box.getByRole('button', { name: 'Renewed' });
    await renewed.click();
    expect(await renewed.getAttribute('aria-pressed')).toBe('false');
    await box.locator(chart).focus();
    await page.keyboard.press('Home');
    await eventually(async () => expect(await box.locator('[aria-live=polite]').textContent()).toMatch(/^\w+ \d{4}.*: New [\d,]+, Net -?[\d,]+, Closing [\d,]+$/));
  }, 2 * MINUTE);

  it('counts plainly when asked, over the months asked for', async () => {
    const page = await stage.open('admin', '/reports/trend');
    await choice(page, 'Mode', 'Plain counts').click();
    await choice(page, 'Range', '12 months').click();
    const { points } = await answer(stage, 12, 'GROSS');
    expect(points).toHaveLength(12);
    const table = card(page, 'Intervals').getByRole('table');
    await eventually(async () => expect((await rowsOf(table)).map(([, ...cells]) => cells)).toEqual(points.map(({ licenses }: any) => written(licenses))));
    const movements = page.getByRole('list', { name: 'Movements shown' }).getByRole('button');
    await eventually(async () => expect(await movements.allTextContents()).toEqual(['New', 'Expired']));
    await page.goBack();
    await eventually(async () => expect(await rowsOf(table)).toHaveLength(24));
  }, 2 * MINUTE);

  it('shows money in one currency at a time and saves exactly what the API answers', async () => {
    const page = await stage.open('admin', '/reports/trend');
    await choice(page, 'Unit', 'ARR').click();
    await choice(page, 'Currency', 'USD').click();
    const { points } = await answer(stage);
    const flows = points.map(({ arr }: any) => arr.find(({ currency }: any) => currency === 'USD'));
    const table = card(page, 'Intervals').getByRole('table');
    await eventually(async () => expect((await rowsOf(table)).map(([, ...cells]) => cells)).toEqual(flows.map((flow: any) => FIELDS.map((field) => symbolMoney(flow[field])))));
    const { records } = await savedCsv(page, card(page, 'Intervals'));
    const words = ['Opening', 'New', 'Renewed', 'Reactivated', 'Expansion', 'Contraction', 'Expired', 'Net', 'Closing'];
    expect(byHeader(records)).toEqual(points.map((point: any, index: number) => ({
      Month: monthOf(point.from), ...Object.fromEntries(FIELDS.map((field, place) => [words[place], flows[index][field].amount])),
      Currency: 'USD', 'First day': point.from, 'Last day': point.to, Incomplete: point.incomplete ? 'yes' : 'no',
    })));
  }, 2 * MINUTE);
});
