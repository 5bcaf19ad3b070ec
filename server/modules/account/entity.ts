import { raw, type Sql } from 'sql-template-tag';
import { closedAccounts } from '../../auth/demo-accounts.js';
import type { Context } from '../../context.js';
import { instantOrNull, number, numberOrNull, text } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import type { Role } from '../../graphql.generated.js';

/** Names in the audit log. */
export const ACCOUNT = 'Account';
export const SESSION = 'Session';

/** An account as administrators see it: everything but its password. */
export interface ListedAccount {
  id: number;
  email: string;
  displayName: string;
  role: Role;
  partnerId: number | null;
  companyId: number | null;
  disabled: boolean;
  createdAt: string;
  lastSignInAt: string | null;
  /** When its password was last set; null: not since it was created. */
  credentialsChangedAt: string | null;
}

/** Columns of accounts called `x`; never the hash of the password. */
export const accountColumns: Sql = raw(`x.id as id, x.email as email, x.display_name as display_name, x.role as role, x.partner_id as partner_id,
  x.company_id as company_id, x.disabled as disabled, x.created_at as created_at, x.last_sign_in_at as last_sign_in_at,
  x.credentials_changed_at as credentials_changed_at`);

/** Accounts of the demo open nothing outside it, so there they are switched off, whatever their column says. */
export function decodeAccount({ config }: Pick<Context, 'config'>, row: Row): ListedAccount {
  const email = text(row, 'email');
  return {
    id: number(row, 'id'),
    email,
    displayName: text(row, 'display_name'),
    role: text(row, 'role') as Role,
    partnerId: numberOrNull(row, 'partner_id'),
    companyId: numberOrNull(row, 'company_id'),
    disabled: number(row, 'disabled') !== 0 || closedAccounts(config).includes(email),
    createdAt: instantOrNull(row['created_at']) ?? '',
    lastSignInAt: instantOrNull(row['last_sign_in_at']),
    credentialsChangedAt: instantOrNull(row['credentials_changed_at']),
  };
}

/** What the audit log says of an account. */
export function recordedAccount({ id, email, displayName, role, partnerId, companyId, disabled, credentialsChangedAt }: ListedAccount): Record<string, unknown> {
  return { id, email, displayName, role, partnerId, companyId, disabled, credentialsChangedAt };
}
