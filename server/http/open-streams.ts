import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { SignedInViewer, Viewer } from '../auth/viewer.js';
import { isOutage, unauthenticated } from '../errors.js';

/** How often it is looked whether the tokens of the streams still open them. A session that ends is noticed two seconds later at most. */
const LOOK_AGAIN_MS = 2500;
/** Streams of one instance, and of one account in it: each is a connection that stays. */
const MOST = { all: 5000, account: 1000 };
/** Whoever takes nothing for so long is gone, and at the end of a stream sooner. */
const NOT_READING_MS = 30_000;
const NOT_READING_AT_END_MS = 2000;
const LOOK_AT_READER_MS = 250;

interface OpenStream {
  viewer: SignedInViewer;
  request: FastifyRequest;
  ending: AbortController;
}

/** The streams of an instance. All of their tokens are looked up together, every few seconds, and a stream whose token opens it no more is ended. */
export class OpenStreams {
  readonly #streams = new Set<OpenStream>();
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;
  #isClosed = false;

  constructor(private readonly viewerOf: (request: FastifyRequest, now: Date) => Promise<Viewer>) {}

  /** Keeps a stream until it ends; the result says that it has. Throws RATE_LIMITED when there are too many. */
  open(viewer: SignedInViewer, request: FastifyRequest, ending: AbortController): () => void {
    const ofAccount = [...this.#streams].filter((stream) => holderOf(stream.viewer) === holderOf(viewer)).length;
    if (this.#streams.size >= MOST.all || ofAccount >= MOST.account) {
      throw new GraphQLError('Too many streams are open. Close some, or try again later.', { extensions: { code: 'RATE_LIMITED' } });
    }
    if (this.#isClosed) ending.abort();
    const stream = { viewer, request, ending };
    this.#streams.add(stream);
    this.#timer ??= setInterval(() => void this.#look(), LOOK_AGAIN_MS).unref();
    return () => {
      this.#streams.delete(stream);
      if (this.#streams.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  /** Ends all, and every one that somebody is about to open. */
  endAll(): void {
    this.#isClosed = true;
    for (const { ending, request: { raw: { socket } } } of this.#streams) {
      ending.abort();
      // A client that keeps the connection for its next question would keep a closing server.
      setTimeout(() => socket.destroy(), NOT_READING_AT_END_MS).unref();
    }
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    // One moment for all: what is asked of the database for them is asked together.
    const now = new Date();
    await Promise.all([...this.#streams].map(async ({ viewer, request, ending }) => {
      try {
        if (!isSameViewer(await this.viewerOf(request, now), viewer)) ending.abort(unauthenticated());
      } catch (error) {
        // During an outage nobody can tell, and no event passes either.
        if (!isOutage(error)) ending.abort(error);
      }
    }));
    this.#isLooking = false;
  }
}

/** True when both may see the same. */
export function isSameViewer(one: Viewer, other: Viewer): boolean {
  return identityOf(one) === identityOf(other);
}

function identityOf(viewer: Viewer): string {
  return viewer.kind === 'anonymous' ? '' : JSON.stringify([viewer.accountId, viewer.role, viewer.scope, [...viewer.permissions].sort()]);
}

/** Whose stream it is: tokens issued elsewhere have no account. */
function holderOf({ accountId, credential }: SignedInViewer): string {
  return credential.kind === 'external-token' ? `elsewhere ${credential.subject}` : `account ${accountId}`;
}

/** Waits until the reader has taken what was sent; false when the stream is over, or nothing is taken for long. */
export async function isTaken({ raw }: FastifyReply, signal: AbortSignal): Promise<boolean> {
  const until = Date.now() + NOT_READING_MS;
  while (raw.writableLength > 0 && !signal.aborted) {
    if (Date.now() > until) raw.destroy();
    await wait(LOOK_AT_READER_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }
  return !signal.aborted;
}

/** The last of a stream was sent: whoever does not take it holds the connection no longer. */
export function endsSoon({ raw }: FastifyReply): void {
  const timer = setTimeout(() => raw.destroy(), NOT_READING_AT_END_MS).unref();
  raw.once('close', () => clearTimeout(timer));
  raw.once('finish', () => clearTimeout(timer));
}
