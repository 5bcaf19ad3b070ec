import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Locator, Page } from 'playwright-core';
import { card, chart, inBrowser, rowsOf, settled, type Stage } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { date, integer, money, percent } from '../support/english.js';

const MINUTE = 60_000;

type Cell = string | number | null;
/** A row as the API answers it: as the table writes it, and as the file holds it. */
interface Row {
  table: string[];
  file: Cell[];
}

const bandWord: Record<string, string> = { OVER: 'Over-used', WELL: 'Well used', UNDER: 'Under-used', UNLICENSED: 'Unlicensed' };
const statusWord: Record<string, string> = {
  ACTIVE: 'Active', EXPIRES_TODAY: 'Expires today', IN_GRACE: 'In grace', SCHEDULED: 'Scheduled', PERPETUAL: 'Perpetual',
};
const LINE = `ownerType ownerId ownerName figures { seatsInForce registeredUsers activeUsers ratio { value } band unusedSeats }`;
const DASH = '–';

function ownerRow({ ownerType, ownerId, ownerName, figures }: any): Row {
  const band = figures.band === null ? null : bandWord[figures.band] ?? '?';
  const kind = ownerType === 'COMPANY' ? 'Company' : 'Partner';
  const { seatsInForce, registeredUsers, activeUsers, unusedSeats, ratio } = figures;
  return {
    table: [ownerName, kind, ownerId, integer(seatsInForce), integer(registeredUsers), integer(activeUsers), percent(ratio.value), band ?? DASH, integer(unusedSeats)],
    file: [ownerName, kind, ownerId, seatsInForce, registeredUsers, activeUsers, ratio.value, band, unusedSeats],
  };
}

/** The four charts: their titles, and the rows the API gives for them. */
const charts: { name: string; title: string; sentence: RegExp; rows(stage: Stage): Promise<Row[]> }[] = [
  {
    name: 'licences against active users', title: 'Who uses more, or fewer, seats than they hold?',
    sentence: /^Licences against active users\. \d+ companies: .*\d+ (over|under)-used.*\.$/,
    rows: async (stage) => {
      const { utilization } = await stage.ask('admin', `{ utilization(ownerTypes: [COMPANY], first: 2000, orderBy: { field: GAP }) { nodes { ${LINE} } } }`);
      return utilization.nodes.map(ownerRow);
    },
  },
  {
    name: 'revenue by currency', title: 'What are the rounds in force worth a year?',
    sentence: /^Annual value of rounds in force by currency: [A-Z]{3}\s[\d,.]+(, [A-Z]{3}\s[\d,.]+)*\.$/,
    rows: async (stage) => {
      const { dashboard } = await stage.ask('admin', `{ dashboard { revenue {
        currency annualValue { amount currency } averageCost { amount currency } seats rounds
        converted(to: "EUR") { money { amount currency } rate rateDate source } } } }`);
      return dashboard.revenue.map(({ currency, annualValue, averageCost, seats, rounds, converted: to }: any): Row => ({
        table: [
          currency, money(annualValue), money(averageCost), integer(seats), integer(rounds), to ? `≈ ${money(to.money)}` : DASH,
          to?.money.currency ?? DASH, to?.rate ?? DASH, to?.rateDate ?? DASH, to?.source ?? DASH,
        ],
        file: [currency, annualValue.amount, averageCost.amount, seats, rounds, to?.money.amount, to?.money.currency, to?.rate, to?.rateDate, to?.source],
      }));
    },
  },
  {
    name: 'the licence timeline', title: 'When do rounds start and end?',
    sentence: /^Licence timeline: \d+ of [\d,]+ rounds, ending soonest first, as of \d+ \w+ \d{4}\.$/,
    rows: async (stage) => {
      const { licenses } = await stage.ask('admin', `{ licenses(
        first: 200, filter: { lifecycleStatus: { notIn: [EXPIRED, INVALID] } }, orderBy: { field: END_DATE, direction: ASC }
      ) { nodes { id company { name } partner { name } product { label } startDate endDate graceEndDate daysRemaining seats lifecycleStatus } } }`);
      return licenses.nodes.map(({ id, company, partner, product, startDate, endDate, graceEndDate, daysRemaining, seats, lifecycleStatus }: any): Row => {
        const owner = company?.name ?? partner?.name ?? 'No visible owner';
        const label = product?.label ?? 'Unknown product';
        const status = statusWord[lifecycleStatus] ?? '?';
        const day = (value: string | null) => (value === null ? DASH : date(value));
        return {
          table: [owner, label, date(startDate), day(endDate), day(graceEndDate), String(daysRemaining ?? DASH), integer(seats), status, id],
          file: [owner, label, startDate, endDate, graceEndDate, daysRemaining, seats, status, id],
        };
      });
    },
  },
  {
    name: 'over- and under-used owners', title: 'Which owners are over- or under-licensed?',
    sentence: /^Utilisation: \d+ over-used and \d+ under-used companies\.$/,
    rows: async (stage) => {
      const block = (band: string, direction: string) =>
        `utilization(ownerTypes: [COMPANY], bands: [${band}], first: 15, orderBy: { field: RATIO, direction: ${direction} }) { nodes { ${LINE} } }`;
      const { over, under } = await stage.ask('admin', `{ over: ${block('OVER', 'DESC')} under: ${block('UNDER', 'ASC')} }`);
      return [...over.nodes, ...under.nodes].map(ownerRow);
    },
  },
];

