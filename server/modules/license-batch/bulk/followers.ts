import sql, { join } from 'sql-template-tag';
import { number, numberOrNull, text } from '../../../db/decode.js';
import type { ScopedTables } from '../../../db/scoped.js';
import { addDays } from '../../../reports/shapes/days.js';
import type { LicenseRow } from '../../license/entity.js';

/** The owner, the product and the day after the end: what a following round has. */
interface Place {
  companyId: number | null;
  partnerId: number | null;
  productId: number;
  startDate: string;
}

/** The rounds that follow others already: same owner and product, beginning the day after the last day. By the id of the one that is followed. */
export async function findFollowers(db: ScopedTables, rows: readonly LicenseRow[]): Promise<Map<number, number>> {
  const places = rows.flatMap((row) => (row.endDate === null ? [] : [{ ...row, startDate: addDays(row.endDate, 1) }]));
  if (places.length === 0) return new Map();
  const days = [...new Set(places.map(({ startDate }) => startDate))];
  const products = [...new Set(places.map(({ productId }) => productId))];
  const found = await db.read(sql`
    select f.id as id, f.company_id as company_id, f.partner_id as partner_id, f.product_code_id as product_id, cast(f.start_date as char) as start_date
    from ${db.table('license', 'f')} where f.start_date in (${join(days)}) and f.product_code_id in (${join(products)})`);
  const byPlace = new Map(found.map((row) => [placeKey({
    companyId: numberOrNull(row, 'company_id'), partnerId: numberOrNull(row, 'partner_id'), productId: number(row, 'product_id'), startDate: text(row, 'start_date'),
  }), number(row, 'id')]));
  return new Map(places.flatMap((place) => {
    const follower = byPlace.get(placeKey(place));
    return follower === undefined ? [] : [[place.id, follower]];
  }));
}

function placeKey({ companyId, partnerId, productId, startDate }: Place): string {
  return [companyId, partnerId, productId, startDate].join(' ');
}
