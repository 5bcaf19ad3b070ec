import { currentBearer } from './download';
import { refreshSession } from './sessionStore';

/** An error of an answer, as the API gives it. */
export interface AnswerError {
  message: string;
  path?: (string | number)[];
  locations?: { line: number; column: number }[];
  extensions?: Record<string, unknown>;
}

/** An answer of the API to a text that people wrote themselves. */
export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: AnswerError[];
  extensions?: Record<string, unknown>;
}

/** A question in the words of whoever asks. */
export interface Question {
  query: string;
  variables?: Record<string, unknown> | undefined;
  operationName?: string | null | undefined;
}

const unanswered = 'The server did not answer. Check the connection and try again.';

/**
 * Asks in the session's name, beside the client's cache: what people write themselves is answered as it stands, without
 * the names of types that the cache would add. Throws an Error in words for people when there is no answer.
 */
export async function ask(question: Question, signal: AbortSignal): Promise<Answer> {
  const answer = await send(question, signal);
  if (!answer.errors?.some(({ extensions }) => extensions?.['code'] === 'UNAUTHENTICATED')) return answer;
  // The session was ended elsewhere, or the token has just run out: once more with another one.
  return (await refreshSession()) ? send(question, signal) : answer;
}

async function send({ query, variables, operationName }: Question, signal: AbortSignal): Promise<Answer> {
  const headers = { authorization: await currentBearer(), 'content-type': 'application/json', accept: 'application/json' };
  // The cost is told to whoever asks for it.
  const body = JSON.stringify({ query, variables, operationName, extensions: { cost: true } });
  const response = await fetch('/graphql', { method: 'POST', headers, body, signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new Error(unanswered, { cause: error });
  });
  try {
    return (await response.json()) as Answer;
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(response.ok ? 'The answer broke off. Try again.' : `The server answered ${response.status}. Try again in a moment.`, { cause: error });
  }
}
