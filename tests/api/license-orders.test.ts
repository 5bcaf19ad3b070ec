import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { catalogRows } from '../support/catalog-rows.js';
import { onEachDatabase } from '../support/databases.js';
import { onePage, pageThrough } from '../support/paging.js';

const EUR = 'filter: { currency: { eq: "EUR" } },';

/** Ascending order of every field; descending is the exact reverse, ties included. */
const orders: [field: string, filter: string, ids: number[]][] = [
  ['ID', '', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  // No owner, two owners; then 50%…, acme and ACME, alpha, Beta Ltd of two companies, Zeta.
  ['OWNER', '', [9, 10, 5, 2, 3, 8, 7, 1, 6, 11, 12, 4]],
  ['PRODUCT', '', [10, 2, 6, 4, 1, 3, 5, 7, 8, 9, 11, 12]],
  ['START_DATE', '', [2, 3, 6, 5, 1, 4, 8, 9, 10, 11, 12, 7]],
  ['END_DATE', '', [12, 6, 5, 8, 1, 9, 10, 11, 2, 7, 3, 4]],
  ['SEATS', '', [10, 11, 3, 7, 2, 12, 4, 6, 1, 8, 9, 5]],
  ['UNIT_COST', EUR, [9, 10, 12, 7, 2, 1, 8]],
  ['ANNUAL_VALUE', EUR, [10, 12, 9, 7, 2, 1, 8]],
  ['CURRENCY', '', [1, 2, 7, 8, 9, 10, 12, 6, 4, 3, 5, 11]],
  ['STATUS', '', [9, 1, 2, 3, 6, 8, 10, 11, 12, 5, 7, 4]],
];

onEachDatabase('orderings of licences', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: catalogRows });
  });
  afterAll(() => app.stop());

  const ids = (rows: unknown[]) => (rows as { id: string }[]).map(({ id }) => Number(id));

  describe.each(orders)('by %s', (field, filter, ascending) => {
    it.each([['ASC', ascending], ['DESC', [...ascending].reverse()]])('%s, in one page and page by page', async (direction, expected) => {
      const question = { field: 'licenses', args: `${filter} orderBy: { field: ${field}, direction: ${direction} },`, row: 'id' };
      expect(ids(await onePage(app, question))).toEqual(expected);
      expect(ids(await pageThrough(app, question, 1))).toEqual(expected);
      expect(ids(await pageThrough(app, question, 5))).toEqual(expected);
      expect(ids(await pageThrough(app, question, expected.length))).toEqual(expected);
    });

    it('the same below a parent', async () => {
      const order = `${filter} orderBy: { field: ${field}, direction: DESC }`;
      const page = async (after: string | null) => {
        const { data, errors } = await app.ask('admin', `query($after: String) { partners(first: 2) { nodes { id
          licenses(first: 2, after: $after, ${order}) { nodes { id } pageInfo { hasNextPage endCursor } } } } }`, { after });
        expect(errors).toBeUndefined();
        return data.partners.nodes[0].licenses;
      };
      const read: number[] = [];
      for (let next = await page(null); ; next = await page(next.pageInfo.endCursor)) {
        read.push(...ids(next.nodes));
        if (!next.pageInfo.hasNextPage) break;
      }
      expect(read).toEqual([...ascending].reverse().filter((id) => [1, 4, 5, 6, 10, 12].includes(id)));
    });
  });

  it('keeps its place when rows before it are deleted', async () => {
    const question = '{ licenses(first: 2, orderBy: { field: SEATS }) { pageInfo { endCursor } } }';
    const { data } = await app.ask('admin', question);
    const license = (await app.ask('admin', '{ license(id: 11) { etag } }')).data.license;
    await app.ask('admin', 'mutation($etag: String!) { deleteLicense(id: 11, etag: $etag) { deletedId } }', { etag: license.etag });
    const next = await app.ask('admin', `query($after: String) { licenses(first: 3, after: $after, orderBy: { field: SEATS }) { nodes { id } } }`, {
      after: data.licenses.pageInfo.endCursor,
    });
    expect(ids(next.data.licenses.nodes)).toEqual([3, 7, 2]);
  });

  it.each([
    ['of another ordering', 'orderBy: { field: SEATS }', 'orderBy: { field: ID }'],
    ['of another direction', 'orderBy: { field: SEATS }', 'orderBy: { field: SEATS, direction: DESC }'],
  ])('refuses a cursor %s', async (_title, mine, other) => {
    const { data } = await app.ask('admin', `{ licenses(first: 1, ${other}) { pageInfo { endCursor } } }`);
    const { errors } = await app.ask('admin', `query($after: String) { licenses(after: $after, ${mine}) { nodes { id } } }`, { after: data.licenses.pageInfo.endCursor });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'after' } }]);
  });

  it.each(['', 'x', 'W10', Buffer.from('["license.ID","ASC",{"$gt":0},1]').toString('base64url'), 'A'.repeat(5000)])('refuses %.20s as a cursor', async (after) => {
    const { errors } = await app.ask('admin', 'query($after: String) { licenses(after: $after) { nodes { id } } }', { after });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'after' } }]);
  });

  it.each([0, -1, 501])('refuses a page of %i', async (first) => {
    const { errors } = await app.ask('admin', `{ licenses(first: ${first}) { nodes { id } } }`);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'first' } }]);
  });

  it('has a page for null, the default', async () => {
    const { data } = await app.ask('admin', '{ licenses(first: null, after: null, filter: null, orderBy: null) { totalCount } }');
    expect(data.licenses.totalCount).toBe(11);
  });
});
