import { useSyncExternalStore } from 'react';

import { currentBearer, refusalWords } from '../../api/download';
import type { ImportSubject } from '../../api/generated/graphql';

/** A file on its way to the server; it goes on while other pages are looked at. */
export type Upload =
  | { kind: 'none' }
  | { kind: 'sending'; name: string; sent: number; size: number; secondsLeft: number | null }
  | { kind: 'refused'; name: string; words: string }
  | { kind: 'done'; id: string };

const none: Upload = { kind: 'none' };
let upload: Upload = none;
let request: XMLHttpRequest | null = null;
const listeners = new Set<() => void>();

function publish(next: Upload): void {
  upload = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The upload of this page, as it goes on. */
export const useUpload = (): Upload => useSyncExternalStore(subscribe, () => upload);

/** Forgets how the last upload ended. */
export function clearUpload(): void {
  if (upload.kind !== 'sending') publish(none);
}

/** Stops the upload; the server forgets the file. */
export function stopUpload(): void {
  request?.abort();
  request = null;
  publish(none);
}

function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function answered(sent: XMLHttpRequest, name: string): Upload {
  if (sent.status !== 201) return { kind: 'refused', name, words: refusalWords(sent.responseText, sent.status) };
  const { id } = JSON.parse(sent.responseText) as { id: string };
  return { kind: 'done', id };
}

/** Sends a file as it is; XMLHttpRequest, since fetch does not tell how much has left. */
export async function startUpload(file: File, subject: ImportSubject): Promise<void> {
  if (upload.kind === 'sending') return;
  const { name, size } = file;
  publish({ kind: 'sending', name, sent: 0, size, secondsLeft: null });
  const authorization = await currentBearer();
  const sending = new XMLHttpRequest();
  request = sending;
  const since = performance.now();
  sending.upload.onprogress = ({ loaded }) => {
    const seconds = (performance.now() - since) / 1000;
    publish({ kind: 'sending', name, sent: loaded, size, secondsLeft: loaded > 0 && seconds > 1 ? ((size - loaded) * seconds) / loaded : null });
  };
  sending.onloadend = () => {
    window.removeEventListener('beforeunload', askBeforeLeaving);
    if (request !== sending) return;
    request = null;
    publish(answered(sending, name));
  };
  window.addEventListener('beforeunload', askBeforeLeaving);
  sending.open('POST', `/imports?${new URLSearchParams({ subject, fileName: name }).toString()}`);
  sending.setRequestHeader('authorization', authorization);
  sending.setRequestHeader('content-type', 'text/csv');
  sending.send(file);
}
