import { isDemoAccount } from '../../auth/demo-accounts.js';
import { isTooLong, MAX_PASSWORD_BYTES } from '../../auth/passwords.js';
import type { Config } from '../../config.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import type { Role } from '../../graphql.generated.js';
import { checkReference, checkText } from '../change/checks.js';
import type { Faults } from '../change/refusal.js';

const MAX_EMAIL_LENGTH = 254;
const MIN_PASSWORD_LENGTH = 12;
/** Not what an address may be by the book, but what is surely none: whether it is somebody's, only a letter can tell. */
const ADDRESS = /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u;

/** An address in the form that accounts are compared by. */
export function checkEmail(faults: Faults, value: string, config: Pick<Config, 'DEMO'>): string {
  const email = checkText(faults, 'email', 'E-mail', value, MAX_EMAIL_LENGTH).toLowerCase();
  if (faults.errors.length > 0) return email;
  if (!ADDRESS.test(email)) faults.add('email', 'INVALID', 'An e-mail address has a name, an @ and a domain.');
  else if (!config.DEMO && isDemoAccount(email)) faults.add('email', 'INVALID', 'This address is kept for the demo and signs in nowhere else.');
  return email;
}

/** A password that may be given to an account. */
export function checkPassword(faults: Faults, field: string, password: string): void {
  if (isTooLong(password)) faults.add(field, 'TOO_LONG', `A password has at most ${MAX_PASSWORD_BYTES} bytes.`);
  else if (password.trim() === '') faults.add(field, 'REQUIRED', 'Password is required.');
  else if ([...password].length < MIN_PASSWORD_LENGTH) faults.add(field, 'INVALID', `A password has at least ${MIN_PASSWORD_LENGTH} characters.`);
}

/** The tenant that an account is confined to. */
export interface AccountScope {
  partnerId: number | null;
  companyId: number | null;
}

type Ids = { partnerId?: string | number | null | undefined; companyId?: string | number | null | undefined };

const fieldOf = { PARTNER: 'partnerId', COMPANY: 'companyId' } as const;
const tableOf = { partnerId: 'partner', companyId: 'company' } as const;

/**
 * The scope that a role needs, and no other: a tenant's account without its tenant would open nothing, and an id that
 * means nothing today could mean something after the next change of role. Omitted ids stay as they are where the role does.
 */
export async function checkScope(tx: ScopedTransaction, faults: Faults, role: Role, given: Ids, now: AccountScope): Promise<AccountScope> {
  const needed = role === 'PARTNER' || role === 'COMPANY' ? fieldOf[role] : null;
  const scope: AccountScope = { partnerId: null, companyId: null };
  for (const field of ['partnerId', 'companyId'] as const) {
    if (field !== needed) {
      if (given[field] != null) faults.add(field, 'INVALID', `Only the role ${field === 'partnerId' ? 'PARTNER' : 'COMPANY'} is confined to a ${tableOf[field]}.`);
      continue;
    }
    scope[field] = given[field] === undefined ? now[field] : await checkReference(tx, faults, field, tableOf[field], given[field]);
    const isMissing = given[field] === undefined ? now[field] === null : given[field] === null;
    if (isMissing) faults.add(field, 'REQUIRED', `The role ${role} needs a ${tableOf[field]}.`);
  }
  return scope;
}
