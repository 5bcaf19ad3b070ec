import { EntitySchema } from 'typeorm';
import type { Role } from '../graphql.generated.js';

/** Someone who can sign in. `email` is stored in lower case. */
export interface AccountRecord {
  id: number;
  email: string;
  displayName: string;
  passwordHash: string;
  role: Role;
  partnerId: number | null;
  companyId: number | null;
  disabled: number;
  createdAt: Date;
  lastSignInAt: Date | null;
  /** When its password was last set by a person; null: not since it was created. */
  credentialsChangedAt: Date | null;
}

/** One sign-in, until it is revoked or expires. */
export interface SessionRecord {
  id: string;
  accountId: number;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  revokedBecause: string | null;
  /** Network address it began from, and what the browser or program called itself. */
  address: string | null;
  userAgent: string | null;
  /** When its refresh token was last exchanged; null: not yet. */
  lastUsedAt: Date | null;
}

/** One refresh token of a session; it serves once. */
export interface RefreshTokenRecord {
  tokenHash: string;
  sessionId: string;
  createdAt: Date;
  usedAt: Date | null;
}

export const AccountEntity = new EntitySchema<AccountRecord>({
  name: 'Account',
  tableName: 'sw_accounts',
  columns: {
    id: { type: 'int', primary: true, generated: 'increment' },
    email: { type: 'varchar', length: 254 },
    displayName: { type: 'varchar', length: 255, name: 'display_name' },
    passwordHash: { type: 'varchar', length: 255, name: 'password_hash' },
    role: { type: 'varchar', length: 16 },
    partnerId: { type: 'int', name: 'partner_id', nullable: true },
    companyId: { type: 'int', name: 'company_id', nullable: true },
    disabled: { type: 'tinyint' },
    createdAt: { type: 'datetime', name: 'created_at', precision: 3 },
    lastSignInAt: { type: 'datetime', name: 'last_sign_in_at', precision: 3, nullable: true },
    credentialsChangedAt: { type: 'datetime', name: 'credentials_changed_at', precision: 3, nullable: true },
  },
});

export const SessionEntity = new EntitySchema<SessionRecord>({
  name: 'Session',
  tableName: 'sw_sessions',
  columns: {
    id: { type: 'varchar', length: 36, primary: true },
    accountId: { type: 'int', name: 'account_id' },
    createdAt: { type: 'datetime', name: 'created_at', precision: 3 },
    expiresAt: { type: 'datetime', name: 'expires_at', precision: 3 },
    revokedAt: { type: 'datetime', name: 'revoked_at', precision: 3, nullable: true },
    revokedBecause: { type: 'varchar', length: 32, name: 'revoked_because', nullable: true },
    address: { type: 'varchar', length: 64, nullable: true },
    userAgent: { type: 'varchar', length: 255, name: 'user_agent', nullable: true },
    lastUsedAt: { type: 'datetime', name: 'last_used_at', precision: 3, nullable: true },
  },
});

export const RefreshTokenEntity = new EntitySchema<RefreshTokenRecord>({
  name: 'RefreshToken',
  tableName: 'sw_refresh_tokens',
  columns: {
    tokenHash: { type: 'varchar', length: 64, primary: true, name: 'token_hash' },
    sessionId: { type: 'varchar', length: 36, name: 'session_id' },
    createdAt: { type: 'datetime', name: 'created_at', precision: 3 },
    usedAt: { type: 'datetime', name: 'used_at', precision: 3, nullable: true },
  },
});
