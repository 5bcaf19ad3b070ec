import sql, { raw, type Sql } from 'sql-template-tag';
import type { Database, Transaction } from '../database.js';
import { existingTables, tableReference, type ExistingTable } from '../tables.js';
import { SESSION_PREFIX } from './activity.js';
import { demoData, type DemoData } from './data.js';
import { insertRows, type Filling, type Progress } from './insert.js';
import { trialFillings } from './trial-tables.js';

/**
 * True when the existing tables hold nothing, so that demo data may be added. An activity log with nothing but demo rows
 * counts as empty while the other tables are: it is what an interrupted start leaves.
 */
export async function isEmpty(database: Database): Promise<boolean> {
  for (const table of existingTables) {
    const foreign = table === 'activity' ? sql` where session_id is null or session_id not like ${`${SESSION_PREFIX}%`}` : raw('');
    const found = await database.read(sql`select 1 as found from ${reference(database, table)}${foreign} limit 1`);
    if (found.length > 0) return false;
  }
  return true;
}

/**
 * Fills the empty existing tables and the exchange rates; only to be called when `isEmpty`. The activity log is a
 * transaction of its own and the first: on the embedded database it is another file, and a commit over two files can be
 * cut in half. The tables that make `isEmpty` false come last and together, so that whatever is interrupted is done again.
 */
export async function insertDemoData(database: Database, today: string, progress: Progress): Promise<void> {
  const data = demoData(today);
  await database.transaction(async (transaction) => {
    await removeLeftovers(transaction, reference(database, 'activity'));
    const columns = ['id', 'user_id', 'timestamp', 'action', 'status', 'session_id'];
    await insertRows(transaction, reference(database, 'activity'), columns, data.activity, (done) =>
      progress('activity log', done, data.activity.length),
    );
  });
  await database.transaction(async (transaction) => {
    for (const { step, table, columns, rows } of await homeTables(database, transaction, data)) {
      await insertRows(transaction, table, columns, rows, (done) => progress(step, done, rows.length));
    }
  });
}

function reference(database: Database, table: ExistingTable): Sql {
  return tableReference(database.tables[table]);
}

async function removeLeftovers(transaction: Transaction, log: Sql): Promise<void> {
  const statement = sql`delete from ${log} where session_id like ${`${SESSION_PREFIX}%`}`;
  await transaction.manager.query(statement.sql, statement.values);
}

async function homeTables(database: Database, transaction: Transaction, data: DemoData): Promise<Filling[]> {
  const fillings: Filling[] = [
    {
      step: 'partners',
      table: reference(database, 'partner'),
      columns: ['id', 'partner_name'],
      rows: data.partners.map(({ id, name }) => [id, name]),
    },
    {
      step: 'companies',
      table: reference(database, 'company'),
      columns: ['id', 'company_name', 'active', 'partner_id'],
      rows: data.companies.map(({ id, name, active, partnerId }) => [id, name, active ? 1 : 0, partnerId]),
    },
    {
      step: 'products',
      table: reference(database, 'product'),
      columns: ['id', 'code', 'label'],
      rows: data.products.map(({ id, code, label }) => [id, code, label]),
    },
    {
      step: 'users',
      table: reference(database, 'user'),
      columns: ['id', 'company_id', 'partner_id', 'active', 'first_name', 'last_name', 'email'],
      rows: data.users.map((user) => [user.id, user.companyId, user.partnerId, user.active, user.firstName, user.lastName, user.email]),
    },
    {
      step: 'licence rounds',
      table: reference(database, 'license'),
      columns: ['id', 'company_id', 'partner_id', 'product_code_id', 'start_date', 'end_date', 'number_of_licenses', 'cost_per_license',
        'total_cost', 'currency', 'status'],
      rows: data.licences.map((round) => [round.id, round.companyId, round.partnerId, round.productId, round.startDate, round.endDate,
        round.seats, round.unitCost, round.totalCost, round.currency, round.status]),
    },
  ];
  // Rates and prices may be there already, entered by hand: then they are the ones to use.
  for (const [table, filling] of [['sw_exchange_rates', ratesFilling(data)], ['sw_price_list', pricesFilling(data)]] as const) {
    const known = await transaction.read(sql`select 1 as found from ${raw(table)} limit 1`);
    if (known.length === 0) fillings.push(filling);
  }
  return [...fillings, ...(await trialFillings(database, transaction, data.trials))];
}

function pricesFilling({ prices }: DemoData): Filling {
  return {
    step: 'price list',
    table: raw('sw_price_list'),
    columns: ['product_slug', 'amount_minor', 'currency', 'interval_months', 'valid_from', 'valid_to'],
    rows: prices.map((price) => [price.productSlug, price.amountMinor, price.currency, price.intervalMonths, price.validFrom, price.validTo]),
  };
}

function ratesFilling({ rates }: DemoData): Filling {
  return {
    step: 'exchange rates',
    table: raw('sw_exchange_rates'),
    columns: ['rate_date', 'currency', 'units_per_euro', 'source'],
    rows: rates.map(({ rateDate, currency, unitsPerEuro, source }) => [rateDate, currency, unitsPerEuro, source]),
  };
}
