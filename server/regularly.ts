/** What is told of failures. */
interface Log {
  warn(details: object, message: string): void;
}

/** Does something at the start and then every so often, never twice at once. A failure is logged and made up for by the next time. */
export class Regularly {
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly everyMs: number,
    private readonly work: (stopping: AbortSignal) => Promise<unknown>,
    private readonly log: Log,
    /** What is logged of a failure. */
    private readonly failed: string,
  ) {}

  start(): void {
    this.#running = this.#run();
    this.#timer = setInterval(() => {
      this.#running = this.#running.then(() => this.#run());
    }, this.everyMs).unref();
  }

  /** Resolves when what is under way has ended. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    try {
      if (!signal.aborted) await this.work(signal);
    } catch (error) {
      if (!signal.aborted) this.log.warn({ err: error }, this.failed);
    }
  }
}
