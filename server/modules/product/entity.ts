import { EntitySchema } from 'typeorm';

/** A product, as stored and as read. */
export interface ProductRow {
  id: number;
  code: string;
  label: string;
}

/** Name of the entity inside TypeORM. */
export const PRODUCT = 'Product';

export function productEntity(tableName: string): EntitySchema<ProductRow> {
  return new EntitySchema<ProductRow>({
    name: PRODUCT,
    tableName,
    columns: {
      id: { type: 'int', primary: true, generated: 'increment' },
      code: { type: 'varchar', length: 10 },
      label: { type: 'varchar', length: 255 },
    },
  });
}
