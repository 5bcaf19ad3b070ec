import type { Company } from '../../graphql.generated.js';
import { askedColumns, column, decodeEvery, everyColumn, type Columns, type ReadByField } from '../../db/columns.js';
import { number, numberOrNull, text } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import type { Selection } from '../../db/selection.js';
import type { CompanyRecord } from './entity.js';

export type CompanyColumn = keyof CompanyRecord;

export const companyColumns: Columns<CompanyRecord> = {
  id: column('id', number),
  name: column('name', text, 'company_name'),
  active: column('active', number),
  partnerId: column('partner_id', numberOrNull),
};

/** A row of all columns as a company. */
export const decodeCompany: (row: Row) => CompanyRecord = decodeEvery(companyColumns);

const readBy: ReadByField<Company, CompanyRecord> = {
  id: [],
  etag: everyColumn(companyColumns),
  name: ['name'],
  active: ['active'],
  // Joined to the company.
  partner: [],
  licenses: [],
  users: [],
  utilization: [],
  activeUserStats: [],
  activityOverTime: [],
  history: [],
};

/** The columns that a selection on companies asks for. */
export function companyColumnsAsked(selection: Selection): CompanyColumn[] {
  return askedColumns(companyColumns, 'id', readBy, selection);
}
