import sql, { join } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { number, text } from '../../db/decode.js';
import { padded } from '../../db/page.js';
import { loadCompany } from '../company/loaders.js';
import { loadPartner } from '../partner/loaders.js';
import { loadProduct } from '../product/loaders.js';
import type { AuditEntryRow, RecordedState } from './entry.js';
import type { ReferredKind } from './fields.js';

const entityOf: Record<ReferredKind, string> = { company: 'Company', partner: 'Partner', product: 'Product' };

/** The name of what an id refers to: as it is now or, of something deleted, as it last was. Null when unknown. */
export async function referenceLabel(context: Context, kind: ReferredKind | null, id: string | null): Promise<string | null> {
  if (kind === null || id === null || !/^\d{1,10}$/.test(id)) return null;
  return (await presentName(context, kind, Number(id))) ?? nameWhenDeleted(context, entityOf[kind], Number(id));
}

async function presentName(context: Context, kind: ReferredKind, id: number): Promise<string | null> {
  if (kind === 'product') return (await loadProduct(context, id))?.label ?? null;
  return (await (kind === 'company' ? loadCompany : loadPartner)(context, id))?.name ?? null;
}

function nameWhenDeleted(context: Context, entity: string, id: number): Promise<string | null> {
  return context.loaders.load(`names of deleted ${entity}`, id, (ids) => namesWhenDeleted(context, entity, ids));
}

async function namesWhenDeleted({ db }: Context, entity: string, ids: readonly number[]): Promise<(string | null)[]> {
  const rows = await db.read(sql`
    select a.entity_id as entity_id, a.before_json as before_json from ${db.table('audit', 'a')}
    where a.entity = ${entity} and a.entity_id in (${join(padded(ids).map(String))}) and a.action = 'delete' and a.before_json is not null order by a.id`);
  // The latest deletion overwrites earlier ones.
  const names = new Map(rows.map((row) => [text(row, 'entity_id'), nameIn(JSON.parse(text(row, 'before_json')) as RecordedState)]));
  return ids.map((id) => names.get(String(id)) ?? null);
}

/** What an entry is about, in words: names as recorded, those of a round's owner and product as they are now. */
export async function entryLabel(context: Context, { entity, before, after }: AuditEntryRow): Promise<string | null> {
  const state = after ?? before ?? {};
  if (entity !== 'License') return nameIn(state);
  const id = (column: string) => (typeof state[column] === 'number' ? String(state[column]) : null);
  const parts = await Promise.all([
    referenceLabel(context, 'company', id('companyId')), referenceLabel(context, 'partner', id('partnerId')), referenceLabel(context, 'product', id('productId')),
  ]);
  return parts.filter((part) => part !== null).join(' · ') || null;
}

/** Columns that name things for people, the best first. */
const naming = ['name', 'label', 'displayName', 'email', 'fileName', 'productSlug'];

function nameIn(state: RecordedState): string | null {
  const found = naming.map((column) => state[column]).find((value) => typeof value === 'string' && value !== '');
  return (found as string | undefined) ?? null;
}

/** The name of an account as it is now; null when it is gone. */
export function accountName(context: Context, id: number | null): Promise<string | null> | null {
  return id === null ? null : context.loaders.load('account names', id, (ids) => accountNames(context, ids));
}

async function accountNames({ db }: Context, ids: readonly number[]): Promise<(string | null)[]> {
  const rows = await db.read(sql`select x.id as id, x.display_name as name from ${db.table('account', 'x')} where x.id in (${join(padded(ids))})`);
  const names = new Map(rows.map((row) => [number(row, 'id'), text(row, 'name')]));
  return ids.map((id) => names.get(id) ?? null);
}
