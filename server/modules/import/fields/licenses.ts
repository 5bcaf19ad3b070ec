import type { FieldDefinition } from './field.js';

const OWNER = 'owner';

/** The fields of a licence round, the required ones first. Aliases begin with the columns of the export, then those of the table. */
export const licenseFields: readonly FieldDefinition[] = [
  {
    name: 'company', label: 'Company', kind: 'REFERENCE', required: true, oneOf: OWNER,
    description: 'The company that holds the licence, by id or exact name. A licence has one owner: a company or a partner.',
    aliases: ['company_id', 'company', 'company_name', 'customer_id', 'customer', 'customer_name', 'client', 'organization', 'organisation', 'owner', 'firma', 'kunde', 'unternehmen'],
  },
  {
    name: 'partner', label: 'Partner', kind: 'REFERENCE', required: true, oneOf: OWNER,
    description: 'The partner that holds the licence itself, by id or exact name. A licence has one owner: a company or a partner.',
    aliases: ['partner_id', 'partner', 'partner_name', 'reseller_id', 'reseller', 'reseller_name', 'wiederverkäufer', 'händler'],
  },
  {
    name: 'product', label: 'Product', kind: 'REFERENCE', required: true,
    description: 'The product, by id, code or exact name.',
    aliases: ['product_id', 'product_code_id', 'product_code', 'product', 'product_name', 'sku', 'license_product_code', 'license_type', 'licence_type', 'produkt', 'artikel'],
  },
  {
    name: 'startDate', label: 'Start date', kind: 'DATE', required: true,
    description: 'The first day on which the licence is in force.',
    aliases: ['start_date', 'start', 'starts', 'valid_from', 'from', 'begin', 'begin_date', 'beginn', 'startdatum', 'von', 'gültig_ab'],
  },
  {
    name: 'seats', label: 'Seats', kind: 'INTEGER', required: true,
    description: 'Number of seats, a whole number from 1.',
    aliases: ['seats', 'number_of_licenses', 'number_of_licences', 'number_of_seats', 'licenses', 'licences', 'quantity', 'qty', 'anzahl', 'lizenzen', 'menge'],
  },
  {
    name: 'unitCost', label: 'Unit cost', kind: 'DECIMAL', required: true,
    description: 'Price of one seat for the whole term, without a currency sign.',
    aliases: ['unit_cost', 'cost_per_license', 'cost_per_licence', 'cost_per_seat', 'price_per_license', 'price_per_licence', 'price_per_seat', 'unit_price', 'price', 'cost', 'preis', 'einzelpreis', 'stückpreis'],
  },
  {
    name: 'currency', label: 'Currency', kind: 'TEXT', required: true,
    description: 'Currency of the unit cost as a code of ISO 4217, for example EUR.',
    aliases: ['currency', 'currency_code', 'währung'],
  },
  {
    name: 'status', label: 'Status', kind: 'TEXT', required: true,
    description: 'The status that is typed in, 1 to 10 characters, for example active. Whether a licence is in force follows from its dates.',
    aliases: ['status', 'license_status', 'licence_status', 'state'],
  },
  {
    name: 'endDate', label: 'End date', kind: 'DATE', required: false,
    description: 'The last day on which the licence is in force; empty: it has no end.',
    aliases: ['end_date', 'end', 'ends', 'valid_to', 'valid_until', 'until', 'to', 'expiry', 'expiry_date', 'expires', 'expiration_date', 'ende', 'enddatum', 'bis', 'gültig_bis'],
  },
  {
    name: 'id', label: 'Id', kind: 'INTEGER', required: false,
    description: 'The id of the licence to change; empty: the licence with this owner, product and start date, or a new one.',
    aliases: ['id', 'license_id', 'licence_id', 'license_record_id', 'lizenz_id'],
  },
];
