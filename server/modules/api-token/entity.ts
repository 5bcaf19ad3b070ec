import { instantOrNull, number, numberOrNull, text, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import { permissionsIn } from '../../auth/api-token-store.js';
import type { ApiTokenState, Permission, Role } from '../../graphql.generated.js';

/** Name in the audit log. */
export const API_TOKEN = 'ApiToken';

/** A token as people see it: everything but what opens something. */
export interface ListedApiToken {
  id: number;
  accountId: number;
  name: string;
  ending: string;
  role: Role;
  partnerId: number | null;
  companyId: number | null;
  /** Null: all that its role holds. */
  permissions: Permission[] | null;
  createdAt: string;
  expiresAt: string;
  revokedAt: string | null;
  lastUsedAt: string | null;
  lastUsedAddress: string | null;
  /** Its account is switched off or gone. */
  suspended: boolean;
}

export function decodeApiToken(row: Row): ListedApiToken {
  const permissions = permissionsIn(textOrNull(row, 'permissions_json'));
  return {
    id: number(row, 'id'),
    accountId: number(row, 'account_id'),
    name: text(row, 'name'),
    ending: text(row, 'ending'),
    role: text(row, 'role') as Role,
    partnerId: numberOrNull(row, 'partner_id'),
    companyId: numberOrNull(row, 'company_id'),
    permissions: permissions === null ? null : [...permissions],
    createdAt: instantOrNull(row['created_at']) ?? '',
    expiresAt: instantOrNull(row['expires_at']) ?? '',
    revokedAt: instantOrNull(row['revoked_at']),
    lastUsedAt: instantOrNull(row['last_used_at']),
    lastUsedAddress: textOrNull(row, 'last_used_address'),
    suspended: (numberOrNull(row, 'suspended') ?? 0) !== 0,
  };
}

/** Whether a token opens anything at this moment. */
export function stateOf({ revokedAt, expiresAt, suspended }: ListedApiToken, now: Date): ApiTokenState {
  if (revokedAt !== null) return 'REVOKED';
  if (Date.parse(expiresAt) <= now.getTime()) return 'EXPIRED';
  return suspended ? 'SUSPENDED' : 'ACTIVE';
}
