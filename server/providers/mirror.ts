import sql, { join } from 'sql-template-tag';
import type { Transaction } from '../db/database.js';
import type { Dialect, SqlValue } from '../db/dialect/dialect.js';
import { upsert } from '../db/upsert.js';
import { number, text } from '../db/decode.js';
import { factColumns, factsFrom, foldedKey, latest, readStored, storedInstant, type Facts, type StoredLicense } from './mirror-rows.js';
import type { Answer, LicenseFacts } from './provider.js';
import { nextTerms, type LicenseNow, type Term } from './terms.js';

/** What the mirror is brought up to date for. */
export interface Reading {
  provider: string;
  /** Number of the complete reading that this is part of, or that came before it. */
  pass: number;
  now: Date;
  /** Today in REPORT_TIMEZONE. */
  today: string;
}

/** What came of some answers. */
export interface Tally {
  read: number;
  changed: number;
  rejected: number;
  /** Rejected answers that do not even tell of which licence they speak. */
  unidentified: number;
}

/** Bounds the parameters of a statement, however many rows a provider puts on a page. */
const ANSWERS_AT_ONCE = 500;
/** A licence that is first mirrored today is known for the days before, too. */
const ALWAYS = '1970-01-01 00:00:00';

/** Brings the mirror up to date with answers, in the transaction of the caller. What cannot be used changes nothing. */
export async function applyAnswers(tx: Transaction, dialect: Dialect, reading: Reading, answers: readonly Answer[]): Promise<Tally> {
  const tally: Tally = { read: 0, changed: 0, rejected: 0, unidentified: 0 };
  for (let from = 0; from < answers.length; from += ANSWERS_AT_ONCE) {
    const part = await new PageWriter(tx, dialect, reading).write(answers.slice(from, from + ANSWERS_AT_ONCE));
    for (const name of Object.keys(tally) as (keyof Tally)[]) tally[name] += part[name];
  }
  return tally;
}

interface Entry {
  licenseKey: string;
  stored: StoredLicense | undefined;
  sites: LicenseFacts['sites'];
  facts: Facts;
  terms: (Term & { id?: number })[];
  changed: boolean;
}

class PageWriter {
  private readonly at: string;

  constructor(
    private readonly tx: Transaction,
    private readonly dialect: Dialect,
    private readonly reading: Reading,
  ) {
    this.at = storedInstant(reading.now);
  }

  async write(answers: readonly Answer[]): Promise<Tally> {
    const keys = new Set(answers.flatMap((answer) => keyOf(answer) ?? []));
    const stored = await readStored(this.tx, this.dialect, this.reading.provider, [...keys]);
    const { entries, rejected } = this.sorted(answers, stored);
    const ids = await this.writeLicenses(entries);
    await this.writeActivations(entries, ids);
    await this.writeTerms(entries, ids);
    await this.leaveAsTheyAre(rejected.flatMap((key) => stored.get(foldedKey(key ?? ''))?.id ?? []));
    return {
      read: answers.length, changed: entries.filter(({ changed }) => changed).length, rejected: rejected.length,
      unidentified: rejected.filter((key) => key === null).length,
    };
  }

  /** One entry a licence key: rows that repeat a key tell of its sites, and the last one of all else. */
  private sorted(answers: readonly Answer[], stored: ReadonlyMap<string, StoredLicense>): { entries: Entry[]; rejected: (string | null)[] } {
    const merged = new Map<string, LicenseFacts>();
    const invalid = new Set<string>();
    const rejected: (string | null)[] = [];
    for (const answer of answers) {
      const key = keyOf(answer);
      const folded = foldedKey(key ?? '');
      const spelt = merged.get(folded)?.licenseKey ?? stored.get(folded)?.licenseKey;
      if (answer.kind === 'rejected' || (spelt !== undefined && spelt !== key)) rejected.push(key);
      else if (answer.kind === 'invalid') invalid.add(folded);
      else merged.set(folded, mergedFacts(merged.get(folded), answer.facts));
    }
    const entries = [...merged.values()].map((facts) => {
      const known = stored.get(foldedKey(facts.licenseKey));
      return this.entry(facts.licenseKey, known, factsFrom(facts, known), facts.sites);
    });
    for (const folded of invalid) {
      const known = stored.get(folded);
      if (known !== undefined) entries.push(this.entry(known.licenseKey, known, { ...known.facts, status: 'invalid', is_enabled: 0 }, []));
    }
    return { entries, rejected };
  }

  private entry(licenseKey: string, stored: StoredLicense | undefined, facts: Facts, sites: LicenseFacts['sites']): Entry {
    const terms = nextTerms(stored?.terms ?? [], termView(facts), this.reading.today);
    const changed = stored === undefined || factColumns.some((column) => facts[column] !== stored.facts[column])
      || terms.length !== stored.terms.length || terms.some((term) => !('id' in term));
    return { licenseKey, stored, facts, sites, terms, changed };
  }

