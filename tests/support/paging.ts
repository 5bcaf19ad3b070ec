import type { TestApp } from './app.js';

/** What a list is asked with: the field with its arguments but `first` and `after`, and the fields of a row. */
export interface ListQuestion {
  /** Name of the root field. */
  field: string;
  /** Further arguments, as GraphQL. */
  args?: string;
  /** Fields of a row, as GraphQL. */
  row: string;
}

/** The rows of a list, read page by page through its cursors. Fails when a page does not tell the truth about itself. */
export async function pageThrough(app: TestApp, { field, args = '', row }: ListQuestion, first: number): Promise<unknown[]> {
  const rows: unknown[] = [];
  let after: string | null = null;
  for (let page = 0; page < 100; page += 1) {
    const { data, errors } = await app.ask(
      'admin',
      `query($after: String) { ${field}(${args} first: ${first}, after: $after) {
        edges { cursor node { ${row} } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
      { after },
    );
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    const { edges, pageInfo } = data[field];
    rows.push(...edges.map(({ node }: { node: unknown }) => node));
    if (pageInfo.hasPreviousPage !== (after !== null)) throw new Error(`hasPreviousPage is wrong on page ${page}`);
    if (pageInfo.startCursor !== (edges[0]?.cursor ?? null)) throw new Error(`startCursor is wrong on page ${page}`);
    if (pageInfo.endCursor !== (edges.at(-1)?.cursor ?? null)) throw new Error(`endCursor is wrong on page ${page}`);
    if (!pageInfo.hasNextPage) return rows;
    if (edges.length !== first) throw new Error(`page ${page} is short`);
    after = pageInfo.endCursor;
  }
  throw new Error('the pages do not end');
}

/** The rows of a list in one page. */
export async function onePage(app: TestApp, { field, args = '', row }: ListQuestion): Promise<unknown[]> {
  const { data, errors } = await app.ask('admin', `{ ${field}(${args} first: 500) { nodes { ${row} } } }`);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data[field].nodes;
}
