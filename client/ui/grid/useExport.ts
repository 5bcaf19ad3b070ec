import { useRef, useState } from 'react';
import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql';

import { type FileFormat, saveRows } from '../files';
import { format as words } from '../format';
import { type ExportProgress, idle } from './ExportMenu';
import type { GridColumn } from './types';
import type { Connection, PageVariables } from './usePages';

/** More rows than this are a report, not a download. */
const limit = 50_000;
const pageSize = 500;

interface ExportSource<Data, Variables extends AnyVariables, Node> {
  query: TypedDocumentNode<Data, Variables>;
  variables: Omit<Variables, keyof PageVariables>;
  pick(data: Data): Connection<Node> | null | undefined;
  columns: readonly GridColumn<Node>[];
  name: string;
}

/** What `ExportMenu` needs. */
export interface Export {
  progress: ExportProgress;
  onChoose(format: FileFormat): void;
  onStop(): void;
}

/** Saves all rows that pass the filter, read page by page, with progress. */
export function useExport<Data, Variables extends AnyVariables & PageVariables, Node>(source: ExportSource<Data, Variables, Node>): Export {
  const client = useClient();
  const [progress, setProgress] = useState<ExportProgress>(idle);
  const run = useRef(0);

  const start = async (format: FileFormat) => {
    const turn = ++run.current;
    const rows: Node[] = [];
    let after: string | null = null;
    let more = true;
    while (more && rows.length < limit) {
      setProgress({ kind: 'running', words: `${words.integer(rows.length)} rows` });
      const variables = { ...source.variables, first: pageSize, after, withTotal: false } as unknown as Variables;
      const { data, error } = await client.query(source.query, variables, { requestPolicy: 'network-only' }).toPromise();
      if (turn !== run.current) return;
      const page = data ? source.pick(data) : undefined;
      if (!page) {
        setProgress({ kind: 'failed', words: `The export failed: ${error?.graphQLErrors[0]?.message ?? 'The server did not answer.'}` });
        return;
      }
      rows.push(...page.nodes);
      after = page.pageInfo.endCursor ?? null;
      more = page.pageInfo.hasNextPage;
    }
    await saveRows(format, source.name, source.columns, rows);
    if (turn === run.current) setProgress({ kind: 'done', words: `${more ? 'The first ' : ''}${words.integer(rows.length)} rows were saved.` });
  };
  const stop = () => {
    run.current += 1;
    setProgress(idle);
  };
  return { progress, onChoose: (format) => void start(format), onStop: stop };
}
