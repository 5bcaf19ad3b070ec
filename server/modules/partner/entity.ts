import { EntitySchema } from 'typeorm';

/** A partner, as stored and as read. */
export interface PartnerRow {
  id: number;
  name: string;
}

/** Name of the entity inside TypeORM. */
export const PARTNER = 'Partner';

export function partnerEntity(tableName: string): EntitySchema<PartnerRow> {
  return new EntitySchema<PartnerRow>({
    name: PARTNER,
    tableName,
    columns: {
      id: { type: 'int', primary: true, generated: 'increment' },
      name: { type: 'varchar', length: 255, name: 'partner_name' },
    },
  });
}
