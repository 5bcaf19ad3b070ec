import { LRUCache } from 'lru-cache';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Database } from '../db/database.js';
import { tableReference } from '../db/tables.js';
import { Batcher, grouped, padded } from './batcher.js';
import type { CheckInput } from './input.js';
import { trialFrom, type TrialRow } from './rows.js';

const KNOWN_KEYS = 200_000;
/** Two at a time: where the customer's table has no index on the key, each of them reads it from end to end. */
const BATCHES = { atOnce: 2, size: 256 };

/** Finds trials by key or id. What many checks look for at the same time is read together. */
export class Trials {
  /** Id of the trial that was once found for a key, site and product: keys need not have an index, ids always do. */
  readonly #idOfCheck = new LRUCache<string, number>({ max: KNOWN_KEYS });
  readonly #byKey: Batcher<string, TrialRow[]>;
  readonly #byId: Batcher<number, TrialRow | null>;

  constructor(
    private readonly database: Database,
    private readonly haveCheckIns: boolean,
  ) {
    this.#byKey = new Batcher((keys) => this.#readByKey(keys), BATCHES);
    this.#byId = new Batcher((ids) => this.#readById(ids), BATCHES);
  }

  /** The trial that a check is about: its key letter by letter, the site's host and the product. */
  async matching(input: CheckInput): Promise<TrialRow | null> {
    const id = this.#idOfCheck.get(input.identity);
    const known = id === undefined ? null : await this.#byId.add(id);
    if (known !== null && matches(known, input)) return known;
    const found = (await this.#byKey.add(input.licenseKey)).filter((row) => matches(row, input)).sort(inForceFirst)[0] ?? null;
    if (found !== null) this.#idOfCheck.set(input.identity, found.id);
    return found;
  }

  /** The trials with these ids that are there. */
  async withIds(ids: readonly number[]): Promise<TrialRow[]> {
    const rows = await Promise.all(ids.map((id) => this.#byId.add(id)));
    return rows.filter((row) => row !== null);
  }

  async #readByKey(keys: readonly string[]): Promise<TrialRow[][]> {
    const rows = await this.#read(sql`t.license_key in (${join(padded([...new Set(keys)]))})`);
    const byKey = grouped(rows, ({ licenseKey }) => licenseKey);
    return keys.map((key) => byKey.get(key) ?? []);
  }

  async #readById(ids: readonly number[]): Promise<(TrialRow | null)[]> {
    const rows = await this.#read(sql`t.id in (${join(padded([...new Set(ids)]))})`);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  async #read(condition: Sql): Promise<TrialRow[]> {
    const { dialect, tables } = this.database;
    const noEnd = dialect.hasNoEnd(raw('t.expiration_date'));
    const rows = await this.database.read(sql`
      select t.id, t.license_key, t.product_slug, t.site_url, t.is_active, t.is_fluent_license_check, t.premium_license_id,
        case when ${noEnd} then null else ${dialect.dayOf(raw('t.expiration_date'), 0)} end as last_day,
        case when t.grace_period_date is null then null else ${dialect.dayOf(raw('t.grace_period_date'), 0)} end as own_grace_day,
        t.created_at, t.updated_at, ${raw(this.haveCheckIns ? 't.last_checked_in_at' : OWN_CHECK_IN)} as last_check_in
      from ${tableReference(tables.trial)} t where ${condition}`);
    return rows.map(trialFrom);
  }
}

/** Where the rows of trials take no check-ins, ours do. */
const OWN_CHECK_IN = `(select max(c.checked_in_at) from sw_check_ins c where c.kind = 'TRIAL' and c.license_id = t.id)`;

function matches(row: TrialRow, { licenseKey, host, productSlug }: CheckInput): boolean {
  return row.licenseKey === licenseKey && row.host === host && row.productSlug === productSlug;
}

/** Of several rows with one key, site and product: switched on, then the one that ends last, then the newest. */
function inForceFirst(a: TrialRow, b: TrialRow): number {
  const ends = (row: TrialRow) => row.lastDay ?? '9999-12-31';
  return Number(b.isActive) - Number(a.isActive) || (ends(a) < ends(b) ? 1 : ends(a) > ends(b) ? -1 : b.id - a.id);
}
