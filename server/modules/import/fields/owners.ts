import type { FieldDefinition } from './field.js';

/** The fields of a company, the required ones first. */
export const companyFields: readonly FieldDefinition[] = [
  {
    name: 'name', label: 'Name', kind: 'TEXT', required: true,
    description: 'Name of the company, 1 to 255 characters.',
    aliases: ['name', 'company_name', 'company', 'customer', 'customer_name', 'organization', 'organisation', 'firma', 'firmenname', 'kunde', 'unternehmen'],
  },
  {
    name: 'active', label: 'Active', kind: 'BOOLEAN', required: false,
    description: 'Whether the company is switched on: 1 or 0, true or false, yes or no; empty: a new company is, another stays as it is.',
    aliases: ['active', 'is_active', 'enabled', 'aktiv'],
  },
  {
    name: 'partner', label: 'Partner', kind: 'REFERENCE', required: false,
    description: 'The reseller, by id or exact name; empty: none.',
    aliases: ['partner_id', 'partner', 'partner_name', 'reseller_id', 'reseller', 'reseller_name', 'wiederverkäufer', 'händler'],
  },
  {
    name: 'id', label: 'Id', kind: 'INTEGER', required: false,
    description: 'The id of the company to change; empty: the company of this name, or a new one.',
    aliases: ['id', 'company_id', 'customer_id', 'kundennummer', 'firmen_id'],
  },
];

/** The fields of a partner, the required ones first. */
export const partnerFields: readonly FieldDefinition[] = [
  {
    name: 'name', label: 'Name', kind: 'TEXT', required: true,
    description: 'Name of the partner, 1 to 255 characters.',
    aliases: ['name', 'partner_name', 'partner', 'reseller', 'reseller_name', 'wiederverkäufer', 'händler'],
  },
  {
    name: 'id', label: 'Id', kind: 'INTEGER', required: false,
    description: 'The id of the partner to change; empty: the partner of this name, or a new one.',
    aliases: ['id', 'partner_id', 'reseller_id'],
  },
];
