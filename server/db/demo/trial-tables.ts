import sql, { raw } from 'sql-template-tag';
import type { Database, Transaction } from '../database.js';
import { text } from '../decode.js';
import type { SqlValue } from '../dialect/dialect.js';
import { tableReference } from '../tables.js';
import type { Filling } from './insert.js';
import type { TrialRow } from './trial-life.js';
import type { DemoTrials } from './trials.js';

const columns: Record<string, (trial: TrialRow) => SqlValue> = {
  id: ({ id }) => id,
  product_slug: ({ productSlug }) => productSlug,
  site_url: ({ siteUrl }) => siteUrl,
  name: ({ name }) => name,
  email: ({ email }) => email,
  license_key: ({ licenseKey }) => licenseKey,
  expiration_date: ({ expirationDate }) => expirationDate,
  grace_period_date: ({ gracePeriodDate }) => gracePeriodDate,
  status: ({ status }) => status,
  is_active: ({ isActive }) => isActive,
  is_fluent_license_check: ({ isConverted }) => isConverted,
  premium_license_id: ({ premiumLicenseId }) => premiumLicenseId,
  last_checked_in_at: ({ lastCheckedInAt }) => lastCheckedInAt,
  created_at: ({ createdAt }) => createdAt,
  updated_at: ({ updatedAt }) => updatedAt,
};

/** Trials together with their history; nothing where there are trials, or a history of them, already. */
export async function trialFillings(database: Database, transaction: Transaction, { rows, units, events }: DemoTrials): Promise<Filling[]> {
  const { trial } = database.tables;
  for (const table of [tableReference(trial), raw('sw_trial_units'), raw('sw_trial_events')]) {
    if ((await transaction.read(sql`select 1 as found from ${table} limit 1`)).length > 0) return [];
  }
  // A customer's table may lack columns that ours has.
  const present = new Set((await transaction.read(database.dialect.columnsOf(trial.schema, trial.name))).map((row) => text(row, 'name').toLowerCase()));
  const names = Object.keys(columns).filter((name) => present.has(name));
  return [
    { step: 'trials', table: tableReference(trial), columns: names, rows: rows.map((row) => names.map((name) => columns[name]?.(row) ?? null)) },
    { step: 'sites of trials', table: raw('sw_trial_units'), columns: ['id', 'host', 'product_slug'], rows: units.map(({ id, host, productSlug }) => [id, host, productSlug]) },
    {
      step: 'history of trials',
      table: raw('sw_trial_events'),
      columns: ['unit_id', 'trial_id', 'kind', 'occurred_at', 'known_at', 'expires_on', 'grace_until', 'estimated', 'observed_at'],
      rows: events.map((event) => [event.unitId, event.trialId, event.kind, event.occurredAt, event.knownAt, event.expiresOn, event.graceUntil, event.estimated, event.knownAt]),
    },
  ];
}
