import { bearer, isStale, refreshSession } from './sessionStore';

const unanswered = 'The server did not answer. Check the connection and try again.';

/** What the server answers outside of GraphQL, in its own words where it has some. */
export function refusalWords(body: string, status: number): string {
  try {
    const { errors, message } = JSON.parse(body) as { errors?: { message?: string }[]; message?: string };
    return errors?.[0]?.message ?? message ?? `The server answered ${status}.`;
  } catch {
    return status === 0 ? unanswered : `The server answered ${status}. Try again in a moment.`;
  }
}

/** The session's token for a request outside of GraphQL, renewed when it is about to end. */
export async function currentBearer(): Promise<string> {
  if (isStale()) await refreshSession();
  return `Bearer ${bearer() ?? ''}`;
}

/** Reads a file that the server streams, telling how many bytes have come; throws an Error in words for people. */
export async function download(path: string, onBytes: (bytes: number) => void, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(path, { headers: { authorization: await currentBearer() }, signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new Error(unanswered, { cause: error });
  });
  if (!response.ok || !response.body) throw new Error(refusalWords(await response.text(), response.status));
  const parts: BlobPart[] = [];
  let bytes = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      signal.throwIfAborted();
      throw new Error('The file broke off. Try again.', { cause: error });
    });
    if (done) break;
    parts.push(value);
    bytes += value.byteLength;
    onBytes(bytes);
  }
  return new Blob(parts, { type: response.headers.get('content-type') ?? '' });
}
