import type { Row } from './dialect/dialect.js';
import { DatabaseError } from '../errors.js';
import type { Database } from './database.js';
import { existingTables, qualifiedName, requiredColumns, requiredTrialColumns, tableReference } from './tables.js';

/** Tables or columns of the customer's database that Seatwise needs and does not find. */
export class MissingTablesError extends Error {
  constructor(readonly missing: readonly string[]) {
    super(
      `The database lacks what Seatwise reads. Check the table names in the configuration.\n${missing.map((line) => `  ${line}`).join('\n')}`,
    );
    this.name = 'MissingTablesError';
  }
}

/** Throws MissingTablesError with everything that is missing, not only the first. */
export async function checkExistingTables(database: Database): Promise<void> {
  const missing: string[] = [];
  for (const table of [...existingTables, 'trial'] as const) {
    const location = database.tables[table];
    const rows = await database.read<Row & { name: string }>(database.dialect.columnsOf(location.schema, location.name));
    const columns = new Set(rows.map(({ name }) => name.toLowerCase()));
    if (columns.size === 0) missing.push(`table ${qualifiedName(location)}`);
    else {
      const required = table === 'trial' ? requiredTrialColumns : requiredColumns[table];
      const absent = required.filter((column) => !columns.has(column));
      missing.push(...absent.map((column) => `column ${column} of table ${qualifiedName(location)}`));
    }
  }
  if (missing.length > 0) throw new MissingTablesError(missing);
}

/** True when the activity log has an index that begins with (user_id, timestamp). */
export async function hasActivityIndex(database: Database): Promise<boolean> {
  const { schema, name } = database.tables.activity;
  const rows = await database.read<Row & { name: string; position: number; column_name: string }>(
    database.dialect.indexColumnsOf(schema, name),
  );
  const columnAt = (index: string, position: number) =>
    rows.find((row) => row.name === index && Number(row.position) === position)?.column_name.toLowerCase();
  return rows.some(({ name: index }) => columnAt(index, 1) === 'user_id' && columnAt(index, 2) === 'timestamp');
}

/** True when check-ins of trials can be kept on their rows: the column is there and may be written. */
export async function trialsTakeCheckIns(database: Database): Promise<boolean> {
  const { schema, name } = database.tables.trial;
  const rows = await database.read<Row & { name: string }>(database.dialect.columnsOf(schema, name));
  if (!rows.some((row) => row.name.toLowerCase() === 'last_checked_in_at')) return false;
  const trial = tableReference(database.tables.trial);
  try {
    await database.transaction(({ manager }) => manager.query(`update ${trial.sql} set last_checked_in_at = last_checked_in_at where 1 = 0`));
    return true;
  } catch (error) {
    if (error instanceof DatabaseError && error.fault === 'readOnly') return false;
    throw error;
  }
}
