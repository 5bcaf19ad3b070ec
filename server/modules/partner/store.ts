import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { combine, idConditions, searchCondition, textConditions } from '../../db/filter.js';
import { padded, readPage, type Page } from '../../db/page.js';
import type { ScopedTables } from '../../db/scoped.js';
import type { PartnerFilter, PartnerOrder } from '../../graphql.generated.js';
import { decodePartner, partnerColumns } from './columns.js';
import type { PartnerRow } from './entity.js';

/** Arguments of every list of partners. */
export interface PartnerListArgs {
  first?: number | null;
  /** Largest page allowed, where it is not a client that asks. */
  maximum?: number;
  after?: string | null;
  filter?: PartnerFilter | null;
  orderBy?: PartnerOrder | null;
}

/** One page of the partners in scope. */
export function partnerPage({ db }: Context, args: PartnerListArgs): Promise<Page<PartnerRow>> {
  const field = args.orderBy?.field ?? 'ID';
  return readPage({
    db,
    source: db.table('partner', 'p'),
    alias: 'p',
    where: args.filter == null ? [] : [partnerCondition(db, args.filter)],
    order: {
      name: `partner.${field}`,
      key: field === 'ID' ? raw('p.id') : db.dialect.foldCase(raw('p.partner_name')),
      direction: args.orderBy?.direction ?? 'ASC',
    },
    first: args.first,
    maximum: args.maximum,
    after: args.after,
    columns: partnerColumns('x'),
    decode: (row) => decodePartner(row),
  });
}

/** Partners by id, null where there is none in scope. */
export async function partnersByIds(db: ScopedTables, ids: readonly number[], lock = false): Promise<(PartnerRow | null)[]> {
  const rows = await db.read(sql`
    select ${partnerColumns('x')} from ${db.table('partner', 'x')}
    where x.id in (${join(padded(ids))}) ${lock ? db.dialect.lockRows : empty}`);
  const byId = new Map(rows.map((row) => decodePartner(row)).map((partner) => [partner.id, partner]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** A filter on partners as a condition on alias `p`. */
function partnerCondition(db: ScopedTables, filter: PartnerFilter): Sql {
  return combine(filter, 'filter', (level, at) => [
    ...(level.id ? idConditions(raw('p.id'), level.id, `${at}.id`) : []),
    ...(level.name ? textConditions(db.dialect, raw('p.partner_name'), level.name, `${at}.name`) : []),
    ...(level.search?.trim() ? [searchCondition(raw('p.id'), [raw('p.partner_name')], level.search)] : []),
  ]);
}
