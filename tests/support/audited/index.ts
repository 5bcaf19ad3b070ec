import { accounts } from './accounts.js';
import type { AuditedMutation } from './call.js';
import { batch } from './batch.js';
import { branding } from './branding.js';
import { embed } from './embed.js';
import { history } from './history.js';
import { imports } from './imports.js';
import { installation } from './installation.js';
import { quality } from './quality.js';
import { rows } from './rows.js';
import { savedQueries } from './saved-queries.js';
import { tokens } from './tokens.js';

/** A call of every mutation of the schema that changes something. To cover new ones, add a file and a line here. */
export const auditedMutations: Readonly<Record<string, AuditedMutation>> = { ...rows, ...savedQueries, ...batch, ...installation, ...quality, ...history, ...imports, ...accounts, ...tokens, ...embed, ...branding };

/** Mutations that leave no entry, and why. */
export const unaudited: Readonly<Record<string, string>> = {
  signIn: 'Sessions have their own table.',
  refreshSession: 'Sessions have their own table.',
  signOut: 'Sessions have their own table.',
  appLicenseCheck: 'A deployed site reports its use, without an account; trials have their own history.',
};

/** Settings that the calls need. */
export const auditedEnvironment: Readonly<Record<string, string>> = {
  PROVIDERS: JSON.stringify([{ name: 'shop', kind: 'http-json', url: 'http://127.0.0.1:9/licenses', retries: 0 }]), SYNC_INTERVAL_MINUTES: '0',
};