/** Whether anything is drawn: not all pixels of the canvases are alike. */
async function isDrawn(drawing: Locator): Promise<boolean> {
  return drawing.evaluate((element: any) => [...element.querySelectorAll('canvas')].some((canvas: any) => {
    const pixels = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    return pixels.some((pixel) => pixel !== pixels[0]);
  }));
}

async function menu(page: Page, title: string): Promise<Locator> {
  await page.getByRole('button', { name: `More: ${title}` }).click();
  return page.getByRole('dialog', { name: title });
}

/** What a screen reader hears of the mark the keys are on. */
const said = (page: Page, title: string) => card(page, title).locator('[aria-live=polite]').textContent();

inBrowser('The charts of Overview', (stage) => {
  for (const { name, title, sentence, rows } of charts) {
    it(`draws ${name}, describes it in a sentence, and has the same rows as a table and as a file`, async () => {
      const page = await stage.open('admin', '/');
      const box = card(page, title);
      const drawing = box.locator(chart);
      await drawing.waitFor();
      await drawing.scrollIntoViewIfNeeded();
      await eventually(async () => expect(await isDrawn(drawing)).toBe(true));
      expect(await drawing.getAttribute('aria-label')).toMatch(sentence);

      const expected = await rows(stage);
      expect(expected.length).toBeGreaterThan(1);
      await box.getByRole('button', { name: 'Show as table' }).click();
      expect(await rowsOf(box.getByRole('table'))).toEqual(expected.map(({ table }) => table));
      expect(new URL(page.url()).searchParams.get('table')).not.toBeNull();

      const download = page.waitForEvent('download');
      await (await menu(page, title)).getByRole('button', { name: 'Download CSV' }).click();
      const file = await download;
      expect(file.suggestedFilename()).toMatch(/ \d{4}-\d{2}-\d{2}\.csv$/);
      const records: string[][] = parse(await readFile(await file.path()), { bom: true });
      const [, ...lines] = records;
      expect(lines).toEqual(expected.map((row) => row.file.map((value) => String(value ?? ''))));

      await page.reload();
      expect((await rowsOf(box.getByRole('table'))).length).toBe(expected.length);
      await box.getByRole('button', { name: 'Show as chart' }).click();
      await drawing.waitFor();
    }, 2 * MINUTE);
  }

  it('saves the picture of a chart', async () => {
    const page = await stage.open('admin', '/');
    const title = 'What are the rounds in force worth a year?';
    await eventually(async () => expect(await isDrawn(card(page, title).locator(chart))).toBe(true));
    const download = page.waitForEvent('download');
    await (await menu(page, title)).getByRole('button', { name: 'Download picture' }).click();
    const bytes = await readFile(await (await download).path());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.length).toBeGreaterThan(2000);
  }, 2 * MINUTE);

  it('leads from a mark to the rows behind it, by keys', async () => {
    const page = await stage.open('admin', '/?status=ACTIVE,PERPETUAL,IN_GRACE');
    for (const { title } of charts) {
      const drawing = card(page, title).locator(chart);
      await drawing.waitFor();
      await drawing.scrollIntoViewIfNeeded();
      await eventually(async () => expect(await isDrawn(drawing)).toBe(true));
      // What comes later, other charts or fresher figures, must not draw it anew under the keys.
      await settled(page);
      await drawing.focus();
      await eventually(async () => {
        await page.keyboard.press('Home');
        expect(await said(page, title)).not.toBe('');
      });
      const mark = (await said(page, title))?.split(': ')[0] ?? '';
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Overview' }).waitFor();
      const { pathname, searchParams } = new URL(page.url());
      if (title.startsWith('When')) {
        const { license } = await stage.ask('admin', 'query($id: ID!) { license(id: $id) { company { name } partner { name } } }', { id: pathname.split('/')[2] });
        expect(mark).toContain((license.company ?? license.partner).name);
      } else if (title.startsWith('What')) {
        expect([pathname, searchParams.get('currency'), searchParams.get('status')]).toEqual(['/licences', mark, 'ACTIVE,PERPETUAL']);
      } else {
        const id = pathname === '/licences' ? searchParams.get('company') : pathname.split('/')[2];
        const { company } = await stage.ask('admin', 'query($id: ID!) { company(id: $id) { name } }', { id });
        expect(mark).toBe(company.name);
        if (pathname === '/licences') expect(searchParams.get('status')).toBe('ACTIVE,PERPETUAL');
      }
      await page.goBack();
    }
  }, 2 * MINUTE);

  it('leads from a mark to the rows behind it, by the mouse', async () => {
    const page = await stage.open('admin', '/');
    const title = 'What are the rounds in force worth a year?';
    const drawing = card(page, title).locator(chart);
    await eventually(async () => expect(await isDrawn(drawing)).toBe(true));
    // The longest bar comes first and starts at the left edge; which line it is on is the chart's own business.
    const rows = page.getByRole('heading', { level: 1, name: 'Licences' });
    for (let y = 4; y < 120 && !(await rows.isVisible()); y += 4) {
      // Where a line was hit, the chart goes away a moment later: one more click might wait for it in vain.
      await Promise.race([drawing.click({ position: { x: 6, y } }), rows.waitFor()]);
      await rows.waitFor({ timeout: 300 }).catch(() => undefined);
    }
    await rows.waitFor();
    const { searchParams } = new URL(page.url());
    expect(searchParams.get('currency')).toMatch(/^[A-Z]{3}$/);
    expect(searchParams.get('status')?.split(',')).toEqual(['ACTIVE', 'EXPIRES_TODAY', 'PERPETUAL']);
  }, 2 * MINUTE);

  it('opens all rows of a chart under the filters of the page', async () => {
    const page = await stage.open('admin', '/?currency=USD');
    const title = 'When do rounds start and end?';
    await (await menu(page, title)).getByRole('link', { name: 'Open the rows' }).click();
    await page.getByRole('grid', { name: 'Licences' }).waitFor();
    expect(new URL(page.url()).search).toBe('?currency=USD');
  }, 2 * MINUTE);

  it('compares partners instead of companies when told to', async () => {
    const page = await stage.open('admin', '/?table=scatter');
    const box = card(page, 'Who uses more, or fewer, seats than they hold?');
    await box.getByRole('button', { name: 'Partners' }).click();
    const { utilization } = await stage.ask('admin', `{ utilization(ownerTypes: [PARTNER], first: 2000, orderBy: { field: GAP }) { nodes { ${LINE} } } }`);
    const expected = utilization.nodes.map((line: unknown) => ownerRow(line).table);
    await eventually(async () => expect(await rowsOf(box.getByRole('table'))).toEqual(expected));
  }, 2 * MINUTE);

  it('shows owners as ever where a rate is missing for the money', async () => {
    const { companies, products } = await stage.ask('admin', '{ companies(first: 1) { nodes { id } } products(first: 1) { nodes { id } } }');
    // Nobody publishes a rate of the ECB for it.
    const { made } = await stage.ask('admin', 'mutation($input: CreateLicenseInput!) { made: createLicense(input: $input) { license { id etag } userErrors { message } } }', {
      input: { companyId: companies.nodes[0].id, productId: products.nodes[0].id, startDate: '2020-01-01', seats: 1, unitCost: '1', currency: 'AED' },
    });
    try {
      const page = await stage.open('admin', '/');
      await page.getByText(/no exchange rate/).first().waitFor();
      for (const title of ['Who uses more, or fewer, seats than they hold?', 'Which owners are over- or under-licensed?']) {
        await card(page, title).getByRole('button', { name: 'Show as table' }).and(page.locator(':enabled')).waitFor();
      }
    } finally {
      await stage.ask('admin', 'mutation($id: ID!, $etag: String!) { deleteLicense(id: $id, etag: $etag) { deletedId } }', made.license);
    }
  }, 2 * MINUTE);
});
