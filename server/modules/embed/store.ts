import sql, { empty, raw, type Sql } from 'sql-template-tag';
import { seesEverything } from '../../auth/row-scope.js';
import { storedInstant } from '../../auth/session-store.js';
import type { SignedInViewer } from '../../auth/viewer.js';
import type { Context } from '../../context.js';
import { instantOrNull, number, text, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import { all } from '../../db/filter.js';
import { readPage, type Page } from '../../db/page.js';
import type { ScopedTables } from '../../db/scoped.js';
import type { EmbedGrant } from '../../embed/grant.js';

/** An embed token as it is listed. */
export interface EmbedTokenRow {
  id: number;
  accountId: number;
  name: string;
  grant: EmbedGrant;
  createdAt: string;
  /** Null: the account is none that the viewer may see. */
  createdBy: string | null;
  expiresAt: string;
  revokedAt: string | null;
  lastShownAt: string | null;
}

export type EmbedTokenPage = Page<EmbedTokenRow>;

interface ListArgs {
  first?: number | null;
  after?: string | null;
  open?: boolean | null;
}

/** Columns of tokens called `x`; neither the digest of the text nor the seal. */
const columns: Sql = raw(`x.id as id, x.account_id as account_id, x.name as name, x.grant_json as grant_json, x.created_at as created_at,
  x.expires_at as expires_at, x.revoked_at as revoked_at, x.last_shown_at as last_shown_at`);

/** One page of the embed tokens that the viewer may see, the newest first. */
export function embedTokenPage(context: Context, { first, after, open }: ListArgs): Promise<EmbedTokenPage> {
  const { db } = context;
  return readPage({
    db,
    source: db.sharedTable('sw_embed_tokens', 'e'),
    alias: 'e',
    where: [...visible(context.signedIn(), db, 'e'), ...(open == null ? [] : [sql`${isOpen(context)} = ${Number(open)}`])],
    order: { name: 'embedToken.ID', key: raw('e.id'), direction: 'DESC' },
    first,
    after,
    columns: sql`${columns}, a.display_name as created_by`,
    joins: sql`left join ${db.table('account', 'a')} on a.id = x.account_id`,
    decode: decodeEmbedToken,
  });
}

/** One embed token that the viewer may see, locked until the transaction ends where asked to; null when there is none. */
export async function embedTokenById(context: Context, db: ScopedTables, id: number, lock = false): Promise<EmbedTokenRow | null> {
  const [row] = await db.read(sql`
    select ${columns} from ${db.sharedTable('sw_embed_tokens', 'x')} where ${all([sql`x.id = ${id}`, ...visible(context.signedIn(), db, 'x')])} ${lock ? db.dialect.lockRows : empty}`);
  return row === undefined ? null : decodeEmbedToken(row);
}

/**
 * Conditions on tokens of an alias. Everybody sees those of the own account, and whoever is confined those of them alone that reach no
 * further: an administrator's API token for one partner must not hear of what the same administrator made for another. Whoever
 * manages accounts sees all.
 */
function visible({ permissions, accountId, scope }: SignedInViewer, db: ScopedTables, alias: string): Sql[] {
  if (permissions.has('MANAGE_ACCOUNTS')) return [];
  const own = sql`${raw(alias)}.account_id = ${accountId}`;
  if (seesEverything(scope)) return [own];
  const of = (field: 'partnerId' | 'companyId') => db.dialect.jsonField(raw(`${alias}.grant_json`), field, 'whole');
  return [own, sql`(${of('companyId')} in (select c.id from ${db.table('company', 'c')})
    or (${of('companyId')} is null and ${of('partnerId')} in (select p.id from ${db.table('partner', 'p')})))`];
}

/** 1 for a token that has neither ended nor been revoked, else 0. */
function isOpen({ now }: Context): Sql {
  return sql`(case when e.revoked_at is null and e.expires_at > ${storedInstant(now)} then 1 else 0 end)`;
}

function decodeEmbedToken(row: Row): EmbedTokenRow {
  return {
    id: number(row, 'id'),
    accountId: number(row, 'account_id'),
    name: text(row, 'name'),
    grant: JSON.parse(text(row, 'grant_json')) as EmbedGrant,
    createdAt: instantOrNull(row['created_at']) ?? '',
    createdBy: textOrNull(row, 'created_by'),
    expiresAt: instantOrNull(row['expires_at']) ?? '',
    revokedAt: instantOrNull(row['revoked_at']),
    lastShownAt: instantOrNull(row['last_shown_at']),
  };
}

/** True for a token that has neither ended nor been revoked. */
export function isOpenToken({ revokedAt, expiresAt }: EmbedTokenRow, now: Date): boolean {
  return revokedAt === null && Date.parse(expiresAt) > now.getTime();
}

/** What the audit log says of a token. */
export function recordedEmbedToken({ name, grant, expiresAt, revokedAt }: EmbedTokenRow): Record<string, unknown> {
  const { dashboards, locked, partnerId, companyId, origins } = grant;
  return { name, dashboards, lockedFilters: locked, partnerId, companyId, allowedOrigins: origins, expiresAt, revokedAt };
}
