import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Units of a currency for one euro, by day. The rate is text: it is a published decimal, never to be a float. */
export class ExchangeRates1763700004000 implements MigrationInterface {
  readonly name = 'ExchangeRates1763700004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'sw_exchange_rates',
        columns: [
          { name: 'rate_date', type: 'date', isPrimary: true },
          { name: 'currency', type: 'varchar', length: '3', isPrimary: true },
          { name: 'units_per_euro', type: 'varchar', length: '32' },
          { name: 'source', type: 'varchar', length: '64' },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('sw_exchange_rates');
  }
}
