import sql, { raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { LICENSE } from './entity.js';

/**
 * The rounds as `l` with their own column names, as they were known before an instant (UTC, `YYYY-MM-DD HH:MM:SS`): the rows
 * as they are, those that Seatwise changed later as their first later change found them, and none that it made later.
 * Changes made by others leave no trace.
 */
export async function licensesAsKnown({ db, now }: Context, before: string): Promise<Sql> {
  if (before > now.toISOString().replace('T', ' ')) return db.table('license', 'l');
  const later = (alias: 'a' | 'b') => sql`${db.table('audit', alias)} where ${raw(alias)}.entity = ${LICENSE} and ${raw(alias)}.at >= ${before}`;
  const found = await db.read(sql`select 1 as found from ${later('a')} limit 1`);
  if (found.length === 0) return db.table('license', 'l');
  const { dialect } = db;
  const was = (field: string, kind: 'text' | 'whole' | 'double' | 'day') => dialect.jsonField(sql`a.before_json`, field, kind);
  return sql`(
    select r.id as id, r.company_id as company_id, r.partner_id as partner_id, r.product_code_id as product_code_id, r.start_date as start_date,
      r.end_date as end_date, r.number_of_licenses as number_of_licenses, r.cost_per_license + 0e0 as cost_per_license, ${dialect.neutralText(sql`r.currency`)} as currency
    from ${db.table('license', 'r')}
    where r.id not in (select ${dialect.integerOf(sql`a.entity_id`)} from ${later('a')})
    union all
    select ${dialect.integerOf(sql`a.entity_id`)}, ${was('companyId', 'whole')}, ${was('partnerId', 'whole')}, ${was('productId', 'whole')}, ${was('startDate', 'day')},
      ${was('endDate', 'day')}, ${was('seats', 'whole')}, ${was('unitCost', 'double')}, ${dialect.neutralText(was('currency', 'text'))}
    from ${later('a')} and a.before_json is not null and a.id in (select min(b.id) from ${later('b')} group by b.entity_id)) l`;
}
