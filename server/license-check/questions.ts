import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import type { Database } from '../db/database.js';
import { DatabaseError } from '../errors.js';
import { applyAnswers } from '../providers/mirror.js';
import type { Answer, ExternalLicenseProvider } from '../providers/provider.js';
import { readState } from '../providers/state.js';
import { dayOf } from '../reports/shapes/days.js';
import type { CheckInput } from './input.js';

const WITHIN_MS = 2000;
const AT_ONCE = 8;
/** More sites than this do not wait for an answer: whoever sends made-up keys must not hold up the others. */
const MOST_WAITING = 200;
const REMEMBERED_MS = 60_000;

/**
 * Asks the providers about a key that the mirror does not hold: a licence may have been sold a minute ago. What they know is
 * mirrored at once. That a key is unknown is remembered for a minute.
 */
export class ProviderQuestions {
  readonly #limit = pLimit(AT_ONCE);
  readonly #unknown = new LRUCache<string, true>({ max: 50_000, ttl: REMEMBERED_MS });

  constructor(
    private readonly database: Database,
    private readonly providers: readonly ExternalLicenseProvider[],
  ) {}

  /** True when the licence has been mirrored, false when no provider knows it; throws `unavailable` where that cannot be told. */
  async ask(input: CheckInput, now: Date): Promise<boolean> {
    const asked = this.providers.filter(({ settings }) => settings.kind !== 'fluent' || settings.items[input.productSlug] !== undefined);
    const key = asked.some(({ settings }) => settings.kind === 'fluent') ? input.identity : input.licenseKey;
    if (asked.length === 0 || this.#unknown.has(key)) return false;
    if (this.#limit.pendingCount >= MOST_WAITING) throw new DatabaseError('unavailable', new Error('Too many keys wait for a provider.'));
    const outcomes = await Promise.allSettled(asked.map((provider) => this.#limit(() => this.#askOne(provider, input, now))));
    if (outcomes.some((outcome) => outcome.status === 'fulfilled' && outcome.value)) return true;
    const failure = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failure !== undefined) throw new DatabaseError('unavailable', failure.reason);
    this.#unknown.set(key, true);
    return false;
  }

  async #askOne(provider: ExternalLicenseProvider, { licenseKey, siteUrl, productSlug }: CheckInput, now: Date): Promise<boolean> {
    const { name } = provider.settings;
    const answer = await provider.check({ licenseKey, siteUrl, productSlug }, { signal: AbortSignal.timeout(WITHIN_MS) });
    if (answer.kind === 'rejected') throw new Error(`The provider's answer cannot be used: ${answer.reason}`);
    if (answer.kind === 'invalid' || answer.facts.licenseKey !== licenseKey) return false;
    await this.#mirror(name, answer, now);
    return true;
  }

  async #mirror(provider: string, answer: Answer, now: Date): Promise<void> {
    const pass = (await readState(this.database, provider))?.pass ?? 0;
    const reading = { provider, pass, now, today: dayOf(now, this.database.config.REPORT_TIMEZONE) };
    await this.database.transaction((transaction) => applyAnswers(transaction, this.database.dialect, reading, [answer]));
  }
}
