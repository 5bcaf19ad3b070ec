import { raw, type Sql } from 'sql-template-tag';

/** The owner of a round or user as one number: a company's id, or that of a partner below zero. */
export function ownerNumber(alias: string): Sql {
  return raw(`coalesce(${alias}.company_id, -${alias}.partner_id)`);
}

/** Users `u` who have an owner. */
export const owned = raw('u.company_id is not null or u.partner_id is not null');
