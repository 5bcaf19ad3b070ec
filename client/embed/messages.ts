/** What the host page's element says to the page in its frame. `embed.js` is read by itself, so `element.ts` repeats these in its own words. */
export type FromHost =
  | { seatwise: 'connect' }
  | { seatwise: 'token'; token: string }
  | { seatwise: 'theme'; theme: unknown };

/** What the page says to the element around it. */
export type ToHost =
  /** There is somebody here: this, and that there is nothing to see, are what anybody around may read. */
  | { seatwise: 'hello' }
  | { seatwise: 'ready'; expiresAt: string }
  | { seatwise: 'size'; height: number }
  /** The token opens nothing any more: another one is needed now. */
  | { seatwise: 'renew' }
  | { seatwise: 'filterchange'; query: string }
  | { seatwise: 'error'; message: string };

/** The message, if it is one of the element's. */
export function messageFromHost(data: unknown): FromHost | null {
  if (typeof data !== 'object' || data === null || !('seatwise' in data)) return null;
  const message = data as { seatwise: unknown; token?: unknown; theme?: unknown };
  if (message.seatwise === 'connect') return { seatwise: 'connect' };
  if (message.seatwise === 'token' && typeof message.token === 'string') return { seatwise: 'token', token: message.token };
  if (message.seatwise === 'theme') return { seatwise: 'theme', theme: message.theme };
  return null;
}
