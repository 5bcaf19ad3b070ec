import { raw } from 'sql-template-tag';
import { number, numberOrNull, text, textOrNull } from '../../../db/decode.js';
import type { ImportSubject } from '../../../graphql.generated.js';
import { lastDay } from '../../../reports/shapes/lifecycle.js';
import { COMPANY } from '../../company/entity.js';
import { licenseColumns } from '../../license/columns.js';
import { LICENSE } from '../../license/entity.js';
import { PARTNER } from '../../partner/entity.js';
import type { ImportTable, Value } from './table.js';

/** Position of a round's last day among its values. */
const END_DATE = 4;

const licenses: ImportTable = {
  table: 'license',
  entity: LICENSE,
  label: 'licence',
  labels: 'licences',
  columns: [
    ['company_id', 'whole'], ['partner_id', 'whole'], ['product_code_id', 'whole'], ['start_date', 'text'], ['end_date', 'text'],
    ['number_of_licenses', 'whole'], ['cost_per_license', 'double'], ['total_cost', 'double'], ['currency', 'text'], ['status', 'text'],
  ],
  properties: ['companyId', 'partnerId', 'productId', 'startDate', 'endDate', 'seats', 'unitCost', 'totalCost', 'currency', 'status'],
  select: licenseColumns,
  // The end stays as it is stored, so that taking back a change brings back 9999-12-31 where it stood.
  values: (row) => [
    numberOrNull(row, 'company_id'), numberOrNull(row, 'partner_id'), number(row, 'product_id'), text(row, 'start_date'), textOrNull(row, 'end_date'),
    number(row, 'seats'), number(row, 'unit_cost'), number(row, 'total_cost'), text(row, 'currency'), text(row, 'status'),
  ],
  shown: (values) => values.map((value, index) => (index === END_DATE ? lastDay(value as string | null) : value)),
  keyOf: ([companyId, partnerId, productId, startDate]) => licenseKey(companyId, partnerId, productId, startDate),
  referredBy: [],
};

/** What makes two rounds without ids the same: owner, product and first day. */
export function licenseKey(...parts: (Value | undefined)[]): string {
  return parts.map((part) => part ?? '').join('|');
}

const companies: ImportTable = {
  table: 'company',
  entity: COMPANY,
  label: 'company',
  labels: 'companies',
  columns: [['company_name', 'text'], ['active', 'whole'], ['partner_id', 'whole']],
  properties: ['name', 'active', 'partnerId'],
  select: raw('x.id as id, x.company_name as name, x.active as active, x.partner_id as partner_id'),
  values: (row) => [text(row, 'name'), number(row, 'active'), numberOrNull(row, 'partner_id')],
  shown: (values) => [...values],
  keyOf: ([name]) => String(name),
  referredBy: [['license', 'company_id', 'licences'], ['user', 'company_id', 'users']],
};

const partners: ImportTable = {
  table: 'partner',
  entity: PARTNER,
  label: 'partner',
  labels: 'partners',
  columns: [['partner_name', 'text']],
  properties: ['name'],
  select: raw('x.id as id, x.partner_name as name'),
  values: (row) => [text(row, 'name')],
  shown: (values) => [...values],
  keyOf: ([name]) => String(name),
  referredBy: [['company', 'partner_id', 'companies'], ['license', 'partner_id', 'licences'], ['user', 'partner_id', 'users']],
};

/** The table that a file of each kind fills. */
export const importTables: Readonly<Record<ImportSubject, ImportTable>> = { LICENSES: licenses, COMPANIES: companies, PARTNERS: partners };
