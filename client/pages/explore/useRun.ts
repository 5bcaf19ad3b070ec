import { getOperationAST, OperationTypeNode, parse } from 'graphql';
import { useCallback, useRef, useState } from 'react';

import { type Answer, ask, type Question } from '../../api/ask';

/** Where the latest run stands. */
export type Run =
  | { kind: 'none' }
  | { kind: 'running' }
  | { kind: 'done'; answer: Answer; milliseconds: number; name: string | null }
  | { kind: 'failed'; words: string };

const changesNothing = 'Explore asks and changes nothing: only queries run here. Changes have their pages, and programs have the API.';

/**
 * The question with the operation that is meant, and why it is not run here; null: it is, though the server may still
 * refuse it. GraphiQL hears of a new text after a pause, and may name an operation of the text before.
 */
function prepared(question: Question): { question: Question; why: string | null } {
  try {
    const document = parse(question.query);
    const operation = getOperationAST(document, question.operationName) ?? getOperationAST(document);
    const operationName = operation?.name?.value ?? (operation ? null : question.operationName);
    return { question: { ...question, operationName }, why: operation && operation.operation !== OperationTypeNode.QUERY ? changesNothing : null };
  } catch {
    // The server says what is wrong with it.
    return { question: { ...question, operationName: null }, why: null };
  }
}

/** Runs what is in the editor, remembers what came of it, and stops it. The fetcher stays the same: with another one GraphiQL would read the schema again. */
export function useRun(): { run: Run; fetcher(question: Question): Promise<Answer>; stop(): void } {
  const [run, setRun] = useState<Run>({ kind: 'none' });
  const current = useRef<AbortController | null>(null);
  const fetcher = useCallback(async (asked: Question): Promise<Answer> => {
    if (asked.operationName === 'IntrospectionQuery') return ask(asked, new AbortController().signal);
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    setRun({ kind: 'running' });
    const started = performance.now();
    const { question, why } = prepared(asked);
    try {
      const answer = why === null ? await ask(question, controller.signal) : { errors: [{ message: why }] };
      if (controller === current.current) setRun({ kind: 'done', answer, milliseconds: performance.now() - started, name: question.operationName ?? null });
      return answer;
    } catch (error) {
      const words = controller.signal.aborted ? 'Stopped before the answer came.' : (error as Error).message;
      if (controller === current.current) setRun({ kind: 'failed', words });
      return { errors: [{ message: words }] };
    }
  }, []);
  const stop = useCallback(() => current.current?.abort(), []);
  return { run, fetcher, stop };
}
