import { EntitySchema } from 'typeorm';
import type { CompanyRow } from '../company/entity.js';
import type { PartnerRow } from '../partner/entity.js';
import type { ProductRow } from '../product/entity.js';

/** A round as the customer's table stores it. */
export interface LicenseRecord {
  id: number;
  companyId: number | null;
  partnerId: number | null;
  productId: number;
  startDate: string;
  endDate: string | null;
  seats: number;
  unitCost: number;
  totalCost: number;
  currency: string;
  status: string;
}

/** A round as read for an answer. To-one rows are present when the query read them in the same statement. */
export interface LicenseRow extends LicenseRecord {
  company?: CompanyRow | null;
  partner?: PartnerRow | null;
  product?: ProductRow | null;
}

/** Name of the entity inside TypeORM. */
export const LICENSE = 'License';

export function licenseEntity(tableName: string): EntitySchema<LicenseRecord> {
  return new EntitySchema<LicenseRecord>({
    name: LICENSE,
    tableName,
    columns: {
      id: { type: 'int', primary: true, generated: 'increment' },
      companyId: { type: 'int', name: 'company_id', nullable: true },
      partnerId: { type: 'int', name: 'partner_id', nullable: true },
      productId: { type: 'int', name: 'product_code_id' },
      startDate: { type: 'date', name: 'start_date' },
      endDate: { type: 'date', name: 'end_date', nullable: true },
      seats: { type: 'int', name: 'number_of_licenses' },
      unitCost: { type: 'float', name: 'cost_per_license' },
      totalCost: { type: 'float', name: 'total_cost' },
      currency: { type: 'varchar', length: 3 },
      status: { type: 'varchar', length: 10 },
    },
  });
}
