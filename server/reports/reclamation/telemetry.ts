import sql, { raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { number, text } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import { ownerSeenWithin } from '../../modules/activity/owners.js';
import { licenceInForce, unifiedSource } from '../../modules/unified/relation.js';
import type { LicenseSource } from '../../graphql.generated.js';
import type { DayWindow } from '../shapes/days.js';

/** Trials are never reclaimed. */
export type PremiumSource = Extract<LicenseSource, 'PORTAL' | 'EXTERNAL'>;

/**
 * The products of each source of which nothing was heard from anyone in the viewer's scope within the window, whatever the
 * filter. A source that is silent as a whole has silent products only. Unknown products are one product, the empty text.
 */
export type SilentProducts = Readonly<Record<PremiumSource, readonly string[]>>;

export async function productsWithoutActivity(
  context: Context,
  asOf: string,
  window: DayWindow,
  sources: readonly PremiumSource[],
): Promise<SilentProducts> {
  const silent = async (source: PremiumSource, statement: Sql): Promise<string[]> => {
    if (!sources.includes(source)) return [];
    const rows = await context.db.read(statement);
    return rows.filter((row: Row) => number(row, 'heard') === 0).map((row) => text(row, 'product'));
  };
  const [PORTAL, EXTERNAL] = await Promise.all([
    silent('PORTAL', portalProducts(context, asOf, window)),
    silent('EXTERNAL', externalProducts(context, asOf, window)),
  ]);
  return { PORTAL, EXTERNAL };
}

/** The product of `k`, never null. */
export const productOf: Sql = raw(`coalesce(k.product_key, '')`);

const portalColumns = ['company_id', 'partner_id', 'product_key', 'status', 'is_enabled', 'is_superseded'] as const;

/** Rows (product, heard) of the products in force: each is searched only until the first user is found who was active. */
function portalProducts(context: Context, asOf: string, window: DayWindow): Sql {
  const rounds = unifiedSource(context, 'PORTAL', asOf, portalColumns);
  const seen = ownerSeenWithin(context, window);
  const first = (users: Sql): Sql => sql`(select 1 from ${rounds} ${users} where ${productOf} = p.product and ${licenceInForce} limit 1)`;
  return sql`select p.product as product, coalesce(${first(seen.company)}, ${first(seen.partner)}, 0) as heard
    from (select distinct ${productOf} as product from ${rounds} where ${licenceInForce}) p`;
}

/** Rows (product, heard) of the mirror, in force or not: whoever checks in shows that check-ins arrive. */
function externalProducts(context: Context, asOf: string, { startsAt, endsBefore }: DayWindow): Sql {
  return sql`select p.product as product, max(p.heard) as heard from (
      select ${productOf} as product, case when k.last_checked_in_at >= ${startsAt} and k.last_checked_in_at < ${endsBefore} then 1 else 0 end as heard
      from ${unifiedSource(context, 'EXTERNAL', asOf, ['product_key', 'last_checked_in_at'])}
    ) p group by p.product`;
}
