import sql, { raw } from 'sql-template-tag';
import { number, numberOrNull, text } from '../../../db/decode.js';
import type { Row } from '../../../db/dialect/dialect.js';
import type { ScopedTables } from '../../../db/scoped.js';
import { KeySet } from '../key-set.js';
import { licenseKey } from './tables.js';

/** Shorter files are looked up row by row, and so are those that are short beside what is stored. */
const LEAST_ROWS = 10_000;
/** To look up one row costs as much as to read the keys of ten. */
const KEYS_PER_LOOKUP = 10;
/** More keys would take more than 64 MB. */
const MOST_KEYS = 2_000_000;
const ROWS_AT_ONCE = 10_000;

/** Tells that a round is new without asking the database: while a long file is judged, the keys of all stored rounds are held. */
export class StoredKeys {
  private asked = 0;
  private newest: number | null = null;
  private keys: KeySet | null = null;

  constructor(private readonly db: ScopedTables) {}

  /** Those of the rows whose round may be stored. */
  async mayBeStored<T>(rows: readonly T[], keyOf: (row: T) => string): Promise<readonly T[]> {
    this.asked += rows.length;
    if (this.keys === null && this.asked >= LEAST_ROWS) await this.readIfWorthwhile();
    const { keys } = this;
    return keys === null ? rows : rows.filter((row) => keys.has(keyOf(row)));
  }

  private async readIfWorthwhile(): Promise<void> {
    this.newest ??= await this.readNewest();
    if (this.newest <= MOST_KEYS && this.newest <= this.asked * KEYS_PER_LOOKUP) this.keys = await this.readKeys();
  }

  private async readNewest(): Promise<number> {
    const [row = {}] = await this.db.read(sql`select coalesce(max(x.id), 0) as newest from ${this.db.table('license', 'x')}`);
    return number(row, 'newest');
  }

  private async readKeys(): Promise<KeySet> {
    const keys = new KeySet();
    for (let after: number | null = 0; after !== null; ) {
      const rows: readonly Row[] = await this.db.read(sql`
        select x.id as id, x.company_id as company_id, x.partner_id as partner_id, x.product_code_id as product_id, cast(x.start_date as char) as start_date
        from ${this.db.table('license', 'x')} where x.id > ${after} order by x.id limit ${raw(String(ROWS_AT_ONCE))}`);
      for (const row of rows) {
        keys.add(licenseKey(numberOrNull(row, 'company_id'), numberOrNull(row, 'partner_id'), number(row, 'product_id'), text(row, 'start_date')), '', 0);
      }
      const last = rows.at(-1);
      after = last === undefined ? null : number(last, 'id');
    }
    return keys;
  }
}
