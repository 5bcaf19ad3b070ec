import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { findings } from '../support/accessibility.js';
import { inBrowser, phone, type Stage } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { date, integer } from '../support/english.js';

const MINUTE = 60_000;
const ROW = 'id etag owner { ... on Company { name } ... on Partner { name } } product { label } startDate endDate seats unitCost { amount currency } status';

const rounds = async (stage: Stage): Promise<any[]> =>
  (await stage.ask('admin', `{ licenses(first: 30, orderBy: { field: ID, direction: DESC }) { nodes { ${ROW} } } }`)).licenses.nodes;
const round = async (stage: Stage, id: string) => (await stage.ask('admin', `query($id: ID!) { license(id: $id) { ${ROW} } }`, { id })).license;

/** What someone else does meanwhile. */
async function changeElsewhere(stage: Stage, id: string, input: object): Promise<void> {
  const { etag } = await round(stage, id);
  const { updateLicense } = await stage.ask('admin', 'mutation($id: ID!, $etag: String!, $input: UpdateLicenseInput!) { updateLicense(id: $id, etag: $etag, input: $input) { userErrors { message } } }', { id, etag, input });
  expect(updateLicense.userErrors).toEqual([]);
}

/** The latest changes of rounds as [through what, id, field, before, after]. */
async function changes(stage: Stage, first: number): Promise<string[][]> {
  const { auditLog } = await stage.ask('admin', 'query($first: Int) { auditLog(first: $first, filter: { entities: ["License"] }) { nodes { via entityId changes { field before after } } } }', { first });
  return auditLog.nodes.flatMap(({ via, entityId, changes: fields }: any) => fields.map(({ field, before, after }: any) => [via, entityId, field, before, after]));
}

const grid = (page: Page) => page.getByRole('grid', { name: 'Licences' });
const bar = (page: Page) => page.getByRole('region', { name: 'Unsaved changes' });
const says = (page: Page, words: string) => eventually(async () => expect(await bar(page).textContent()).toContain(words));
const column = { owner: 2, product: 3, seats: 4, start: 5, end: 6, status: 8 };
/** A cell by its row, counted from 0. */
const cell = (page: Page, row: number, at: keyof typeof column) =>
  grid(page).locator(`[role=row][aria-rowindex="${row + 2}"] [role=gridcell][aria-colindex="${column[at]}"]`);
const shows = (page: Page, row: number, at: keyof typeof column, words: string) =>
  eventually(async () => expect((await cell(page, row, at).textContent())?.startsWith(words)).toBe(true));
const press = async (page: Page, ...keys: string[]) => { for (const key of keys) await page.keyboard.press(key); };

async function openGrid(stage: Stage): Promise<{ page: Page; nodes: any[] }> {
  const nodes = await rounds(stage);
  const page = await stage.open('admin', '/licences?sort=ID.desc', { prepare: (context) => context.grantPermissions(['clipboard-read', 'clipboard-write']) });
  await cell(page, 0, 'seats').waitFor();
  return { page, nodes };
}

