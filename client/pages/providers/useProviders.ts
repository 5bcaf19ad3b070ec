import { useEffect, useMemo, useState } from 'react';
import { useMutation, useQuery } from 'urql';

import { getFragmentData, graphql } from '../../api/generated';
import type { ProviderFieldsFragment } from '../../api/generated/graphql';
import { useLive, useSparingly } from '../../api/useLive';
import { ActivityRollupFields, ProviderFields, ProvidersQuery, SyncProvider } from './queries';

/** A provider and the state of its mirror. */
export type Provider = ProviderFieldsFragment;

const SyncProgress = graphql(`
  subscription SyncProgress {
    syncProgress {
      name
    }
  }
`);

/** While the log is read, or a synchronisation runs and nothing can be followed, the page is read this often; otherwise now and then. */
const pace = { running: 2_000, idle: 30_000 };

/** The providers, followed, and the activity log, read again while it is at work; a hidden tab asks nothing. */
export function useProviders() {
  const [result, read] = useQuery({ query: ProvidersQuery });
  const providers = useMemo(() => getFragmentData(ProviderFields, result.data?.providers ?? []), [result.data]);
  const rollup = getFragmentData(ActivityRollupFields, result.data?.activityRollup);
  const again = useSparingly(() => read({ requestPolicy: 'network-only' }), result.fetching || result.stale);
  const live = useLive(SyncProgress, {}, again);
  const running = (live !== 'live' && providers.some(({ progress }) => progress != null)) || rollup?.state === 'READING';
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) read({ requestPolicy: 'network-only' });
    }, running ? pace.running : pace.idle);
    return () => clearInterval(timer);
  }, [running, read]);
  return { result, providers, rollup, refresh: () => read({ requestPolicy: 'network-only' }) };
}

/** Starts a synchronisation; says in words why it did not start. */
export function useSync(name: string, onStarted: () => void) {
  const [{ fetching }, start] = useMutation(SyncProvider);
  const [problem, setProblem] = useState('');
  const sync = async (full: boolean) => {
    setProblem('');
    const { data, error } = await start({ name, full });
    const refused = data?.syncProvider.userErrors.map(({ message }) => message).join(' ');
    setProblem(error ? (error.graphQLErrors[0]?.message ?? 'The server did not answer. Try again.') : (refused ?? ''));
    if (!error) onStarted();
  };
  return { fetching, problem, sync };
}
