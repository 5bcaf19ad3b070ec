import type { CreateLicenseInput, UpdateLicenseInput } from '../../api/generated/graphql';
import type { Licence } from './licenceRow';

/** The form of a licence, as typed. An empty end is a perpetual licence. */
export type LicenceValues = {
  /** `Company:12` or `Partner:3`: one picker for both kinds. */
  owner: string;
  product: string;
  startDate: string;
  endDate: string;
  seats: string;
  unitCost: string;
  currency: string;
  status: string;
};

const fieldWords: Record<string, string> = {
  owner: 'Owner', product: 'Product', startDate: 'Start', endDate: 'End', seats: 'Seats', unitCost: 'Unit cost', currency: 'Currency', status: 'Typed status',
};

/** A field of the form in words. */
export const licenceFieldWord = (field: string) => fieldWords[field] ?? field;

/** Where the API's fields stand in the form. */
export const licenceFields = { companyId: 'owner', partnerId: 'owner', productId: 'product' };

/** A new licence: starts today, in the currency people report in. */
export function newLicence(today: string, currency: string): LicenceValues {
  return { owner: '', product: '', startDate: today, endDate: '', seats: '', unitCost: '', currency, status: 'Active' };
}

/** A round as the form holds it. */
export function valuesOf(licence: Licence): LicenceValues {
  return {
    owner: licence.owner ? `${licence.owner.__typename}:${licence.owner.id}` : '',
    product: licence.product?.id ?? '',
    startDate: licence.startDate,
    endDate: licence.endDate ?? '',
    seats: String(licence.seats),
    unitCost: licence.unitCost?.amount ?? '',
    currency: licence.currency,
    status: licence.status,
  };
}

/** "1234,50" and "1234.50" are the same amount; anything else is left as it is for the validation to name. */
export const normalDecimal = (text: string) => text.trim().replace(/^(\d+),(\d+)$/, '$1.$2');

function ownerInput(owner: string): Pick<CreateLicenseInput, 'companyId' | 'partnerId'> {
  const [kind, id] = owner.split(':');
  return kind === 'Partner' ? { partnerId: id } : { companyId: id };
}

/** The form as a new round. */
export function createInput(values: LicenceValues): CreateLicenseInput {
  return {
    ...ownerInput(values.owner),
    productId: values.product,
    startDate: values.startDate,
    endDate: values.endDate || null,
    seats: Number.parseInt(values.seats, 10),
    unitCost: normalDecimal(values.unitCost),
    currency: values.currency,
    status: values.status.trim(),
  };
}

/** The changed fields alone: what nobody touched here must not overwrite what someone touched elsewhere. */
export function updateInput(values: LicenceValues, changed: readonly (keyof LicenceValues)[]): UpdateLicenseInput {
  const all = createInput(values);
  const input: UpdateLicenseInput = {};
  for (const field of changed) {
    if (field === 'owner') Object.assign(input, ownerInput(values.owner));
    else if (field === 'product') input.productId = all.productId;
    else Object.assign(input, { [field]: all[field] });
  }
  return input;
}
