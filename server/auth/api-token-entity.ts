import { EntitySchema } from 'typeorm';
import type { Role } from '../graphql.generated.js';

/** What a machine comes with instead of a session. The token itself is known to whoever made it, and to nobody else. */
export interface ApiTokenRecord {
  id: number;
  /** The account that made it; its rights narrow the token's at every use. */
  accountId: number;
  name: string;
  /** SHA-256 of the whole token. */
  tokenHash: string;
  /** The token's last four characters, by which people tell tokens apart. */
  ending: string;
  role: Role;
  partnerId: number | null;
  companyId: number | null;
  /** Names of permissions as JSON; null: all that its role holds. */
  permissionsJson: string | null;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
  lastUsedAddress: string | null;
}

export const ApiTokenEntity = new EntitySchema<ApiTokenRecord>({
  name: 'ApiToken',
  tableName: 'sw_api_tokens',
  columns: {
    id: { type: 'int', primary: true, generated: 'increment' },
    accountId: { type: 'int', name: 'account_id' },
    name: { type: 'varchar', length: 100 },
    tokenHash: { type: 'varchar', length: 64, name: 'token_hash' },
    ending: { type: 'varchar', length: 4 },
    role: { type: 'varchar', length: 16 },
    partnerId: { type: 'int', name: 'partner_id', nullable: true },
    companyId: { type: 'int', name: 'company_id', nullable: true },
    permissionsJson: { type: 'text', name: 'permissions_json', nullable: true },
    createdAt: { type: 'datetime', name: 'created_at', precision: 3 },
    expiresAt: { type: 'datetime', name: 'expires_at', precision: 3 },
    revokedAt: { type: 'datetime', name: 'revoked_at', precision: 3, nullable: true },
    lastUsedAt: { type: 'datetime', name: 'last_used_at', precision: 3, nullable: true },
    lastUsedAddress: { type: 'varchar', length: 64, name: 'last_used_address', nullable: true },
  },
});
