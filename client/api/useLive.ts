import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql';

/** Where subscriptions are answered, as server-sent events. */
const STREAM = { url: '/graphql/stream' };

/** How long to wait before a stream that has ended is asked for again, the longer the more often it failed. */
const pauses = [1_000, 2_000, 5_000, 15_000, 30_000];

/** How well a page follows what others do. */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'paused';

/** From then on a page was read too long before its stream began: something may have changed in between. */
const READ_BEFORE_MS = 3_000;

/** A part of a time, by chance: many pages must not ask at the same moment. */
const scattered = (milliseconds: number) => milliseconds * (0.5 + Math.random() / 2);

const onVisibility = (changed: () => void) => {
  document.addEventListener('visibilitychange', changed);
  return () => document.removeEventListener('visibilitychange', changed);
};

/** True while the tab is seen: a browser has six connections a server, and tabs in the background must not hold them all. */
const useIsSeen = () => useSyncExternalStore(onVisibility, () => !document.hidden, () => true);

/**
 * Follows a subscription while the tab is seen, and asks for it again whenever it ends. `onEvent` is told of every event, and with null that
 * some may have been missed since the stream before.
 */
export function useLive<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>, variables: Variables, onEvent: (data: Data | null) => void, enabled = true,
): LiveState {
  const client = useClient();
  const follows = useIsSeen() && enabled;
  const key = JSON.stringify(variables);
  const [state, setState] = useState<LiveState>('connecting');
  const [readAt] = useState(() => performance.now());
  const hasBegun = useRef(false);
  const told = useRef(onEvent);
  told.current = onEvent;

  useEffect(() => {
    if (!follows) {
      setState('paused');
      return undefined;
    }
    let failures = 0;
    let timer: ReturnType<typeof setTimeout>;
    let stream: { unsubscribe(): void };
    const open = () => {
      let current: unknown = null;
      stream = client.subscription(query, JSON.parse(key) as Variables, STREAM).subscribe(({ data, error, hasNext, operation }) => {
        if (!hasNext) {
          // The stream is over, whoever ended it.
          setState('reconnecting');
          timer = setTimeout(open, scattered(pauses[Math.min(failures, pauses.length - 1)] ?? 0));
          failures += 1;
        } else if (data && !error) {
          // With a new token the same operation is asked for anew, beneath us: that is another stream.
          const isAnother = operation !== current;
          if (isAnother && (hasBegun.current || performance.now() - readAt > READ_BEFORE_MS)) told.current(null);
          [current, hasBegun.current, failures] = [operation, true, 0];
          setState('live');
          told.current(data);
        }
      });
    };
    setState('connecting');
    open();
    return () => {
      clearTimeout(timer);
      stream.unsubscribe();
    };
  }, [client, query, key, follows, readAt]);
  return state;
}

/**
 * Does something again when it is asked for, at most every two seconds, not while it is still being done, and then not before as much time has
 * passed as it took: a busy server is not asked for more.
 */
export function useSparingly(work: () => void, busy: boolean): () => void {
  const latest = useRef({ work, busy });
  latest.current = { work, busy };
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [began, notBefore] = [useRef<number>(undefined), useRef(0)];
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (busy || began.current === undefined) return;
    const now = performance.now();
    notBefore.current = now + Math.min(Math.max(2_000, now - began.current), 30_000);
    began.current = undefined;
  }, [busy, began, notBefore]);
  return useCallback(() => {
    if (timer.current !== undefined) return;
    const wait = () => {
      timer.current = setTimeout(() => {
        if (latest.current.busy) {
          wait();
          return;
        }
        timer.current = undefined;
        began.current = performance.now();
        latest.current.work();
      }, Math.max(scattered(300), notBefore.current - performance.now()));
    };
    wait();
  }, [began, notBefore]);
}