  /** Ids by key. Licences that are as they were are only noted as seen. */
  private async writeLicenses(entries: readonly Entry[]): Promise<Map<string, number>> {
    const { provider, pass } = this.reading;
    const columns = ['provider', 'license_key', ...factColumns, 'first_seen_at', 'changed_at', 'fetched_at', 'seen_pass', 'missing_since'];
    const changed = entries.filter((entry) => entry.changed);
    const rows = changed.map(({ licenseKey, facts }): SqlValue[] => [
      provider, licenseKey, ...factColumns.map((column) => facts[column]), this.at, this.at, this.at, pass, null,
    ]);
    const unique = ['provider', 'license_key'];
    const updated = columns.filter((column) => !unique.includes(column) && column !== 'first_seen_at');
    await upsert(this.tx, this.dialect, { table: 'sw_external_licenses', columns, unique, updated }, rows);
    const ids = new Map(entries.flatMap(({ licenseKey, stored }) => (stored === undefined ? [] : [[licenseKey, stored.id]])));
    const same = entries.flatMap(({ changed: isChanged, stored }) => (isChanged || stored === undefined ? [] : [stored.id]));
    await this.run(same, (list) => sql`update sw_external_licenses set fetched_at = ${this.at}, seen_pass = ${pass}, missing_since = null where id in (${list})`);
    const fresh = entries.filter(({ stored }) => stored === undefined).map(({ licenseKey }) => licenseKey);
    if (fresh.length === 0) return ids;
    const added = await this.tx.read(sql`select id, license_key from sw_external_licenses where provider = ${provider} and license_key in (${join(fresh)})`);
    for (const row of added) ids.set(text(row, 'license_key'), number(row, 'id'));
    return ids;
  }

  private async writeActivations(entries: readonly Entry[], ids: ReadonlyMap<string, number>): Promise<void> {
    const { pass } = this.reading;
    const rows: SqlValue[][] = [];
    const seen: number[] = [];
    for (const { licenseKey, stored, sites } of entries) {
      for (const { url, host, lastCheckedInAt } of sites) {
        const known = stored?.activations.find((activation) => activation.host === host);
        const checkedIn = latest(lastCheckedInAt === null ? null : storedInstant(lastCheckedInAt), known?.lastCheckedInAt);
        if (known === undefined || checkedIn !== known.lastCheckedInAt) rows.push([ids.get(licenseKey) ?? 0, known?.url ?? url, host, checkedIn, pass, null]);
        else if (known.pass !== pass || known.missing) seen.push(known.id);
      }
    }
    const columns = ['license_id', 'site_url', 'site_host', 'last_checked_in_at', 'seen_pass', 'missing_since'];
    await upsert(this.tx, this.dialect, { table: 'sw_external_activations', columns, unique: ['license_id', 'site_host'] }, rows);
    await this.run(seen, (list) => sql`update sw_external_activations set seen_pass = ${pass}, missing_since = null where id in (${list})`);
  }

  private async writeTerms(entries: readonly Entry[], ids: ReadonlyMap<string, number>): Promise<void> {
    const replaced = entries.flatMap(({ stored, terms }) => stored?.terms.filter((term) => !terms.includes(term)).map(({ id }) => id) ?? []);
    await this.run(replaced, (list) => sql`update sw_external_terms set superseded_at = ${this.at} where id in (${list})`);
    const rows = entries.flatMap(({ licenseKey, stored, terms }) =>
      terms.filter((term) => !('id' in term)).map((term): SqlValue[] => [
        ids.get(licenseKey) ?? 0, term.startDate, term.endDate, term.quantity, term.priceMinor, term.currency, term.intervalMonths,
        stored === undefined ? ALWAYS : this.at,
      ]),
    );
    const columns = ['license_id', 'start_date', 'end_date', 'quantity', 'price_minor', 'currency', 'interval_months', 'recorded_at'];
    await upsert(this.tx, this.dialect, { table: 'sw_external_terms', columns }, rows);
  }

  /** A licence whose row cannot be used was named nevertheless: neither it nor its sites are missing. */
  private async leaveAsTheyAre(ids: readonly number[]): Promise<void> {
    const { pass } = this.reading;
    await this.run(ids, (list) => sql`update sw_external_licenses set seen_pass = ${pass}, missing_since = null where id in (${list})`);
    await this.run(ids, (list) => sql`update sw_external_activations set seen_pass = ${pass} where license_id in (${list}) and missing_since is null`);
  }

  private async run(ids: readonly number[], statementFor: (list: ReturnType<typeof join>) => ReturnType<typeof sql>): Promise<void> {
    if (ids.length === 0) return;
    const { sql: statement, values } = statementFor(join([...ids]));
    await this.tx.manager.query(statement, values);
  }
}

function keyOf(answer: Answer): string | null {
  return answer.kind === 'license' ? answer.facts.licenseKey : answer.licenseKey;
}

function mergedFacts(earlier: LicenseFacts | undefined, facts: LicenseFacts): LicenseFacts {
  if (earlier === undefined) return facts;
  const sites = new Map([...earlier.sites, ...facts.sites].map((site) => [site.host, site]));
  return { ...facts, sites: [...sites.values()], lastCheckedInAt: latest(earlier.lastCheckedInAt, facts.lastCheckedInAt) };
}

function termView(facts: Facts): LicenseNow {
  return {
    purchaseDate: facts.purchase_date as string | null, expirationDate: facts.expiration_date as string | null, isEnabled: facts.is_enabled === 1,
    quantity: Number(facts.activation_limit ?? 0), priceMinor: facts.price_minor as number | null, currency: facts.currency as string | null,
    intervalMonths: facts.interval_months as number | null,
  };
}
