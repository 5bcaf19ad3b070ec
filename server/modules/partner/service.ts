import type { Context } from '../../context.js';
import type { CreatePartnerInput, UpdatePartnerInput } from '../../graphql.generated.js';
import { create, remove, update, type Outcome, type Subject } from '../change/change.js';
import { checkText, refuseWhileReferenced } from '../change/checks.js';
import { Faults } from '../change/refusal.js';
import { PARTNER, type PartnerRow } from './entity.js';
import { partnersByIds } from './store.js';

const MAX_NAME_LENGTH = 255;

/** Partners as a kind of row that can be changed. */
export const partnerSubject: Subject<PartnerRow> = {
  entity: PARTNER,
  label: 'partner',
  columns: ({ id, name }) => ({ id, name }),
  lock: async (tx, id) => (await partnersByIds(tx, [id], true))[0] ?? null,
};

type Key = { id: number; etag: string };

export function createPartner(context: Context, input: CreatePartnerInput): Promise<Outcome<PartnerRow>> {
  return create(context, partnerSubject, async () => ({ name: checkedName(input.name) }));
}

export function updatePartner(context: Context, key: Key, input: UpdatePartnerInput): Promise<Outcome<PartnerRow>> {
  return update(context, partnerSubject, key, async (_tx, row) => ({
    name: checkedName(input.name === undefined ? row.name : input.name),
  }));
}

export function deletePartner(context: Context, key: Key): Promise<Outcome<PartnerRow>> {
  return remove(context, partnerSubject, key, (tx, { id }) =>
    refuseWhileReferenced(tx, 'partner', id, [
      ['company', 'partner_id', 'companies'],
      ['license', 'partner_id', 'licences'],
      ['user', 'partner_id', 'users'],
    ]),
  );
}

function checkedName(value: string | null): string {
  const faults = new Faults();
  const name = checkText(faults, 'name', 'Name', value, MAX_NAME_LENGTH);
  faults.refuseIfAny();
  return name;
}
