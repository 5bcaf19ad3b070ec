import { EntitySchema } from 'typeorm';

/** Name of the entity inside TypeORM and in the audit log. */
export const EMBED_TOKEN = 'EmbedToken';

/** An embed token as stored: only a digest of its text. */
export interface EmbedTokenRecord {
  id: number;
  tokenHash: string;
  name: string;
  accountId: number;
  /** An EmbedGrant as JSON. */
  grantJson: string;
  /** See `sealOf`; empty once it was revoked, so that no later write can bring it back. */
  seal: string;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  lastShownAt: Date | null;
}

export const EmbedTokenEntity = new EntitySchema<EmbedTokenRecord>({
  name: EMBED_TOKEN,
  tableName: 'sw_embed_tokens',
  columns: {
    id: { type: 'int', primary: true, generated: 'increment' },
    tokenHash: { type: 'varchar', length: 64, name: 'token_hash' },
    name: { type: 'varchar', length: 100 },
    accountId: { type: 'int', name: 'account_id' },
    grantJson: { type: 'text', name: 'grant_json' },
    seal: { type: 'varchar', length: 64 },
    createdAt: { type: 'datetime', name: 'created_at', precision: 3 },
    expiresAt: { type: 'datetime', name: 'expires_at', precision: 3 },
    revokedAt: { type: 'datetime', name: 'revoked_at', precision: 3, nullable: true },
    lastShownAt: { type: 'datetime', name: 'last_shown_at', precision: 3, nullable: true },
  },
});
