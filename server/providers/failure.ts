interface Details {
  /** True when the same request may well succeed later. */
  again?: boolean;
  /** How long the provider asked us to stay away. */
  retryAfterMs?: number | null;
  /** The cursor is no longer known to the provider: everything must be read again. */
  cursorExpired?: boolean;
  /** The provider knows no such thing. */
  notFound?: boolean;
}

/** A provider did not do what it should. The message is shown to people: plain words, no address, no token, no key. */
export class ProviderFailure extends Error {
  readonly again: boolean;
  readonly retryAfterMs: number | null;
  readonly cursorExpired: boolean;
  readonly notFound: boolean;

  constructor(message: string, { again = false, retryAfterMs = null, cursorExpired = false, notFound = false }: Details = {}) {
    super(message);
    this.name = 'ProviderFailure';
    this.again = again;
    this.retryAfterMs = retryAfterMs;
    this.cursorExpired = cursorExpired;
    this.notFound = notFound;
  }
}
