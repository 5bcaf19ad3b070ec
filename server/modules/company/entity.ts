import { EntitySchema } from 'typeorm';
import type { PartnerRow } from '../partner/entity.js';

/** A company as the customer's table stores it. */
export interface CompanyRecord {
  id: number;
  name: string;
  active: number;
  partnerId: number | null;
}

/** A company as read for an answer. The partner is present when the query read it in the same statement. */
export interface CompanyRow extends CompanyRecord {
  partner?: PartnerRow | null;
}

/** Name of the entity inside TypeORM. */
export const COMPANY = 'Company';

export function companyEntity(tableName: string): EntitySchema<CompanyRecord> {
  return new EntitySchema<CompanyRecord>({
    name: COMPANY,
    tableName,
    columns: {
      id: { type: 'int', primary: true, generated: 'increment' },
      name: { type: 'varchar', length: 255, name: 'company_name' },
      active: { type: 'tinyint' },
      partnerId: { type: 'int', name: 'partner_id', nullable: true },
    },
  });
}