/** Puts a text on the clipboard, as a spreadsheet would. */
const clip = (page: Page, rows: string[][]) =>
  page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(`${rows.map((row) => row.join('\t')).join('\r\n')}\r\n`)})`);

inBrowser('Editing in the grid', (stage) => {
  it('changes cells by keys alone, marks them until they are saved, and saves them in one go', async () => {
    const { page, nodes: [first, second] } = await openGrid(stage);
    let sent = 0;
    page.on('request', (request) => { sent += request.postData()?.includes('mutation ChangeLicences') ? 1 : 0; });
    // After the last filter comes the head of the grid, with its first cell.
    await page.getByRole('group', { name: 'Filters' }).getByRole('button').last().focus();
    await press(page, 'Tab', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    await page.keyboard.type('77');
    await press(page, 'Enter');
    await shows(page, 0, 'seats', '77, not saved, was');
    // A wrong value keeps the editor open and says why; Escape puts the old one back.
    await page.keyboard.type('7x');
    await press(page, 'Enter');
    await page.getByText('Seats are a whole number, without separators.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Seats' }).getAttribute('aria-invalid')).toBe('true');
    expect(await findings(page)).toEqual([]);
    await press(page, 'Escape', 'ArrowRight', 'ArrowRight', 'F2');
    await page.keyboard.type('31/12/2031');
    await page.getByText('31 Dec 2031', { exact: true }).waitFor();
    await press(page, 'Tab', 'ArrowRight');
    await page.keyboard.type('Trial');
    await press(page, 'Enter');
    await says(page, '3 cells in 2 rows changed');
    expect((await round(stage, first.id)).seats).toBe(first.seats);
    await press(page, 'Control+s');
    await says(page, '3 cells in 2 rows saved.');
    expect(sent).toBe(1);
    expect(await round(stage, first.id)).toMatchObject({ ...first, etag: expect.any(String), seats: 77 });
    expect(await round(stage, second.id)).toMatchObject({ ...second, etag: expect.any(String), endDate: '2031-12-31', status: 'Trial' });
    expect(await changes(stage, 2)).toEqual(expect.arrayContaining([
      ['GRID', first.id, 'seats', String(first.seats), '77'], ['GRID', second.id, 'endDate', second.endDate, '2031-12-31'], ['GRID', second.id, 'status', second.status, 'Trial'],
    ]));
    await page.getByRole('button', { name: 'Undo last save' }).click();
    await says(page, 'The last save was undone.');
    await shows(page, 0, 'seats', integer(first.seats));
    for (const before of [first, second]) expect(await round(stage, before.id)).toMatchObject({ ...before, etag: expect.any(String) });
    expect((await changes(stage, 2)).map(([via]) => via)).toEqual(expect.arrayContaining(['HISTORY']));
  }, 2 * MINUTE);

  it('pastes 3 × 20 cells, meets a conflict, undoes and repeats, and stores what was decided', async () => {
    const { page, nodes } = await openGrid(stage);
    const twenty = nodes.slice(0, 20);
    const day = (index: number) => `2027-01-${String(index + 1).padStart(2, '0')}`;
    await clip(page, twenty.map((_, index) => [String(100 + index), date(day(index)), `31/12/${2027 + (index % 3)}`]));
    await cell(page, 0, 'seats').click();
    await press(page, 'Control+v');
    await says(page, '60 cells in 20 rows changed');
    await page.getByText('20 × 3 cells selected').waitFor();
    await shows(page, 3, 'start', `${date('2027-01-04')}, not saved, was ${date(twenty[3].startDate)}`);
    // Undo takes back the paste as a whole, redo brings it again; then two cells take the value above them.
    await press(page, 'Control+z');
    await says(page, 'All changes are taken back.');
    await shows(page, 3, 'seats', integer(twenty[3].seats));
    await press(page, 'Control+Shift+z');
    await says(page, '60 cells in 20 rows changed');
    await cell(page, 5, 'seats').click();
    await press(page, 'Shift+ArrowDown', 'Shift+ArrowDown', 'Control+d');
    await shows(page, 7, 'seats', '105,');
    await press(page, 'Control+z');
    await shows(page, 7, 'seats', '107,');
    expect((await rounds(stage)).slice(0, 20)).toEqual(twenty);

    await changeElsewhere(stage, twenty[1].id, { seats: 9001, status: 'Theirs' });
    await changeElsewhere(stage, twenty[2].id, { seats: 9002 });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Changed by someone else' });
    await dialog.waitFor();
    const line = async (id: string) => (await dialog.getByRole('row').filter({ hasText: id }).textContent()) ?? '';
    expect(await line(twenty[1].id)).toMatch(new RegExp(`Seats1019,001Demo administrator, .*${integer(twenty[1].seats)}Keep mine`));
    expect(await dialog.getByRole('button', { name: 'Save again' }).isDisabled()).toBe(true);
    expect(await findings(page)).toEqual([]);
    expect((await rounds(stage)).slice(3, 20)).toEqual(twenty.slice(3));
    await dialog.getByRole('group', { name: `Seats of row ${twenty[1].id}` }).getByRole('button', { name: 'Keep mine' }).click();
    await dialog.getByRole('group', { name: `Seats of row ${twenty[2].id}` }).getByRole('button', { name: 'Take theirs' }).click();
    await dialog.getByRole('button', { name: 'Save again' }).click();
    await says(page, '59 cells in 20 rows saved.');

    const stored = (await rounds(stage)).slice(0, 20);
    expect(stored.map(({ seats, startDate, endDate }) => [seats, startDate, endDate])).toEqual(
      twenty.map((_, index) => [index === 2 ? 9002 : 100 + index, day(index), `${2027 + (index % 3)}-12-31`]),
    );
    // What only the other one changed was not overwritten.
    expect(stored[1].status).toBe('Theirs');
    const logged = await changes(stage, 20);
    expect(new Set(logged.map(([via]) => via))).toEqual(new Set(['GRID']));
    expect(logged).toEqual(expect.arrayContaining([
      ['GRID', twenty[0].id, 'seats', String(twenty[0].seats), '100'], ['GRID', twenty[1].id, 'seats', '9001', '101'],
      ['GRID', twenty[2].id, 'startDate', twenty[2].startDate, '2027-01-03'], ['GRID', twenty[19].id, 'endDate', twenty[19].endDate, '2028-12-31'],
    ]));
    expect(logged.filter(([, id, field]) => id === twenty[2].id && field === 'seats')).toEqual([]);
  }, 2 * MINUTE);

  it('keeps names that nobody has as texts with what comes near, and takes those it knows', async () => {
    const { page, nodes } = await openGrid(stage);
    const { companies } = await stage.ask('admin', '{ companies(first: 30, orderBy: { field: NAME, direction: DESC }) { nodes { id name } } }');
    const all = companies.nodes as { id: string; name: string }[];
    const known = all.find(({ name }) => name !== nodes[0].owner?.name && name.length > 10) ?? all[0];
    expect(known).toBeDefined();
    const name = known?.name ?? '';
    await clip(page, [[name.toUpperCase()], [`${name.slice(0, -1)}#`]]);
    await cell(page, 0, 'owner').click();
    await press(page, 'Control+v');
    await shows(page, 0, 'owner', name);
    await says(page, '2 cells in 2 rows changed · 1 invalid');
    await press(page, 'ArrowDown');
    await page.getByText(`is no company or partner we know. Did you mean ${name}`).waitFor();
    expect(await cell(page, 1, 'owner').getAttribute('aria-invalid')).toBe('true');
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name, exact: true }).click();
    await eventually(async () => expect(await bar(page).textContent()).not.toContain('invalid'));
    await page.getByRole('button', { name: 'Discard' }).click();
    await says(page, 'All changes are taken back.');
    expect((await rounds(stage)).slice(0, 2)).toEqual(nodes.slice(0, 2));
  }, 2 * MINUTE);

  it('asks before rows are added and before unsaved cells are left', async () => {
    const { page, nodes: [newest] } = await openGrid(stage);
    await page.getByRole('searchbox', { name: 'Search licences' }).fill(newest.owner.name);
    await eventually(async () => expect(Number(await grid(page).getAttribute('aria-rowcount'))).toBeLessThan(100));
    const count = Number(await grid(page).getAttribute('aria-rowcount')) - 1;
    await cell(page, 0, 'owner').click();
    await press(page, 'Control+End', 'Home', 'ArrowRight');
    await clip(page, [0, 1].map((more) => [newest.owner.name, newest.product.label, String(5 + more), '2028-01-01', '2028-12-31']));
    await press(page, 'Control+v');
    await page.getByRole('dialog', { name: 'Add 1 row?' }).getByRole('button', { name: 'Add 1 row' }).click();
    await eventually(async () => expect(await grid(page).getAttribute('aria-rowcount')).toBe(String(count + 2)));
    // The new row has no price yet.
    await says(page, '1 invalid');
    await page.getByRole('link', { name: 'Companies' }).first().click();
    const question = page.getByRole('dialog', { name: 'Leave without saving?' });
    await question.getByRole('button', { name: 'Stay' }).click();
    await press(page, 'Control+z');
    await says(page, 'All changes are taken back.');
    expect(await grid(page).getAttribute('aria-rowcount')).toBe(String(count + 1));
    await page.getByRole('link', { name: 'Companies' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Companies' }).waitFor();
  }, 2 * MINUTE);

  it('offers no cells to edit to those who may not, and a form instead of cells on a phone', async () => {
    const reader = await stage.open('viewer', '/licences');
    await reader.getByRole('gridcell').nth(2).dblclick();
    expect(await reader.getByRole('textbox', { name: 'Seats' }).count()).toBe(0);
    expect(await reader.getByRole('checkbox', { name: /^Select licence/ }).count()).toBe(0);
    const page = await stage.open('admin', '/licences', { viewport: phone });
    await page.getByRole('list', { name: 'Licences' }).getByRole('button').first().click();
    await page.getByRole('dialog', { name: /^Edit licence/ }).waitFor();
  }, 2 * MINUTE);
});
