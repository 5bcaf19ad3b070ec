import { useEffect, useRef, useState } from 'react';
import { useQuery } from 'urql';

import { getFragmentData, graphql } from '../../api/generated';
import { useCan } from '../../api/session';
import { useLive, useSparingly } from '../../api/useLive';
import { type Import, ImportFields, ImportQuery } from './queries';
import { endWords, isRunning } from './words';

const ImportProgress = graphql(`
  subscription ImportProgress($id: ID!) {
    importProgress(id: $id) {
      state
    }
  }
`);

/** While a step runs and nothing can be followed, its progress is read this often. */
const pollMs = 2_000;

/** An import, followed while a step of it runs; a hidden tab asks nothing until it is looked at. */
export function useImport(id: string) {
  const money = useCan('READ_MONEY');
  const [result, read] = useQuery({ query: ImportQuery, variables: { id, money } });
  const job = getFragmentData(ImportFields, result.data?.importJob);
  const running = job != null && isRunning(job.state);
  const again = useSparingly(() => read({ requestPolicy: 'network-only' }), result.fetching || result.stale);
  const live = useLive(ImportProgress, { id }, again, running);
  useEffect(() => {
    if (!running || live === 'live') return undefined;
    const poll = () => {
      if (!document.hidden) read({ requestPolicy: 'network-only' });
    };
    const timer = setInterval(poll, pollMs);
    document.addEventListener('visibilitychange', poll);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', poll);
    };
  }, [running, live, read]);
  return { result, job, reload: () => read({ requestPolicy: 'network-only' }), ended: useEnd(job) };
}

/** How the step ended that was running while somebody looked; empty until one has. */
function useEnd(job: Import | null | undefined): string {
  const [words, setWords] = useState('');
  const before = useRef(job?.state);
  const state = job?.state;
  useEffect(() => {
    if (job && before.current && before.current !== job.state) setWords(isRunning(job.state) ? '' : isRunning(before.current) ? endWords(job) : '');
    before.current = state;
    // Each state is told once, whatever else of the import changes.
  }, [state]);
  return words;
}
