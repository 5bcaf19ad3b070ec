import type { ImportSubject } from '../../../graphql.generated.js';
import type { FieldDefinition } from './field.js';
import { licenseFields } from './licenses.js';
import { companyFields, partnerFields } from './owners.js';

const fields: Readonly<Record<ImportSubject, readonly FieldDefinition[]>> = {
  LICENSES: licenseFields,
  COMPANIES: companyFields,
  PARTNERS: partnerFields,
};

/** The fields that a file of this kind can fill, the required ones first. */
export function fieldsOf(subject: ImportSubject): readonly FieldDefinition[] {
  return fields[subject];
}

/** The required fields that no column fills yet; of fields that stand for one another, all while none is filled. */
export function missingFields(subject: ImportSubject, columns: readonly { field: string | null }[]): FieldDefinition[] {
  const filled = new Set(columns.map(({ field }) => field));
  return fields[subject].filter(({ name, required, oneOf }) =>
    required && !filled.has(name) && (oneOf === undefined || !fields[subject].some((other) => other.oneOf === oneOf && filled.has(other.name))));
}
