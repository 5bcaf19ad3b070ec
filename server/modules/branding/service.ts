import type { Context } from '../../context.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import type { SetBrandingInput } from '../../graphql.generated.js';
import { create, remove, update, type Outcome, type Subject } from '../change/change.js';
import { checkReference, idOf } from '../change/checks.js';
import { Faults, Refusal } from '../change/refusal.js';
import { checkAccent, checkDisplayName, checkLogo } from './check.js';
import { BRANDING, type BrandingRow } from './entity.js';
import { brandingsOf } from './store.js';

/** Brandings as a kind of row that can be changed. Of the logo the log holds what it was, not its bytes. */
export const brandingSubject: Subject<BrandingRow> = {
  entity: BRANDING,
  label: 'branding',
  columns: ({ id, displayName, accent, logoType, logoBytes, logoSha256 }) => ({ id, partnerId: id, displayName, accent, logoType, logoBytes, logoSha256 }),
  lock: async (tx, id) => (await brandingsOf(tx, [id], true))[0] ?? null,
};

/** Sets how a partner's portal looks, for the first time without an etag. */
export function setBranding(context: Context, input: SetBrandingInput): Promise<Outcome<BrandingRow>> {
  const { etag = null } = input;
  if (etag === null) return create(context, brandingSubject, (tx) => first(tx, input));
  return update(context, brandingSubject, { id: idOf(input.partnerId) ?? 0, etag }, async (_tx, row) => {
    const values = checked(new Faults(), input);
    // The same picture once more is no change.
    const { logo, ...rest } = values;
    return logo === undefined || rest.logoSha256 === row.logoSha256 ? rest : values;
  });
}

/** Lets a partner's portal look like Seatwise again. */
export function removeBranding(context: Context, partnerId: string | number, etag: string): Promise<Outcome<BrandingRow>> {
  return remove(context, brandingSubject, { id: idOf(partnerId) ?? 0, etag });
}

async function first(tx: ScopedTransaction, input: SetBrandingInput): Promise<BrandingRow> {
  const faults = new Faults();
  const id = await checkReference(tx, faults, 'partnerId', 'partner', input.partnerId);
  const { displayName, accent, logoType = null, logoBytes = null, logoSha256 = null, logo = null } = checked(faults, input);
  // Without a lock: the gap where there is no row yet can be locked by several at a time, who then wait for each other. The primary key lets one in.
  const existing = id === null ? null : (await brandingsOf(tx, [id]))[0] ?? null;
  if (existing !== null) {
    throw new Refusal([{ field: ['input', 'etag'], code: 'CONFLICT', message: 'The partner has a branding by now. Compare and save again.' }], existing);
  }
  return { id: id ?? 0, displayName, accent, logoType, logoBytes, logoSha256, logo };
}

type Values = Pick<BrandingRow, 'displayName' | 'accent'> & Partial<Omit<BrandingRow, 'id'>>;

function checked(faults: Faults, { displayName, accent, logo }: SetBrandingInput): Values {
  const values: Values = {
    displayName: checkDisplayName(faults, displayName), accent: checkAccent(faults, accent), ...(logo === undefined ? {} : checkLogo(faults, logo)),
  };
  faults.refuseIfAny();
  return values;
}
