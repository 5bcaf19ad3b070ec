import type { EntityManager } from 'typeorm';
import type { SqlValue } from './dialect/dialect.js';
import type { ScopedTransaction } from './scoped.js';

const ROWS_PER_INSERT = 500;
/** Every changed column names every row of its statement: a statement grows with the product of both. */
const ROWS_PER_UPDATE = 200;

/** A row of an entity by its properties. */
type Values = Readonly<Record<string, SqlValue>>;

/** Adds rows of an entity, many to a statement, and gives their ids in the order of the rows. */
export async function insertMany({ manager, dialect }: ScopedTransaction, entity: string, rows: readonly Values[]): Promise<number[]> {
  const ids: number[] = [];
  for (const some of chunks(rows, ROWS_PER_INSERT)) {
    const { identifiers } = await manager.insert(entity, some.map((row) => ({ ...row })));
    const [{ step }] = await manager.query<[{ step: number }]>(dialect.idStep.sql);
    ids.push(...some.map((_, index) => Number(identifiers[0]?.['id']) + index * Number(step)));
  }
  return ids;
}

/** Changes rows of an entity, each to values of its own, many to a statement. Only columns that are named are set. */
export async function updateMany(manager: EntityManager, entity: string, changes: readonly { id: number; values: Values }[]): Promise<void> {
  for (const some of chunks(changes, ROWS_PER_UPDATE)) {
    const { text, parameters } = updateStatement(manager, entity, some);
    await manager.query(text, parameters);
  }
}

function updateStatement(manager: EntityManager, entity: string, changes: readonly { id: number; values: Values }[]) {
  const { tablePath, columns } = manager.connection.getMetadata(entity);
  const quoted = (name: string) => manager.connection.driver.escape(name);
  const parameters: SqlValue[] = [];
  const settings = columns.flatMap(({ propertyName, databaseName }) => {
    const setting = newValue(quoted(databaseName), changes.filter(({ values }) => propertyName in values), propertyName, changes.length, parameters);
    return setting === null ? [] : [`${quoted(databaseName)} = ${setting}`];
  });
  parameters.push(...changes.map(({ id }) => id));
  const table = tablePath.split('.').map(quoted).join('.');
  return { text: `update ${table} set ${settings.join(', ')} where id in (${changes.map(() => '?').join(', ')})`, parameters };
}

/** What a column becomes: one value where all rows of the statement get the same, else each row's own. Null: none gets any. */
function newValue(
  column: string,
  changes: readonly { id: number; values: Values }[],
  property: string,
  all: number,
  parameters: SqlValue[],
): string | null {
  const [first] = changes;
  if (first === undefined) return null;
  const value = first.values[property] ?? null;
  if (changes.length === all && changes.every(({ values }) => (values[property] ?? null) === value)) {
    parameters.push(value);
    return '?';
  }
  for (const { id, values } of changes) parameters.push(id, values[property] ?? null);
  return `case id ${changes.map(() => 'when ? then ?').join(' ')} else ${column} end`;
}

/** Deletes rows of an entity, many to a statement. */
export async function deleteMany(manager: EntityManager, entity: string, ids: readonly number[]): Promise<void> {
  for (const some of chunks(ids, ROWS_PER_INSERT)) await manager.delete(entity, [...some]);
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
}
