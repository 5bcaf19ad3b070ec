import sql from 'sql-template-tag';
import type { Context } from '../../context.js';
import { textConditions } from '../../db/filter.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import type { CreateProductInput, UpdateProductInput } from '../../graphql.generated.js';
import { create, remove, update, type Outcome, type Subject } from '../change/change.js';
import { checkText, refuseWhileReferenced } from '../change/checks.js';
import { Faults } from '../change/refusal.js';
import { PRODUCT, type ProductRow } from './entity.js';
import { productsByIds } from './store.js';

const MAX_CODE_LENGTH = 10;
const MAX_LABEL_LENGTH = 255;

/** Products as a kind of row that can be changed. */
export const productSubject: Subject<ProductRow> = {
  entity: PRODUCT,
  label: 'product',
  columns: ({ id, code, label }) => ({ id, code, label }),
  lock: async (tx, id) => (await productsByIds(tx, [id], true))[0] ?? null,
};

type Key = { id: number; etag: string };

export function createProduct(context: Context, input: CreateProductInput): Promise<Outcome<ProductRow>> {
  return create(context, productSubject, (tx) => checkProduct(tx, 0, input.code, input.label));
}

export function updateProduct(context: Context, key: Key, input: UpdateProductInput): Promise<Outcome<ProductRow>> {
  return update(context, productSubject, key, (tx, row) =>
    checkProduct(tx, row.id, input.code === undefined ? row.code : input.code, input.label === undefined ? row.label : input.label),
  );
}

export function deleteProduct(context: Context, key: Key): Promise<Outcome<ProductRow>> {
  return remove(context, productSubject, key, (tx, { id }) =>
    refuseWhileReferenced(tx, 'product', id, [['license', 'product_code_id', 'licences']]),
  );
}

/** The columns of a product. The table has no unique index on the code, so uniqueness is checked here. */
export async function checkProduct(tx: ScopedTransaction, id: number, code: string | null, label: string | null): Promise<Omit<ProductRow, 'id'>> {
  const faults = new Faults();
  const checked = {
    code: checkText(faults, 'code', 'Code', code, MAX_CODE_LENGTH),
    label: checkText(faults, 'label', 'Label', label, MAX_LABEL_LENGTH),
  };
  const [sameCode] = textConditions(tx.dialect, sql`d.code`, { eq: checked.code }, 'code');
  const others = await tx.read(sql`select d.id as id from ${tx.table('product', 'd')} where ${sameCode} and d.id <> ${id} limit 1`);
  if (others.length > 0) faults.add('code', 'DUPLICATE', `Another product has the code ${checked.code}.`);
  faults.refuseIfAny();
  return checked;
}
