import sql, { join, raw, type Sql } from 'sql-template-tag';
import { IsNull, LessThan } from 'typeorm';
import type { Database } from '../db/database.js';
import { instantOrNull, number, text, textOrNull } from '../db/decode.js';
import { padded } from '../db/page.js';
import type { Row } from '../db/dialect/dialect.js';
import type { Permission } from '../graphql.generated.js';
import { ApiTokenEntity } from './api-token-entity.js';
import type { TokenGrant } from './narrowing.js';
import { accountColumns, storedInstant } from './session-store.js';
import type { AccountRow } from './viewer.js';

/** A token that opens something, with the account that made it. */
export interface PresentedApiToken {
  id: number;
  name: string;
  grant: TokenGrant;
  maker: AccountRow;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** Milliseconds since the epoch; null: never. */
  lastUsedAt: number | null;
}

/** The tokens with these hashes; null where there is none, it was revoked, it has expired, or its account is gone. */
export async function presentedApiTokens(database: Database, hashes: readonly string[], now: Date): Promise<(PresentedApiToken | null)[]> {
  const rows = await database.read<AccountRow & Row>(sql`
    select ${accountColumns}, t.id as token_id, t.name as token_name, t.role as token_role, t.partner_id as token_partner_id,
      t.company_id as token_company_id, t.permissions_json as permissions_json, t.expires_at as expires_at, t.last_used_at as last_used_at,
      t.token_hash as token_hash
    from sw_api_tokens t join sw_accounts a on a.id = t.account_id
    where t.token_hash in (${join(padded(hashes))}) and ${isOpenToken(now)}`);
  const tokens = new Map(rows.map((row) => [text(row, 'token_hash'), presented(row)]));
  return hashes.map((hash) => tokens.get(hash) ?? null);
}

function presented(row: AccountRow & Row): PresentedApiToken {
  const { accountId, email, displayName, role, partnerId, companyId, disabled } = row;
  const lastUsed = instantOrNull(row['last_used_at']);
  return {
    id: number(row, 'token_id'),
    name: text(row, 'token_name'),
    grant: {
      role: text(row, 'token_role'), partnerId: row['token_partner_id'] as number | null, companyId: row['token_company_id'] as number | null,
      permissions: permissionsIn(textOrNull(row, 'permissions_json')),
    },
    maker: { accountId, email, displayName, role, partnerId, companyId, disabled },
    expiresAt: Date.parse(instantOrNull(row['expires_at']) ?? ''),
    lastUsedAt: lastUsed === null ? null : Date.parse(lastUsed),
  };
}

/** True while the token with this id opens something. */
export async function isApiTokenOpen(database: Database, id: number, now: Date): Promise<boolean> {
  return (await database.read(sql`select t.id as id from sw_api_tokens t where t.id = ${id} and ${isOpenToken(now)}`)).length > 0;
}

/** The token of alias `t` was neither revoked nor has it expired. */
export function isOpenToken(now: Date): Sql {
  return sql`(t.revoked_at is null and t.expires_at > ${storedInstant(now)})`;
}

/** The chosen permissions; null: all that the role holds. What cannot be read holds nothing. */
export function permissionsIn(json: string | null): ReadonlySet<Permission> | null {
  if (json === null) return null;
  try {
    const names: unknown = JSON.parse(json);
    return new Set(Array.isArray(names) ? (names as Permission[]) : []);
  } catch {
    return new Set();
  }
}

/** Notes a use, unless one was noted since `before`: of several instances one writes. */
export async function noteUse(database: Database, id: number, use: { at: Date; before: Date; address: string }): Promise<void> {
  const values = { lastUsedAt: use.at, lastUsedAddress: use.address };
  await database.transaction(async ({ manager }) => {
    const first = await manager.update(ApiTokenEntity, { id, lastUsedAt: IsNull() }, values);
    if (first.affected !== 1) await manager.update(ApiTokenEntity, { id, lastUsedAt: LessThan(use.before) }, values);
  });
}

/** Columns of tokens called `x`; never the hash. */
export const apiTokenColumns: Sql = raw(`x.id as id, x.account_id as account_id, x.name as name, x.ending as ending, x.role as role, x.partner_id as partner_id,
  x.company_id as company_id, x.permissions_json as permissions_json, x.created_at as created_at, x.expires_at as expires_at, x.revoked_at as revoked_at,
  x.last_used_at as last_used_at, x.last_used_address as last_used_address`);

/** A machine that makes a token at each start leaves thousands. */
const MOST_OF_AN_ACCOUNT = 200;

/** The tokens of an account, the latest first. They belong to people, not to tenants, so no row scope applies: callers name the account. */
export function apiTokenRows(database: Database, accountId: number): Promise<Row[]> {
  return database.read(sql`
    select ${apiTokenColumns} from sw_api_tokens x where x.account_id = ${accountId} order by x.id desc limit ${raw(String(MOST_OF_AN_ACCOUNT))}`);
}
