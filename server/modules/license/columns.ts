import sql, { empty, join, type Sql } from 'sql-template-tag';
import { askedColumns, column, decodeAsked, decodeEvery, everyColumn, selected, type Columns, type ReadByField } from '../../db/columns.js';
import { number, numberOrNull, text, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import type { ScopedTables } from '../../db/scoped.js';
import type { Selection } from '../../db/selection.js';
import type { License } from '../../graphql.generated.js';
import { companyColumns, companyColumnsAsked, type CompanyColumn } from '../company/columns.js';
import type { CompanyRow } from '../company/entity.js';
import { decodePartner, partnerColumns } from '../partner/columns.js';
import { decodeProduct, productColumns } from '../product/columns.js';
import { lastDay, type Term } from '../../reports/shapes/lifecycle.js';
import type { LicenseRecord, LicenseRow } from './entity.js';

// A DATE as text is read faster than as a date. FLOAT + 0e0 is a double: the text protocol would print a bare FLOAT with
// six digits and lose cents.
const columns: Columns<LicenseRecord> = {
  id: column('id', number),
  companyId: column('company_id', numberOrNull),
  partnerId: column('partner_id', numberOrNull),
  productId: column('product_id', number, 'product_code_id'),
  startDate: { name: 'start_date', of: (alias) => `cast(${alias}.start_date as char)`, decode: text },
  endDate: { name: 'end_date', of: (alias) => `cast(${alias}.end_date as char)`, decode: (row, name) => lastDay(textOrNull(row, name)) },
  seats: column('seats', number, 'number_of_licenses'),
  unitCost: { name: 'unit_cost', of: (alias) => `${alias}.cost_per_license + 0e0`, decode: number },
  totalCost: { name: 'total_cost', of: (alias) => `${alias}.total_cost + 0e0`, decode: number },
  currency: column('currency', text),
  status: column('status', text),
};

/** What the derived status of a round depends on. */
const term: readonly (keyof Term)[] = ['companyId', 'partnerId', 'startDate', 'endDate', 'seats', 'currency'];

const readBy: ReadByField<License, LicenseRecord> = {
  id: [],
  etag: everyColumn(columns),
  owner: ['companyId', 'partnerId'],
  // Joined to the round.
  company: [],
  partner: [],
  product: [],
  startDate: ['startDate'],
  endDate: ['endDate'],
  seats: ['seats'],
  unitCost: ['unitCost', 'currency'],
  annualValue: ['unitCost', 'seats', 'currency'],
  totalCost: ['totalCost', 'currency'],
  totalCostDisagrees: ['totalCost', 'unitCost', 'seats'],
  currency: ['currency'],
  status: ['status'],
  lifecycleStatus: term,
  inForce: term,
  daysRemaining: ['endDate'],
  graceEndDate: ['endDate'],
  utilization: ['companyId', 'partnerId'],
  history: [],
};

/** What to read of rounds and, in the same statement, of the rows that they name. */
export interface LicenseShape {
  columns: readonly (keyof LicenseRecord)[];
  /** Null: no company is joined. */
  company: readonly CompanyColumn[] | null;
  partner: boolean;
  product: boolean;
  /** The reseller of the owning company. */
  reseller: boolean;
}

/** What a selection on rounds needs. */
export function licenseShape(selection: Selection): LicenseShape {
  const company = selection.has('company', 'owner') ? selection.below('company', 'owner') : null;
  return {
    columns: askedColumns(columns, 'id', readBy, selection),
    company: company === null ? null : companyColumnsAsked(company),
    partner: selection.has('partner', 'owner'),
    product: selection.has('product'),
    reseller: company?.has('partner') ?? false,
  };
}

/** Rounds with the names around them, as lists for people have them. */
export const namedLicense: LicenseShape = { columns: everyColumn(columns), company: ['id', 'name'], partner: true, product: true, reseller: false };

/** All columns of rounds called `x`. */
export const licenseColumns: Sql = selected(columns, everyColumn(columns), 'x');

/** A row of `licenseColumns` as a round. */
export const decodeLicense: (row: Row) => LicenseRecord = decodeEvery(columns);

/** The shape's columns of rounds called `x`, and of the rows joined to them. */
export function shapeColumns(shape: LicenseShape): Sql {
  return join([
    selected(columns, shape.columns, 'x'),
    ...(shape.company ? [selected(companyColumns, shape.company, 'xc', 'c_')] : []),
    ...(shape.partner ? [partnerColumns('xp', 'p_')] : []),
    ...(shape.product ? [productColumns('xd', 'd_')] : []),
    ...(shape.reseller ? [partnerColumns('xr', 'r_')] : []),
  ]);
}

/** The joins that `shapeColumns` reads from; each table only as far as the viewer may see it. */
export function shapeJoins(db: ScopedTables, shape: LicenseShape): Sql {
  return sql`
    ${shape.company ? sql`left join ${db.table('company', 'xc')} on xc.id = x.company_id` : empty}
    ${shape.partner ? sql`left join ${db.table('partner', 'xp')} on xp.id = x.partner_id` : empty}
    ${shape.product ? sql`left join ${db.table('product', 'xd')} on xd.id = x.product_code_id` : empty}
    ${shape.reseller ? sql`left join ${db.table('partner', 'xr')} on xr.id = xc.partner_id` : empty}`;
}

const roundOf: (row: Row) => LicenseRow = decodeAsked(columns);
const companyOf: (row: Row) => CompanyRow = decodeAsked(companyColumns, 'c_');

/** A row of `shapeColumns` as a round, with the rows joined to it: null where there is none or it may not be seen. */
export function decodeShape(shape: LicenseShape): (row: Row) => LicenseRow {
  return (row) => {
    const license = roundOf(row);
    if (shape.company) license.company = row['c_id'] == null ? null : companyOf(row);
    if (shape.reseller && license.company) license.company.partner = row['r_id'] == null ? null : decodePartner(row, 'r_');
    if (shape.partner) license.partner = row['p_id'] == null ? null : decodePartner(row, 'p_');
    if (shape.product) license.product = row['d_id'] == null ? null : decodeProduct(row, 'd_');
    return license;
  };
}
