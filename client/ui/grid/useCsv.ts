import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql';
import { useRef, useState } from 'react';

import { saveRows } from '../files';
import type { GridColumn } from './types';
import type { Connection, PageVariables } from './usePages';

/** More rows than this are a report, not a download. */
const limit = 50_000;
const pageSize = 500;

/** Where a download stands; `failed` says why in words. */
export type CsvProgress = { kind: 'idle' } | { kind: 'running'; rows: number } | { kind: 'failed'; message: string } | { kind: 'done'; rows: number; cut: boolean };

interface CsvSource<Data, Variables extends AnyVariables, Node> {
  query: TypedDocumentNode<Data, Variables>;
  variables: Omit<Variables, keyof PageVariables>;
  pick(data: Data): Connection<Node> | null | undefined;
  columns: readonly GridColumn<Node>[];
  name: string;
}

/** Downloads all rows that pass the filter, page by page, with progress; a second call while it runs stops it. */
export function useCsv<Data, Variables extends AnyVariables & PageVariables, Node>(
  source: CsvSource<Data, Variables, Node>,
): [CsvProgress, () => void] {
  const client = useClient();
  const [progress, setProgress] = useState<CsvProgress>({ kind: 'idle' });
  const run = useRef(0);

  const download = async () => {
    const turn = ++run.current;
    if (progress.kind === 'running') {
      setProgress({ kind: 'idle' });
      return;
    }
    setProgress({ kind: 'running', rows: 0 });
    const rows: Node[] = [];
    let after: string | null = null;
    let more = true;
    while (more && rows.length < limit) {
      const variables = { ...source.variables, first: pageSize, after, withTotal: false } as unknown as Variables;
      const { data, error } = await client.query(source.query, variables, { requestPolicy: 'network-only' }).toPromise();
      if (turn !== run.current) return;
      const page = data ? source.pick(data) : undefined;
      if (!page) {
        setProgress({ kind: 'failed', message: error?.graphQLErrors[0]?.message ?? 'The server did not answer.' });
        return;
      }
      rows.push(...page.nodes);
      after = page.pageInfo.endCursor ?? null;
      more = page.pageInfo.hasNextPage;
      setProgress({ kind: 'running', rows: rows.length });
    }
    await saveRows('csv', source.name, source.columns, rows);
    setProgress({ kind: 'done', rows: rows.length, cut: more });
  };
  return [progress, () => void download()];
}
