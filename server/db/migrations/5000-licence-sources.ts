import { Table, TableIndex, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm';
import type { Dialect } from '../dialect/dialect.js';

type Column = Omit<TableColumnOptions, 'name'>;

const key: Column = { type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' };
const whole: Column = { type: 'integer' };
const flag: Column = { type: 'tinyint', default: 0 };
const day: Column = { type: 'date' };
const instant: Column = { type: 'datetime' };
const text = (length: number): Column => ({ type: 'varchar', length: String(length) });
const optional = (column: Column): Column => ({ ...column, isNullable: true });

/** Of an identifier in MySQL. */
const LONGEST_NAME = 64;

interface Shape {
  columns: Record<string, Column>;
  indexes?: string[][];
  unique?: string[][];
}

/** The mirror of the outside providers, what is known of trials beyond their rows, check-ins, and the price list. */
const shapes: Record<string, Shape> = {
  // One row a licence key: a provider repeats the limit of a key on each of its sites.
  sw_external_licenses: {
    columns: {
      id: key, provider: text(64), license_key: text(255), product_slug: optional(text(255)), variation: optional(text(255)),
      company_id: optional(whole), partner_id: optional(whole),
      site_url: optional(text(500)), site_host: optional(text(255)), site_count: { ...whole, default: 0 },
      activation_limit: optional(whole), is_unlimited: flag, activation_count: optional(whole),
      purchase_date: optional(day), expiration_date: optional(day),
      price_minor: optional({ type: 'bigint' }), currency: optional(text(3)), interval_months: optional(whole), auto_renew: optional({ type: 'tinyint' }),
      status: optional(text(32)), is_enabled: { ...flag, default: 1 }, last_checked_in_at: optional(instant),
      first_seen_at: instant, changed_at: instant, fetched_at: instant, missing_since: optional(instant),
      // The latest complete reading in which the provider named the key, see sw_sync_state.
      seen_pass: optional(whole),
    },
    unique: [['provider', 'license_key']],
    indexes: [['license_key'], ['fetched_at'], ['company_id'], ['partner_id']],
  },
  sw_external_activations: {
    columns: {
      id: key, license_id: whole, site_url: text(500), site_host: text(255), last_checked_in_at: optional(instant),
      seen_pass: optional(whole), missing_since: optional(instant),
    },
    unique: [['license_id', 'site_host']],
  },
  // What each licence was for which days, as known when: a row counts at an instant between recorded_at and superseded_at.
  sw_external_terms: {
    columns: {
      id: key, license_id: whole, start_date: day, end_date: optional(day), quantity: whole,
      price_minor: optional({ type: 'bigint' }), currency: optional(text(3)), interval_months: optional(whole),
      recorded_at: instant, superseded_at: optional(instant),
    },
    indexes: [['license_id']],
  },
  sw_sync_state: {
    columns: {
      provider: { ...text(64), isPrimary: true }, cursor: optional(text(1024)), last_success_at: optional(instant), last_attempt_at: optional(instant),
      last_error: optional(text(1024)), failures: { ...whole, default: 0 }, next_attempt_at: optional(instant), running_since: optional(instant),
      read_count: { ...whole, default: 0 }, total_count: optional(whole), waiting_after: optional(text(1024)),
      rejected_count: { ...whole, default: 0 },
      // Who writes the mirror, and when it was last heard of: only the run of this id may go on.
      run_id: optional(text(36)), heartbeat_at: optional(instant),
      // Complete readings are counted. One may take several runs; what it could not identify keeps it from calling anything missing.
      pass: { ...whole, default: 0 }, full_since: optional(instant), full_is_blind: flag, last_full_at: optional(instant),
      // Answers that could not be used since the latest complete reading began: so many licences may be behind.
      unusable_count: { ...whole, default: 0 },
    },
  },
  sw_sync_runs: {
    columns: {
      id: key, provider: text(64), started_at: instant, ended_at: optional(instant), read_count: { ...whole, default: 0 },
      changed_count: { ...whole, default: 0 }, rejected_count: { ...whole, default: 0 }, error: optional(text(1024)),
    },
    indexes: [['provider', 'id']],
  },
  // The latest check-in of a licence at a site. `reported_at` is when the provider was told; trials are told to nobody.
  sw_check_ins: {
    columns: {
      id: key, kind: text(8), license_id: whole, site_host: text(255), site_url: text(500), checked_in_at: instant,
      reported_at: optional(instant), attempts: { ...whole, default: 0 }, next_attempt_at: optional(instant),
    },
    unique: [['kind', 'license_id', 'site_host']],
    indexes: [['kind', 'reported_at', 'next_attempt_at']],
  },
  // The unit of the trial funnel: one host and product, whatever trials it had. Both are written as `unitOf` writes them.
  sw_trial_units: {
    columns: { id: key, host: text(255), product_slug: text(255) },
    unique: [['host', 'product_slug']],
  },
  // What happened to trials, and from when on it counts. Without a unit: a trial whose site or product cannot be read.
  // The first index holds all that the funnel reads, so that it groups units as they come.
  sw_trial_events: {
    columns: {
      id: key, unit_id: optional({ type: 'bigint' }), trial_id: { type: 'bigint' }, kind: text(16), occurred_at: optional(instant), known_at: instant,
      expires_on: optional(day), grace_until: optional(day), estimated: flag, observed_at: instant,
    },
    indexes: [['unit_id', 'known_at', 'kind', 'occurred_at', 'expires_on', 'grace_until', 'estimated'], ['trial_id', 'kind', 'known_at', 'occurred_at', 'estimated']],
  },
  // One row, written when all trials have been read once: what is recorded after that counts from then on.
  sw_trial_history: {
    columns: { id: { ...whole, isPrimary: true }, complete_since: instant },
  },
  sw_price_list: {
    columns: {
      id: key, product_slug: text(255), variation: optional(text(255)), amount_minor: { type: 'bigint' }, currency: text(3),
      interval_months: optional(whole), valid_from: day, valid_to: optional(day),
    },
    indexes: [['product_slug']],
  },
};

/**
 * Trials, premium licences, check-ins and prices. Their texts have a collation of ours: keys and hosts are compared with those of
 * the customer's tables, and an index helps only where the collations agree.
 */
export function createLicenceSources({ textCollation }: Dialect): new () => MigrationInterface {
  const collated = (column: Column): Column => (column.type === 'varchar' && textCollation !== null ? { ...column, collation: textCollation } : column);
  return class LicenceSources1763700005000 implements MigrationInterface {
    readonly name = 'LicenceSources1763700005000';

    async up(runner: QueryRunner): Promise<void> {
      for (const [name, { columns, indexes = [], unique = [] }] of Object.entries(shapes)) {
        await runner.createTable(
          new Table({
            name,
            columns: Object.entries(columns).map(([column, options]) => ({ name: column, ...collated(options) })),
            indices: [
              ...unique.map((columnNames) => new TableIndex({ name: `ux_${name}_${columnNames.join('_')}`, columnNames, isUnique: true })),
              ...indexes.map((columnNames) => new TableIndex({ name: `ix_${name}_${columnNames.join('_')}`.slice(0, LONGEST_NAME), columnNames })),
            ],
          }),
        );
      }
    }

    async down(runner: QueryRunner): Promise<void> {
      for (const name of Object.keys(shapes).reverse()) await runner.dropTable(name);
    }
  };
}
