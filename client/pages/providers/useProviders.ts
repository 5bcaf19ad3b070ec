import { useEffect, useMemo, useState } from 'react';
import { useMutation, useQuery } from 'urql';

import { getFragmentData } from '../../api/generated';
import type { ProviderFieldsFragment } from '../../api/generated/graphql';
import { ProviderFields, ProvidersQuery, SyncProvider } from './queries';

/** A provider and the state of its mirror. */
export type Provider = ProviderFieldsFragment;

/** While a synchronisation runs its progress is read this often; otherwise the page is read again now and then. */
const pace = { running: 2_000, idle: 30_000 };

/** The providers, read again while one is at work; a hidden tab asks nothing. */
export function useProviders() {
  const [result, read] = useQuery({ query: ProvidersQuery });
  const providers = useMemo(() => getFragmentData(ProviderFields, result.data?.providers ?? []), [result.data]);
  const running = providers.some(({ progress }) => progress != null);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) read({ requestPolicy: 'network-only' });
    }, running ? pace.running : pace.idle);
    return () => clearInterval(timer);
  }, [running, read]);
  return { result, providers, refresh: () => read({ requestPolicy: 'network-only' }) };
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
