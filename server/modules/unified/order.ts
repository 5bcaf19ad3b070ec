import sql, { raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import type { UnifiedLicenseOrderField } from '../../graphql.generated.js';
import type { ColumnOf } from './filter.js';

/** What to order by; never null, so that a page can begin after any key. */
export interface UnifiedOrderKey {
  /** Over `k`; null: by the id alone. */
  key: Sql | null;
  /** Texts are compared as the database compares texts, whichever table they come from. */
  isText: boolean;
}

/** The key of an ordering. Throws FORBIDDEN when it would tell an amount to a viewer who may see none. */
export function unifiedOrderKey(context: Context, field: UnifiedLicenseOrderField, col: ColumnOf): UnifiedOrderKey {
  const { dialect } = context.db;
  const text = (key: Sql): UnifiedOrderKey => ({ key, isText: true });
  const whole = (key: Sql): UnifiedOrderKey => ({ key, isText: false });
  switch (field) {
    case 'ID':
      return { key: null, isText: false };
    case 'OWNER':
      return text(ownerNameSql(context, col));
    case 'PRODUCT':
      return text(dialect.neutralText(sql`coalesce(${col('product_key')}, '')`));
    case 'PURCHASE_DATE':
      return text(sql`coalesce(${dialect.asText(col('start_date'))}, '')`);
    case 'EXPIRATION_DATE':
      return text(sql`coalesce(${dialect.asText(col('end_date'))}, '9999-12-31')`);
    case 'QUANTITY':
      return whole(col('quantity'));
    case 'ARR':
      context.demand('READ_MONEY');
      return whole(sql`coalesce(${col('arr')}, -1)`);
  }
}

/** Name of the owner of `k`, as far as the viewer may see it; the host of the site where none is known. */
export function ownerNameSql({ db }: Context, col: ColumnOf): Sql {
  const name = (column: string) => db.dialect.neutralText(raw(column));
  return sql`case when ${col('source')} = 'PORTAL' and ${col('company_id')} is not null and ${col('partner_id')} is not null then '' else coalesce(
    (select ${name('oc.company_name')} from ${db.table('company', 'oc')} where oc.id = ${col('company_id')}),
    (select ${name('op.partner_name')} from ${db.table('partner', 'op')} where op.id = ${col('partner_id')}),
    ${db.dialect.neutralText(col('site_host'))}, '') end`;
}
