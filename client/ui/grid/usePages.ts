import { type AnyVariables, type Client, type CombinedError, type TypedDocumentNode, useClient } from 'urql';
import { useCallback, useEffect, useRef, useState } from 'react';

/** Rows a page; the API takes up to 500. */
export const pageSize = 200;
/** From here on a filter helps more than another page. */
export const mostRows = 10_000;

/** The part of a Relay connection that paging needs. */
export interface Connection<Node> {
  nodes: readonly Node[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  totalCount?: number;
}

/** Variables every paged query takes; the total is counted with the first page only. */
export interface PageVariables {
  first: number;
  after?: string | null;
  withTotal: boolean;
}

/** What is known of a connection, and how to read on. */
export interface Pages<Node> {
  nodes: readonly Node[];
  totalCount: number | undefined;
  hasMore: boolean;
  /** Nothing to show yet. */
  loading: boolean;
  /** What is shown answers an earlier question. */
  stale: boolean;
  loadingMore: boolean;
  error: CombinedError | undefined;
  loadMore(): void;
  /** Reads on until so many rows are there: a print shows more than a screen. */
  readTo(count: number): Promise<void>;
  /** Reads again what is shown, as far as it was shown. */
  reload(): void;
  /** Puts rows as they now are in the places where they were read. */
  replace(rows: readonly Node[], keyOf: (node: Node) => string): void;
}

interface State<Node> {
  /** The question that the nodes answer. */
  key: string | null;
  nodes: readonly Node[];
  totalCount: number | undefined;
  cursor: string | null;
  hasMore: boolean;
  error: CombinedError | undefined;
}

interface Question<Data, Variables extends AnyVariables, Node> {
  query: TypedDocumentNode<Data, Variables>;
  pick: (data: Data) => Connection<Node> | null | undefined;
}

async function ask<Data, Variables extends AnyVariables, Node>(
  client: Client, { query, pick }: Question<Data, Variables, Node>, variables: Variables,
): Promise<{ page?: Connection<Node>; error?: CombinedError }> {
  const { data, error } = await client.query(query, variables, { requestPolicy: 'network-only' }).toPromise();
  const page = data ? pick(data) : undefined;
  return page ? { page } : { error };
}

/**
 * A connection read page by page along its cursors. A new question keeps the old rows, marked stale, until its first page
 * is there; answers that arrive too late are dropped.
 */
export function usePages<Data, Variables extends AnyVariables & PageVariables, Node>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, keyof PageVariables>,
  pick: (data: Data) => Connection<Node> | null | undefined,
  size: number = pageSize,
): Pages<Node> {
  const client = useClient();
  const key = JSON.stringify(variables);
  const [state, setState] = useState<State<Node>>({
    key: null, nodes: [], totalCount: undefined, cursor: null, hasMore: false, error: undefined,
  });
  const [busy, setBusy] = useState(true);
  const run = useRef(0);
  const latest = useRef({ query, pick, state });
  latest.current = { query, pick, state };

  const read = useCallback(async (wanted: number, from: State<Node> | null) => {
    const turn = ++run.current;
    setBusy(true);
    let nodes = from?.nodes ?? [];
    let totalCount = from?.totalCount;
    let cursor = from?.cursor ?? null;
    let hasMore = true;
    while (hasMore && nodes.length < wanted) {
      const rest = JSON.parse(key) as Omit<Variables, keyof PageVariables>;
      const asked = { ...rest, first: size, after: cursor, withTotal: cursor === null } as unknown as Variables;
      const { page, error } = await ask(client, latest.current, asked);
      if (turn !== run.current) return;
      if (!page) {
        setState((old) => ({ ...old, error }));
        setBusy(false);
        return;
      }
      nodes = [...nodes, ...page.nodes];
      totalCount = page.totalCount ?? totalCount;
      cursor = page.pageInfo.endCursor ?? null;
      hasMore = page.pageInfo.hasNextPage;
    }
    setState({ key, nodes, totalCount, cursor, hasMore, error: undefined });
    setBusy(false);
  }, [client, key, size]);

  useEffect(() => {
    void read(1, null);
    return () => { run.current += 1; };
  }, [read]);

  const loadMore = useCallback(() => {
    const { state: now } = latest.current;
    if (busy || !now.hasMore || now.key !== key || now.nodes.length >= mostRows) return;
    void read(now.nodes.length + 1, now);
  }, [busy, key, read]);

  const readTo = useCallback(async (count: number) => {
    const { state: now } = latest.current;
    if (now.hasMore && now.key === key && now.nodes.length < count) await read(count, now);
  }, [key, read]);

  const reload = useCallback(() => {
    void read(Math.max(1, latest.current.state.nodes.length), null);
  }, [read]);

  const replace = useCallback((rows: readonly Node[], keyOf: (node: Node) => string) => {
    const fresh = new Map(rows.map((row) => [keyOf(row), row]));
    setState((old) => ({ ...old, nodes: old.nodes.map((node) => fresh.get(keyOf(node)) ?? node) }));
  }, []);

  const current = state.key === key;
  return {
    nodes: state.nodes, totalCount: state.totalCount, hasMore: state.hasMore, error: state.error,
    loading: state.key === null && !state.error, stale: state.key !== null && !current,
    loadingMore: busy && current, loadMore, readTo, reload, replace,
  };
}
