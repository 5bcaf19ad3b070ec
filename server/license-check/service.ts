import type { FastifyBaseLogger } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Config } from '../config.js';
import type { Database } from '../db/database.js';
import type { AppLicenseCheck, UserError } from '../graphql.generated.js';
import type { ExternalLicenseProvider } from '../providers/provider.js';
import { dayOf } from '../reports/shapes/days.js';
import { parseInput, type CheckInput } from './input.js';
import { judge, type Judgement, type Sources } from './judge.js';
import { Ledger } from './ledger.js';
import { CheckLimits } from './limits.js';
import { PremiumLicenses } from './premium.js';
import { ProviderQuestions } from './questions.js';
import { Trials } from './trials.js';
import { Units } from './units.js';
import { CheckInWriter } from './writer.js';

/** What a site is answered. */
export type CheckOutcome =
  | { kind: 'taken'; check: AppLicenseCheck }
  | { kind: 'refused'; userErrors: UserError[] }
  | { kind: 'throttled'; userErrors: UserError[]; retryAfterSeconds: number };

/** The same check within this time is answered as the first, and writes nothing. */
const SAME_MS = 60_000;
/** Characters of remembered checks, a few hundred bytes each. */
const REMEMBERED = 20_000_000;
const COST_OF_ONE = 100;

/**
 * The licence checks of deployed sites, the same for GraphQL and REST. They come from nobody in particular, so that they see
 * the tables without a row scope, and answer for nothing but the one licence whose key, site and product they name.
 */
export class LicenseChecks {
  readonly #sources: Sources;
  readonly #limits: CheckLimits;
  readonly #writer: CheckInWriter;
  readonly #answers = new LRUCache<string, AppLicenseCheck>({ maxSize: REMEMBERED, ttl: SAME_MS, ttlResolution: 100 });
  readonly #underWay = new Map<string, Promise<AppLicenseCheck>>();
  #today = { until: 0, day: '' };

  constructor(
    database: Database,
    private readonly config: Config,
    trialsTakeCheckIns: boolean,
    providers: readonly ExternalLicenseProvider[] = [],
  ) {
    this.#sources = {
      config,
      trials: new Trials(database, trialsTakeCheckIns),
      premium: new PremiumLicenses(database),
      units: new Units(database),
      ledger: new Ledger(database),
      questions: new ProviderQuestions(database, providers),
    };
    this.#limits = new CheckLimits({ perKey: config.LICENSE_CHECKS_PER_MINUTE_KEY, perAddress: config.LICENSE_CHECKS_PER_MINUTE_ADDRESS });
    this.#writer = new CheckInWriter(database, trialsTakeCheckIns);
  }

  /** Takes the check of a site; `given` is whatever it sent. Throws DatabaseError when nothing can be said. */
  async check(given: unknown, address: string, now: Date): Promise<CheckOutcome> {
    const addressWait = this.#limits.takeAddress(address);
    if (addressWait > 0) return throttled(addressWait);
    const { input, userErrors } = parseInput(given);
    if (input === null) return { kind: 'refused', userErrors };
    const keyWait = this.#limits.takeKey(input.licenseKey);
    if (keyWait > 0) return throttled(keyWait);
    return { kind: 'taken', check: await this.#once(input, now) };
  }

  /** Where troubles with writing are told. */
  start(log: FastifyBaseLogger): void {
    this.#writer.log = log;
  }

  /** Writes the check-ins that are still in memory. */
  stop(): Promise<void> {
    return this.#writer.stop();
  }

  #once(input: CheckInput, now: Date): Promise<AppLicenseCheck> {
    const { identity } = input;
    const answer = this.#answers.get(identity);
    if (answer !== undefined) return Promise.resolve(answer);
    const known = this.#underWay.get(identity);
    if (known !== undefined) return known;
    const taken = this.#take(input, now).then((check) => {
      this.#answers.set(identity, check, { size: identity.length + COST_OF_ONE });
      return check;
    }).finally(() => this.#underWay.delete(identity));
    this.#underWay.set(identity, taken);
    return taken;
  }

  async #take(input: CheckInput, now: Date): Promise<AppLicenseCheck> {
    const judgement = await judge(this.#sources, input, { now, today: this.#dayOf(now) });
    const checkedAt = now.toISOString();
    if (judgement === null || !(await this.#written(judgement))) return invalid(checkedAt);
    const { trial, license, verdict, isPremium } = judgement;
    const { host, siteUrl } = input;
    if (trial !== null) this.#writer.trial({ trialId: trial.id, host, siteUrl, at: now });
    if (license !== null) this.#writer.premium({ licenseId: license.id, host, siteUrl, at: now });
    return { ...verdict, isPremium, checkedAt };
  }

  async #written({ changes }: Judgement): Promise<boolean> {
    return changes.length === 0 || this.#sources.ledger.write(changes);
  }

  /** Time zones are slow, and a day is the same for all checks of a second. */
  #dayOf(now: Date): string {
    const second = Math.floor(now.getTime() / 1000);
    if (second !== this.#today.until) this.#today = { until: second, day: dayOf(now, this.config.REPORT_TIMEZONE) };
    return this.#today.day;
  }
}

function invalid(checkedAt: string): AppLicenseCheck {
  return { state: 'INVALID', isPremium: null, expirationDate: null, daysToExpiry: null, graceEndDate: null, daysToGraceEnd: null, checkedAt };
}

function throttled(milliseconds: number): CheckOutcome {
  const retryAfterSeconds = Math.ceil(milliseconds / 1000);
  const message = `Too many checks. Try again in ${retryAfterSeconds} ${retryAfterSeconds === 1 ? 'second' : 'seconds'}.`;
  return { kind: 'throttled', retryAfterSeconds, userErrors: [{ field: [], code: 'THROTTLED', message }] };
}
