import sql, { join, raw } from 'sql-template-tag';
import type { Database } from '../db/database.js';
import { number, text } from '../db/decode.js';
import { tableReference } from '../db/tables.js';
import { unitOf, type TrialUnit } from '../trials/unit.js';
import { Batcher, grouped, padded } from './batcher.js';

/** What is recorded of a unit. */
export interface Unit {
  /** Trials of the unit, in no order. */
  trialIds: number[];
  /** The latest word on the conversion of those that ever converted, by trial. */
  lastWords: ReadonlyMap<number, 'CONVERTED' | 'REVERTED'>;
}

/** Trials that the history may not have seen yet: it looks for new ones every few minutes. */
const NEWEST = raw('500');
const NEWEST_MS = 1000;

/**
 * Finds the trials of a site and product. The customer's table has no index for that, and must not get one: the history of
 * trials knows them by host and product, and the newest ones are looked through.
 */
export class Units {
  readonly #batcher: Batcher<TrialUnit, Unit>;
  #newest: { readAt: number; ids: Promise<Map<string, number[]>> } | null = null;

  constructor(private readonly database: Database) {
    this.#batcher = new Batcher((keys) => this.#read(keys), { atOnce: 2, size: 256 });
  }

  async of(siteUrl: string, productSlug: string): Promise<Unit> {
    const unit = unitOf(siteUrl, productSlug);
    return unit === null ? { trialIds: [], lastWords: new Map() } : this.#batcher.add(unit);
  }

  async #read(keys: readonly TrialUnit[]): Promise<Unit[]> {
    const [newest, rows] = await Promise.all([
      this.#newestTrials(performance.now()),
      this.database.read(sql`
        select u.host, u.product_slug, e.kind, e.trial_id
        from sw_trial_units u join sw_trial_events e on e.unit_id = u.id
        where u.host in (${join(padded([...new Set(keys.map(({ host }) => host))]))})
          and u.product_slug in (${join(padded([...new Set(keys.map(({ productSlug }) => productSlug))]))})
        order by e.id`),
    ]);
    const recorded = grouped(rows, (row) => textOf({ host: text(row, 'host'), productSlug: text(row, 'product_slug') }));
    return keys.map((key) => {
      const events = recorded.get(textOf(key)) ?? [];
      const trialIds = new Set([...events.map((row) => number(row, 'trial_id')), ...(newest.get(textOf(key)) ?? [])]);
      const words = events.map((row) => [number(row, 'trial_id'), text(row, 'kind')] as const);
      return { trialIds: [...trialIds], lastWords: new Map(words.filter(isWord)) };
    });
  }

  #newestTrials(now: number): Promise<Map<string, number[]>> {
    if (this.#newest !== null && now - this.#newest.readAt < NEWEST_MS) return this.#newest.ids;
    const ids = this.#readNewest();
    this.#newest = { readAt: now, ids };
    ids.catch(() => (this.#newest = null));
    return ids;
  }

  async #readNewest(): Promise<Map<string, number[]>> {
    const rows = await this.database.read(sql`
      select t.id, t.site_url, t.product_slug from ${tableReference(this.database.tables.trial)} t order by t.id desc limit ${NEWEST}`);
    const units = grouped(rows, (row) => textOf(unitOf(text(row, 'site_url'), text(row, 'product_slug'))));
    return new Map([...units].map(([unit, list]) => [unit, list.map((row) => number(row, 'id'))]));
  }
}

function isWord(entry: readonly [number, string]): entry is readonly [number, 'CONVERTED' | 'REVERTED'] {
  return entry[1] === 'CONVERTED' || entry[1] === 'REVERTED';
}

function textOf(unit: TrialUnit | null): string {
  return unit === null ? '' : `${unit.host}\n${unit.productSlug}`;
}
