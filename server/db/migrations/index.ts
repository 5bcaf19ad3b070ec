import type { MigrationInterface } from 'typeorm';
import type { Dialect } from '../dialect/dialect.js';
import type { TableMap } from '../tables.js';
import { createExistingTables } from './1000-existing-tables.js';
import { AccountTables1763700002000 } from './2000-accounts.js';
import { AuditLog1763700003000 } from './3000-audit-log.js';
import { ExchangeRates1763700004000 } from './4000-exchange-rates.js';
import { createLicenceSources } from './5000-licence-sources.js';
import { createTrials } from './6000-trials.js';
import { AuditChannels1763700007000 } from './7000-audit-channels.js';
import { createImports } from './8000-imports.js';
import { SessionsKnown1763700009000 } from './9000-sessions-known.js';
import { createApiTokens } from './10000-api-tokens.js';
import { createEmbedTokens } from './11000-embed-tokens.js';
import { createSavedQueries } from './12000-saved-queries.js';
import { createBranding } from './13000-branding.js';
import { createActivityRollup } from './14000-activity-rollup.js';
import { createSeenDays } from './15000-seen-days.js';

type Migration = new () => MigrationInterface;

/** Create the customer's tables where there are none; they depend on the configured names. */
export function existingTableMigrations(tables: TableMap, dialect: Dialect): Migration[] {
  return [createExistingTables(tables, dialect), createTrials(tables, dialect)];
}

/** Our own tables, in order. Add a file, then a line here. */
export function ownTableMigrations(dialect: Dialect): Migration[] {
  return [
    AccountTables1763700002000, AuditLog1763700003000, ExchangeRates1763700004000, createLicenceSources(dialect), AuditChannels1763700007000,
    createImports(dialect), SessionsKnown1763700009000, createApiTokens(dialect), createEmbedTokens(dialect), createSavedQueries(dialect),
    createBranding(dialect), createActivityRollup(dialect), createSeenDays(dialect),
  ];
}
