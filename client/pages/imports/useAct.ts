import { useRef, useState } from 'react';
import { type AnyVariables, type CombinedError, type TypedDocumentNode, useClient } from 'urql';

import type { Refusal } from '../forms/userErrors';

interface Answer {
  result: { userErrors: readonly Refusal[] };
}

const wordsOf = (error: CombinedError | undefined, refusals: readonly Refusal[] | undefined): string =>
  (refusals ? refusals.map(({ message }) => message).join(' ') : (error?.graphQLErrors[0]?.message ?? 'The server did not answer. Try again.'));

/** What can be done with an import, one after the other: each changes the import that the next begins from. */
export interface Act {
  busy: boolean;
  /** Why the last one was not done, in words; empty when it was. */
  problem: string;
  /** False: it was refused. */
  run<Variables extends AnyVariables>(document: TypedDocumentNode<Answer, Variables>, variables: Variables): Promise<boolean>;
}

/** Runs mutations of an import in turn, and reads the import again after each. */
export function useAct(reload: () => void): Act {
  const client = useClient();
  const [waiting, setWaiting] = useState(0);
  const [problem, setProblem] = useState('');
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const run: Act['run'] = (document, variables) => {
    setWaiting((count) => count + 1);
    const turn = last.current.then(async () => {
      const { data, error } = await client.mutation(document, variables).toPromise();
      const words = wordsOf(error, data?.result.userErrors);
      setProblem(words);
      setWaiting((count) => count - 1);
      reload();
      return words === '';
    });
    last.current = turn;
    return turn;
  };
  return { busy: waiting > 0, problem, run };
}
