import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { inBrowser, phone, rowsOf } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { scrollsSideways } from '../support/grid.js';

const MINUTE = 60_000;

inBrowser('Data quality', (stage) => {
  const kinds = (page: Page) => page.getByRole('group', { name: 'Kinds of finding' });
  const kind = (page: Page, name: string) => kinds(page).getByRole('button', { name: new RegExp(`^${name} ?[\\d,]+$`) });
  const countOf = async (page: Page, name: string) => Number(/\d+$/.exec((await kind(page, name).textContent()) ?? '')?.[0]);
  const table = (page: Page, name: string) => page.getByRole('table', { name, exact: true });
  const dialog = (page: Page) => page.getByRole('dialog');
  const findings = async (of: string): Promise<any[]> =>
    (await stage.ask('admin', 'query($kind: DataQualityKind!) { dataQuality { findings(kind: $kind, first: 500) { nodes { id message license { id etag } fix { after } } } } }', { kind: of })).dataQuality.findings.nodes;

  it('shows the kinds with their counts, the gravest first, and the rows of one', async () => {
    const page = await stage.open('admin', '/quality');
    const { dataQuality } = await stage.ask('admin', '{ dataQuality { kinds { kind count } } }');
    await kinds(page).waitFor();
    const shown = await kinds(page).getByRole('button').evaluateAll((buttons: any[]) => buttons.map((button) => Number(button.lastChild.textContent.replace(/\D/g, ''))));
    expect(shown).toEqual(dataQuality.kinds.map(({ count }: any) => count));
    // The gravest with findings is open already.
    expect(await kind(page, 'No owner').getAttribute('aria-pressed')).toBe('true');
    await table(page, 'No owner').getByText('The round names neither a company nor a partner.').first().waitFor();

    await kind(page, 'Overlapping rounds').click();
    await eventually(async () => expect((await rowsOf(table(page, 'Overlapping rounds'))).length).toBe(Math.min(50, shown[6] ?? 0)));
    const [first] = await findings('OVERLAPPING_ROUNDS');
    expect((await rowsOf(table(page, 'Overlapping rounds')))[0]?.at(-1)).toBe(first.message);
    await page.getByRole('button', { name: 'Show more' }).click();
    await eventually(async () => expect((await rowsOf(table(page, 'Overlapping rounds'))).length).toBe(Math.min(100, shown[6] ?? 0)));
    await table(page, 'Overlapping rounds').getByRole('link', { name: `Licence ${first.license.id}`, exact: true }).click();
    await page.waitForURL(`**/licences/${first.license.id}`);
    // Back to the same kind.
    await page.goBack();
    await table(page, 'Overlapping rounds').waitFor();
    expect(await page.getByRole('button', { name: 'Fix all' }).count()).toBe(0);
  }, 2 * MINUTE);

  it('fixes one, then all that are certain, and the counts fall', async () => {
    const before = await findings('TOTAL_DISAGREES');
    const page = await stage.open('admin', '/quality?kind=TOTAL_DISAGREES');
    const [first] = before;
    await page.getByRole('button', { name: `Fix Licence ${first.license.id}`, exact: true }).click();
    await eventually(async () => expect((await rowsOf(dialog(page).getByRole('table')))[0]?.[2]).toMatch(new RegExp(`^Total as stored .* → ${first.fix.after}$`)));
    await dialog(page).getByRole('button', { name: 'Fix 1 finding' }).click();
    await page.getByText('1 finding fixed').waitFor();
    await eventually(async () => expect([await countOf(page, 'Total disagrees'), (await rowsOf(table(page, 'Total disagrees'))).length]).toEqual([before.length - 1, before.length - 1]));
    const { license } = await stage.ask('admin', 'query($id: ID!) { license(id: $id) { totalCostDisagrees history(first: 1) { nodes { via } } } }', { id: first.license.id });
    expect(license).toEqual({ totalCostDisagrees: false, history: { nodes: [{ via: 'QUALITY' }] } });

    const certain = before.filter(({ fix }) => fix).length - 1;
    await page.getByRole('button', { name: 'Fix all' }).click();
    await dialog(page).getByText(`The value that is certain is set in ${certain} findings, in your name.`).waitFor();
    expect((await rowsOf(dialog(page).getByRole('table'))).length).toBe(certain);
    await dialog(page).getByRole('button', { name: `Fix ${certain} findings` }).click();
    await eventually(async () => expect(await countOf(page, 'Total disagrees')).toBe(before.length - 1 - certain));
    expect(await kind(page, 'Total disagrees').getAttribute('aria-pressed')).toBe('true');
  }, 2 * MINUTE);

  it('fixes nothing when a row has changed since it was shown, and says which', async () => {
    const before = await findings('STATUS_DISAGREES');
    const page = await stage.open('admin', '/quality?kind=STATUS_DISAGREES');
    await page.getByRole('button', { name: 'Fix all' }).click();
    await dialog(page).getByRole('table').waitFor();
    const { id, etag } = before[1].license;
    await stage.ask('admin', 'mutation($id: ID!, $etag: String!) { updateLicense(id: $id, etag: $etag, input: { seats: 77 }) { userErrors { code } } }', { id, etag });
    await dialog(page).getByRole('button', { name: /^Fix \d+ findings$/ }).click();
    await eventually(async () => expect(await dialog(page).getByRole('alert').textContent()).toContain(`Licence ${id}`));
    expect(await findings('STATUS_DISAGREES')).toHaveLength(before.length);
    await dialog(page).getByRole('button', { name: 'Cancel' }).click();
    await eventually(async () => expect(await countOf(page, 'Status disagrees with the dates')).toBe(before.length));
  }, 2 * MINUTE);

  it('says so when nothing is wrong, and finds its way back', async () => {
    const { createCompany } = await stage.ask('admin', 'mutation { createCompany(input: { name: "Spotless" }) { company { id } } }');
    const page = await stage.open('admin', `/quality?company=${createCompany.company.id}`);
    await page.getByText('Nothing is wrong').waitFor();
    await page.getByRole('button', { name: 'Look at all owners' }).click();
    await kinds(page).waitFor();
  }, MINUTE);

  it('saves the findings of a kind', async () => {
    const page = await stage.open('analyst', '/quality?kind=UNKNOWN_CURRENCY');
    const found = await findings('UNKNOWN_CURRENCY');
    await table(page, 'Unknown currency').waitFor();
    // An analyst looks and takes away, but changes nothing.
    expect(await page.getByRole('button', { name: /^Fix/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Export' }).click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
    let text = '';
    for await (const chunk of await file.createReadStream()) text += String(chunk);
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(found.length + 1);
    expect(lines[0]).toBe('\uFEFFfinding,licence,other_licence,owner,user_id,site,rows,what_is_wrong,fix_field,fix_before,fix_after');
  }, MINUTE);

  it('fits a phone, and is not there for those who may not read it', async () => {
    const page = await stage.open('admin', '/quality?kind=COST_NOT_POSITIVE', { viewport: phone });
    await table(page, 'No price').waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    // The rows of another kind come into view, below the kinds as they are.
    await kind(page, 'Two owners').click();
    await eventually(async () => expect(await page.getByRole('heading', { name: 'Two owners', exact: true }).evaluate((node: any) => Number(node.getBoundingClientRect().top))).toBeLessThan(300));
    const other = await stage.open('viewer', '/quality');
    await other.getByText('Your role does not include data quality').waitFor();
    expect(await other.getByRole('link', { name: 'Data quality' }).count()).toBe(0);
  }, MINUTE);
});
