import sql, { join } from 'sql-template-tag';
import { number } from '../../db/decode.js';
import { padded } from '../../db/page.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import { FIRST_NEW_ID, type ReferenceKind } from './references.js';
import { changedColumns, type ImportTable, type Value } from './subjects/table.js';

/** A row that is about to refer to another one. */
export interface Referring {
  row: number;
  from: readonly Value[] | null;
  to: readonly Value[];
}

interface Reference {
  kind: ReferenceKind;
  id: number;
  row: number;
}

/**
 * What the rows of an import refer to, held in place until its transaction ends: nobody deletes a company between the look whether it is
 * there and the row that names it. Each is looked at once.
 */
export class HeldReferences {
  private readonly held: Readonly<Record<ReferenceKind, Set<number>>> = { company: new Set(), partner: new Set(), product: new Set() };

  constructor(private readonly tx: ScopedTransaction) {}

  /** Holds what the rows newly refer to. The first reference to a row that is gone; null when all are there. */
  async firstGone(table: ImportTable, rows: readonly Referring[]): Promise<Reference | null> {
    const references = rows.flatMap((row) => newReferences(table, row));
    for (const kind of ['company', 'partner', 'product'] as const) {
      const unknown = new Set(references.flatMap((reference) => (reference.kind === kind && !this.held[kind].has(reference.id) ? [reference.id] : [])));
      if (unknown.size > 0) await this.hold(kind, [...unknown]);
    }
    return references.find(({ kind, id }) => !this.held[kind].has(id)) ?? null;
  }

  private async hold(kind: ReferenceKind, ids: readonly number[]): Promise<void> {
    const { tx } = this;
    const rows = await tx.read(sql`select r.id as id from ${tx.table(kind, 'r')} where r.id in (${join(padded(ids))}) ${tx.dialect.keepRows}`);
    for (const row of rows) this.held[kind].add(number(row, 'id'));
  }
}

/** What a row refers to that it did not before; companies that the import itself creates are not there yet. */
function newReferences(table: ImportTable, { row, from, to }: Referring): Reference[] {
  const indexes = from === null ? to.keys() : changedColumns(table, from, to);
  return [...indexes].flatMap((index) => {
    const [property, id] = [table.properties[index] ?? '', to[index]];
    if (id === null || id === undefined || !property.endsWith('Id') || Number(id) >= FIRST_NEW_ID) return [];
    return [{ kind: property.slice(0, -2) as ReferenceKind, id: Number(id), row }];
  });
}
