import { setTimeout as wait } from 'node:timers/promises';
import sql from 'sql-template-tag';
import type { Database, Transaction } from '../db/database.js';
import { number } from '../db/decode.js';
import { tableReference } from '../db/tables.js';
import { DatabaseError } from '../errors.js';
import { recordTrialEvents, type TrialEvent } from '../trials/history.js';
import { Batcher } from './batcher.js';
import type { Change } from './conversion.js';
import { mayRun } from './rows.js';
import { stored } from './check-ins.js';

type OfKind<K extends Change['kind']> = Extract<Change, { kind: K }>;
type Site = OfKind<'SITE'>;

const TRIES = 5;

/**
 * Writes what must not be lost before the site is answered. What many checks bring to light at the same time goes into one
 * transaction; it is safe to write the same thing twice, also from two instances.
 */
export class Ledger {
  readonly #batcher: Batcher<Change, boolean>;
  /** Learned from the database: where the customer's table may only be read, the history alone keeps what happened. */
  #trialsAreReadOnly = false;

  constructor(private readonly database: Database) {
    this.#batcher = new Batcher((changes) => this.#commit(changes), { atOnce: 1, size: 100 });
  }

  get keepsFlags(): boolean {
    return !this.#trialsAreReadOnly;
  }

  /** Returns when the changes are safe. False: another site has taken the last place of the licence meanwhile. */
  async write(changes: readonly Change[]): Promise<boolean> {
    const done = await Promise.all(changes.map((change) => this.#batcher.add(change)));
    return done.every(Boolean);
  }

  async #commit(changes: readonly Change[], tries = 1): Promise<boolean[]> {
    try {
      return await this.database.transaction((transaction) => this.#apply(transaction, changes));
    } catch (error) {
      const fault = error instanceof DatabaseError ? error.fault : null;
      if (fault === 'readOnly' && !this.#trialsAreReadOnly) this.#trialsAreReadOnly = true;
      // Two instances that write about the same unit at the same time: one of them goes second.
      else if ((fault === 'unavailable' || fault === 'duplicate') && tries < TRIES) await wait(tries * 20 * (1 + Math.random()));
      else throw error;
      return this.#commit(changes, tries + 1);
    }
  }

  async #apply(transaction: Transaction, changes: readonly Change[]): Promise<boolean[]> {
    const ofTrials = changes.filter((change) => change.kind !== 'SITE');
    // Always in the same order, so that instances seldom wait for each other in a circle.
    const inOrder = [...ofTrials].sort((a, b) => a.trial.id - b.trial.id);
    if (inOrder.length > 0) await recordTrialEvents(this.database, transaction, inOrder.map(eventOf));
    if (this.keepsFlags) for (const change of inOrder) await this.#setFlag(transaction, change);
    const sites = changes.filter((change) => change.kind === 'SITE').sort((a, b) => a.license.id - b.license.id);
    const refused = new Set<Change>();
    for (const site of sites) if (!(await this.#addSite(transaction, site))) refused.add(site);
    return changes.map((change) => !refused.has(change));
  }

  async #setFlag({ manager }: Transaction, change: Exclude<Change, Site>): Promise<void> {
    const table = tableReference(this.database.tables.trial);
    const now = stored(new Date());
    const statement =
      change.kind === 'CONVERTED' && change.premiumKey !== null
        ? sql`update ${table} set is_fluent_license_check = 1, premium_license_id = ${change.premiumKey}, updated_at = ${now}
            where id = ${change.trial.id} and coalesce(is_fluent_license_check, 0) = 0`
        : change.kind === 'REVERTED' && change.clearsFlag
          ? sql`update ${table} set is_fluent_license_check = 0, updated_at = ${now} where id = ${change.trial.id} and is_fluent_license_check = 1`
          : null;
    if (statement !== null) await manager.query(statement.sql, statement.values);
  }

  /** The lock on the licence lets one site in at a time, so that no two take the last place. */
  async #addSite({ manager, read }: Transaction, { license, host, siteUrl, occurredAt }: Site): Promise<boolean> {
    const { lockRows } = this.database.dialect;
    const [row] = await read(sql`select site_count from sw_external_licenses where id = ${license.id} ${lockRows}`);
    const [known] = await read(sql`select id, missing_since from sw_external_activations where license_id = ${license.id} and site_host = ${host}`);
    if (known !== undefined && known['missing_since'] === null) return true;
    if (row === undefined || !mayRun({ ...license, siteCount: number(row, 'site_count') })) return false;
    // A site that the provider no longer listed is back.
    const add = known === undefined
      ? sql`insert into sw_external_activations (license_id, site_url, site_host, last_checked_in_at) values (${license.id}, ${siteUrl}, ${host}, ${stored(occurredAt)})`
      : sql`update sw_external_activations set missing_since = null where id = ${number(known, 'id')}`;
    await manager.query(add.sql, add.values);
    // A site that the provider named for the licence is counted already.
    const count = sql`update sw_external_licenses set site_count = site_count + ${license.isNamedSite ? 0 : 1} where id = ${license.id}`;
    await manager.query(count.sql, count.values);
    return true;
  }
}

function eventOf(change: Exclude<Change, Site>): TrialEvent {
  const { kind, trial, occurredAt } = change;
  return {
    host: trial.siteUrl, productSlug: trial.productSlug, trialId: trial.id, kind, occurredAt, expiresOn: null, graceUntil: null,
    estimated: kind !== 'ACTIVATED' && change.estimated, observedAt: new Date(),
  };
}
