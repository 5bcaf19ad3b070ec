import { ConfigError, type Config } from '../config.js';
import type { Database } from '../db/database.js';
import type { Role } from '../graphql.generated.js';
import { demoAccounts, isDemoAccount } from './demo-accounts.js';
import { AccountEntity } from './entity.js';
import { hashPassword } from './passwords.js';
import { accountByEmail } from './session-store.js';

interface NewAccount {
  email: string;
  displayName: string;
  role: Role;
  partnerId: number | null;
  companyId: number | null;
  password: string;
}

/**
 * Creates the administrator of ADMIN_EMAIL and ADMIN_PASSWORD unless the e-mail has an account, which stays as it is: a
 * variable left in the environment must not reset a password. True when the account was created.
 */
export async function ensureFirstAdministrator(database: Database, config: Config, now: Date): Promise<boolean> {
  const { ADMIN_EMAIL, ADMIN_PASSWORD } = config;
  if (ADMIN_EMAIL === undefined || ADMIN_PASSWORD === undefined) return false;
  const email = ADMIN_EMAIL.toLowerCase();
  if (!config.DEMO && isDemoAccount(email)) {
    throw new ConfigError(['ADMIN_EMAIL: this address is kept for the demo and signs in nowhere else']);
  }
  const administrator = { email, displayName: 'Administrator', role: 'ADMIN', partnerId: null, companyId: null } as const;
  return ensureAccount(database, { ...administrator, password: ADMIN_PASSWORD }, now);
}

/** Creates the demo's accounts that are missing; none outside the demo. How many were created. */
export async function ensureDemoAccounts(database: Database, config: Config, now: Date): Promise<number> {
  if (!config.DEMO) return 0;
  const created = await Promise.all(
    demoAccounts.map((account) => ensureAccount(database, { ...account, password: config.DEMO_PASSWORD }, now)),
  );
  return created.filter(Boolean).length;
}

/** True when this call created the account. */
async function ensureAccount(database: Database, { password, ...account }: NewAccount, now: Date): Promise<boolean> {
  if ((await accountByEmail(database, account.email)) !== null) return false;
  const passwordHash = await hashPassword(password);
  try {
    await database.transaction(({ manager }) =>
      manager.insert(AccountEntity, { ...account, passwordHash, disabled: 0, createdAt: now }),
    );
    return true;
  } catch (error) {
    // Another instance that started at the same moment may have been faster: then the account is there, as it should be.
    if ((await accountByEmail(database, account.email)) !== null) return false;
    throw error;
  }
}
