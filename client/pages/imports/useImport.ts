import { useEffect, useRef, useState } from 'react';
import { useQuery } from 'urql';

import { getFragmentData } from '../../api/generated';
import { useCan } from '../../api/session';
import { type Import, ImportFields, ImportQuery } from './queries';
import { endWords, isRunning } from './words';

/** While a step runs its progress is read this often. */
const pollMs = 1_000;

/** An import, read again and again while a step of it runs; a hidden tab asks nothing until it is looked at. */
export function useImport(id: string) {
  const money = useCan('READ_MONEY');
  const [result, read] = useQuery({ query: ImportQuery, variables: { id, money } });
  const job = getFragmentData(ImportFields, result.data?.importJob);
  const running = job != null && isRunning(job.state);
  useEffect(() => {
    if (!running) return undefined;
    const again = () => {
      if (!document.hidden) read({ requestPolicy: 'network-only' });
    };
    const timer = setInterval(again, pollMs);
    document.addEventListener('visibilitychange', again);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', again);
    };
  }, [running, read]);
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
