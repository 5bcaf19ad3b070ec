import sql, { raw, type Sql } from 'sql-template-tag';
import { number, text } from '../../db/decode.js';
import type { ScopedTables } from '../../db/scoped.js';
import type { ImportErrorCode } from '../../graphql.generated.js';
import { idOf } from '../change/checks.js';
import type { Named } from './values/near.js';
import type { CellFault, Parsed } from './values/parsed.js';

/** What rows of a file refer to. */
export type ReferenceKind = 'company' | 'partner' | 'product';

const ROWS_AT_ONCE = 20_000;

/** Companies that an import would create have these ids until it is written: above every id of the tables. */
export const FIRST_NEW_ID = 9_000_000_000;

/** The rows of one table that can be referred to, read once: by id, by code and by exact name. */
export class References {
  readonly ids = new Set<number>();
  private readonly names = new Map<number, string>();
  private readonly byCode = new Map<string, number[]>();
  private readonly byName = new Map<string, number[]>();
  private list: Named[] | undefined;

  private constructor(readonly kind: ReferenceKind) {}

  static async read(db: ScopedTables, kind: ReferenceKind): Promise<References> {
    const references = new References(kind);
    for (let after = 0; ; ) {
      const rows = await db.read(sql`
        select ${columnsOf[kind]} from ${db.table(kind, 'r')} where r.id > ${after} order by r.id limit ${raw(String(ROWS_AT_ONCE))}`);
      for (const row of rows) references.add(number(row, 'id'), text(row, 'name'), kind === 'product' ? text(row, 'code') : null);
      if (rows.length < ROWS_AT_ONCE) return references;
      after = number(rows.at(-1) ?? {}, 'id');
    }
  }

  /** Ids of the rows with exactly this name. */
  named(name: string): readonly number[] {
    return this.byName.get(name) ?? [];
  }

  /** All of them, for near suggestions. */
  get candidates(): readonly Named[] {
    return (this.list ??= [...this.names].map(([id, name]) => ({ id, name })));
  }

  /**
   * The row that a cell means. What the column is called says how a number is to be taken: under `company_id` it is an id,
   * under `company` an id or a name. What fits two rows is never decided here.
   */
  find(value: string, column: ColumnRole): Parsed<number> {
    const id = idOf(value);
    if (column === 'id' && id !== null) return this.ids.has(id) ? { value: id } : this.unknown();
    const coded = this.byCode.get(value) ?? [];
    const found = column === 'code' && coded.length > 0
      ? coded
      : [...new Set([...(id !== null && this.ids.has(id) ? [id] : []), ...coded, ...(this.byName.get(value) ?? [])])];
    const [first] = found;
    if (first === undefined) return this.unknown();
    return found.length === 1 ? { value: first } : this.ambiguous(found);
  }

  private add(id: number, name: string, code: string | null): void {
    this.ids.add(id);
    this.names.set(id, code === null ? name : `${code} ${name}`);
    if (code !== null) append(this.byCode, code.trim(), id);
    append(this.byName, name.trim(), id);
  }

  private unknown(): CellFault {
    return fault('NOT_FOUND', this.kind === 'product' ? 'There is no product with this id, code or name.' : `There is no ${this.kind} with this id or name.`);
  }

  private ambiguous(ids: readonly number[]): CellFault {
    return fault('AMBIGUOUS', `This can mean several of them (ids ${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ', …' : ''}): give the id in a column whose name ends with “id”.`);
  }
}

const columnsOf: Record<ReferenceKind, Sql> = {
  company: raw('r.id as id, r.company_name as name'),
  partner: raw('r.id as id, r.partner_name as name'),
  product: raw('r.id as id, r.label as name, r.code as code'),
};

function fault(code: ImportErrorCode, message: string): CellFault {
  return { code, message };
}

function append(map: Map<string, number[]>, key: string, id: number): void {
  const ids = map.get(key);
  if (ids === undefined) map.set(key, [id]);
  else ids.push(id);
}

/** How the name of a column says that its values are to be taken. */
export type ColumnRole = 'id' | 'code' | 'any';

/** `company_id` and `Company ID` hold ids, `Product code` codes. */
export function columnRole(name: string): ColumnRole {
  const [, last] = /([a-z]+)[^a-z]*$/i.exec(name.replaceAll(/([a-z])([A-Z])/g, '$1 $2')) ?? [];
  const word = last?.toLowerCase();
  return word === 'id' || word === 'code' ? word : 'any';
}
