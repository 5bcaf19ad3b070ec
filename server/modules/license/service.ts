import type { Context } from '../../context.js';
import type { CreateLicenseInput, UpdateLicenseInput } from '../../graphql.generated.js';
import { create, remove, update, type Outcome, type Subject } from '../change/change.js';
import { Faults, Refusal } from '../change/refusal.js';
import { LICENSE, type LicenseRow } from './entity.js';
import { findReferences } from './references.js';
import { checkDraft, checkUpdate, updatedDraft, type LicenseValues } from './rules.js';
import { licensesByIds } from './store.js';

/** Rounds as a kind of row that can be changed. */
export const licenseSubject: Subject<LicenseRow> = {
  entity: LICENSE,
  label: 'licence',
  columns: ({ id, companyId, partnerId, productId, startDate, endDate, seats, unitCost, totalCost, currency, status }) => ({
    id, companyId, partnerId, productId, startDate, endDate, seats, unitCost, totalCost, currency, status,
  }),
  lock: async (tx, id) => (await licensesByIds(tx, [id], true))[0] ?? null,
};

type Key = { id: number; etag: string };

export function createLicense(context: Context, input: CreateLicenseInput): Promise<Outcome<LicenseRow>> {
  return create(context, licenseSubject, async (tx) => {
    const faults = new Faults();
    return refusing(faults, checkDraft(input, await findReferences(tx, [input]), faults));
  });
}

export function updateLicense(context: Context, key: Key, input: UpdateLicenseInput): Promise<Outcome<LicenseRow>> {
  return update(context, licenseSubject, key, async (tx, row) => {
    const faults = new Faults();
    return refusing(faults, checkUpdate(row, input, await findReferences(tx, [updatedDraft(row, input)]), faults));
  });
}

export function deleteLicense(context: Context, key: Key): Promise<Outcome<LicenseRow>> {
  return remove(context, licenseSubject, key);
}

function refusing(faults: Faults, values: LicenseValues | null): LicenseValues {
  if (values === null) throw new Refusal(faults.errors);
  return values;
}
