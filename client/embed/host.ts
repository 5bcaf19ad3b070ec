import { type FromHost, messageFromHost, type ToHost } from './messages';

/** Messages that may wait until it is known which origins count. */
const MOST_WAITING = 20;

/**
 * The page around this one. Only the parent window is heard, and only from an origin of the token; nothing is said to any
 * other. Before the token's origins are known, what comes is held back.
 */
export class Host {
  #origins: readonly string[] | null = null;
  #waiting: { origin: string; message: FromHost }[] = [];
  #connected: string | null = null;
  #last = new Map<ToHost['seatwise'], ToHost>();

  constructor(private readonly heard: (message: FromHost) => void) {}

  /** Begins to listen; the answer ends it. */
  listen(): () => void {
    const onMessage = (event: MessageEvent<unknown>) => {
      if (event.source !== window.parent || window.parent === window) return;
      const message = messageFromHost(event.data);
      if (message === null) return;
      if (this.#origins !== null) this.#hear(event.origin, message);
      else if (this.#waiting.length < MOST_WAITING) this.#waiting.push({ origin: event.origin, message });
    };
    window.addEventListener('message', onMessage);
    // Whoever is there may know that somebody is here; nothing else is said before it is known who it is.
    if (window.parent !== window) window.parent.postMessage({ seatwise: 'hello' } satisfies ToHost, '*');
    return () => window.removeEventListener('message', onMessage);
  }

  /** From now on these origins count. False when the page around is connected from another one. */
  allow(origins: readonly string[]): boolean {
    this.#origins = origins;
    if (this.#connected !== null && !origins.includes(this.#connected)) {
      this.#connected = null;
      return false;
    }
    for (const { origin, message } of this.#waiting.splice(0)) this.#hear(origin, message);
    return true;
  }

  /** Says something to the page around, now or, for the latest of its kind, once it has connected. */
  say(message: ToHost): void {
    this.#last.set(message.seatwise, message);
    if (this.#connected !== null) window.parent.postMessage(message, this.#connected);
    // A page that shows nothing may say so to whoever is there: it was never told whom it might show itself to.
    else if (message.seatwise === 'error' && this.#origins === null && window.parent !== window) window.parent.postMessage(message, '*');
  }

  #hear(origin: string, message: FromHost): void {
    if (this.#origins?.includes(origin) !== true) return;
    if (message.seatwise !== 'connect') return this.heard(message);
    this.#connected = origin;
    for (const said of this.#last.values()) window.parent.postMessage(said, origin);
  }
}
