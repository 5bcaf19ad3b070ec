import type { Database } from '../../server/db/database.js';
import { tableReference, type ScopedTable } from '../../server/db/tables.js';

/** Rows of the scoped tables, existing ones and ours, by table; columns as in the tables. */
export type Rows = Partial<Record<ScopedTable, Record<string, string | number | null>[]>>;

/** A licence round with what most tests do not care about filled in. */
export function round(values: Record<string, string | number | null>): Record<string, string | number | null> {
  const seats = Number(values['number_of_licenses'] ?? 10);
  const cost = Number(values['cost_per_license'] ?? 100);
  return {
    company_id: null, partner_id: null, product_code_id: 1, start_date: '2026-01-01', end_date: '2026-12-31',
    number_of_licenses: seats, cost_per_license: cost, total_cost: seats * cost, currency: 'EUR', status: 'Active', ...values,
  };
}

/** A user with what most tests do not care about filled in. */
export function user(id: number, owner: { company_id?: number; partner_id?: number }, values: Record<string, string | number | null> = {}) {
  return {
    id, company_id: null, partner_id: null, active: 1, first_name: `First${id}`, last_name: `Last${id}`, email: `user${id}@example.com`,
    ...owner, ...values,
  };
}

/** Inserts rows as another application would: by plain SQL, without Seatwise's rules. */
export async function insertRows(database: Database, rows: Rows): Promise<void> {
  await database.transaction(async ({ manager }) => {
    for (const [table, list] of Object.entries(rows) as [ScopedTable, Record<string, string | number | null>[]][]) {
      for (const row of list) {
        const columns = Object.keys(row).map((column) => `\`${column}\``).join(', ');
        const marks = Object.keys(row).map(() => '?').join(', ');
        await manager.query(
          `insert into ${tableReference(database.tables[table]).sql} (${columns}) values (${marks})`,
          Object.values(row),
        );
      }
    }
  });
}
