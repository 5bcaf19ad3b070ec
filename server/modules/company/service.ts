import type { Context } from '../../context.js';
import type { CreateCompanyInput, UpdateCompanyInput } from '../../graphql.generated.js';
import { create, remove, update, type Outcome, type Subject } from '../change/change.js';
import { checkReference, checkText, refuseWhileReferenced } from '../change/checks.js';
import { Faults } from '../change/refusal.js';
import { COMPANY, type CompanyRow } from './entity.js';
import { companiesByIds } from './store.js';

const MAX_NAME_LENGTH = 255;

/** Companies as a kind of row that can be changed. */
export const companySubject: Subject<CompanyRow> = {
  entity: COMPANY,
  label: 'company',
  columns: ({ id, name, active, partnerId }) => ({ id, name, active, partnerId }),
  lock: async (tx, id) => (await companiesByIds(tx, [id], true))[0] ?? null,
};

type Key = { id: number; etag: string };

export function createCompany(context: Context, input: CreateCompanyInput): Promise<Outcome<CompanyRow>> {
  return create(context, companySubject, async (tx) => {
    const faults = new Faults();
    const name = checkText(faults, 'name', 'Name', input.name, MAX_NAME_LENGTH);
    const partnerId = await checkReference(tx, faults, 'partnerId', 'partner', input.partnerId);
    faults.refuseIfAny();
    return { name, active: Number(input.active), partnerId };
  });
}

export function updateCompany(context: Context, key: Key, input: UpdateCompanyInput): Promise<Outcome<CompanyRow>> {
  return update(context, companySubject, key, async (tx, row) => {
    const faults = new Faults();
    const name = checkText(faults, 'name', 'Name', input.name === undefined ? row.name : input.name, MAX_NAME_LENGTH);
    if (input.active === null) faults.add('active', 'REQUIRED', 'Active must be true or false.');
    const partnerId =
      input.partnerId === undefined ? row.partnerId : await checkReference(tx, faults, 'partnerId', 'partner', input.partnerId);
    faults.refuseIfAny();
    return { name, active: input.active == null ? row.active : Number(input.active), partnerId };
  });
}

export function deleteCompany(context: Context, key: Key): Promise<Outcome<CompanyRow>> {
  return remove(context, companySubject, key, (tx, { id }) =>
    refuseWhileReferenced(tx, 'company', id, [['license', 'company_id', 'licences'], ['user', 'company_id', 'users']]),
  );
}
