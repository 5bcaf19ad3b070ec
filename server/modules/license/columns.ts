import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { number, numberOrNull, text, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import type { ScopedTables } from '../../db/scoped.js';
import type { Selection } from '../../db/selection.js';
import { companyColumns, decodeCompany } from '../company/columns.js';
import { decodePartner, partnerColumns } from '../partner/columns.js';
import { decodeProduct, productColumns } from '../product/columns.js';
import { lastDay } from '../../reports/shapes/lifecycle.js';
import type { LicenseRow } from './entity.js';

/** Which to-one rows to read in the same statement as the rounds. */
export interface LicenseShape {
  company: boolean;
  partner: boolean;
  product: boolean;
  /** The reseller of the owning company. */
  reseller: boolean;
}

/** What a selection on rounds needs beside the rounds themselves. */
export function licenseShape(selection: Selection): LicenseShape {
  const company = selection.has('company', 'owner');
  return {
    company,
    partner: selection.has('partner', 'owner'),
    product: selection.has('product'),
    reseller: company && selection.below('company', 'owner').has('partner'),
  };
}

/** The round alone. */
export const plainLicense: LicenseShape = { company: false, partner: false, product: false, reseller: false };

// A DATE as text is read faster than as a date. FLOAT + 0e0 is a double: the text protocol would print a bare FLOAT with
// six digits and lose cents.
const ownColumns = raw(`x.id as id, x.company_id as company_id, x.partner_id as partner_id, x.product_code_id as product_id,
  cast(x.start_date as char) as start_date, cast(x.end_date as char) as end_date, x.number_of_licenses as seats,
  x.cost_per_license + 0e0 as unit_cost, x.total_cost + 0e0 as total_cost, x.currency as currency, x.status as status`);

/** Columns of rounds called `x`, and of the rows joined to them. */
export function licenseColumns(shape: LicenseShape): Sql {
  return join([
    ownColumns,
    ...(shape.company ? [companyColumns('xc', 'c_')] : []),
    ...(shape.partner ? [partnerColumns('xp', 'p_')] : []),
    ...(shape.product ? [productColumns('xd', 'd_')] : []),
    ...(shape.reseller ? [partnerColumns('xr', 'r_')] : []),
  ]);
}

/** The joins that `licenseColumns` reads from; each table only as far as the viewer may see it. */
export function licenseJoins(db: ScopedTables, shape: LicenseShape): Sql {
  return sql`
    ${shape.company ? sql`left join ${db.table('company', 'xc')} on xc.id = x.company_id` : empty}
    ${shape.partner ? sql`left join ${db.table('partner', 'xp')} on xp.id = x.partner_id` : empty}
    ${shape.product ? sql`left join ${db.table('product', 'xd')} on xd.id = x.product_code_id` : empty}
    ${shape.reseller ? sql`left join ${db.table('partner', 'xr')} on xr.id = xc.partner_id` : empty}`;
}

/** A row as a round, with the to-one rows of the shape: null where there is none or it may not be seen. */
export function decodeLicense(shape: LicenseShape): (row: Row) => LicenseRow {
  return (row) => {
    const license: LicenseRow = {
      id: number(row, 'id'),
      companyId: numberOrNull(row, 'company_id'),
      partnerId: numberOrNull(row, 'partner_id'),
      productId: number(row, 'product_id'),
      startDate: text(row, 'start_date'),
      endDate: lastDay(textOrNull(row, 'end_date')),
      seats: number(row, 'seats'),
      unitCost: number(row, 'unit_cost'),
      totalCost: number(row, 'total_cost'),
      currency: text(row, 'currency'),
      status: text(row, 'status'),
    };
    if (shape.company) license.company = row['c_id'] == null ? null : decodeCompany(row, 'c_');
    if (shape.reseller && license.company) license.company.partner = row['r_id'] == null ? null : decodePartner(row, 'r_');
    if (shape.partner) license.partner = row['p_id'] == null ? null : decodePartner(row, 'p_');
    if (shape.product) license.product = row['d_id'] == null ? null : decodeProduct(row, 'd_');
    return license;
  };
}
