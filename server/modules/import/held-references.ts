import sql, { join } from 'sql-template-tag';
import { number } from '../../db/decode.js';
import { padded } from '../../db/page.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import { FIRST_NEW_ID, type ReferenceKind } from './references.js';
import type { ImportTable, Value } from './subjects/table.js';

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
    const fresh: Reference[] = [];
    for (const [index, kind] of referringColumns(table)) {
      for (const { row, from, to } of rows) {
        const id = to[index] ?? null;
        // Companies that the import itself creates are not there yet.
        if (id === null || id === from?.[index] || Number(id) >= FIRST_NEW_ID || this.held[kind].has(Number(id))) continue;
        fresh.push({ kind, id: Number(id), row });
      }
    }
    for (const kind of ['company', 'partner', 'product'] as const) {
      const ids = new Set(fresh.flatMap((reference) => (reference.kind === kind ? [reference.id] : [])));
      if (ids.size > 0) await this.hold(kind, [...ids]);
    }
    return fresh.find(({ kind, id }) => !this.held[kind].has(id)) ?? null;
  }

  private async hold(kind: ReferenceKind, ids: readonly number[]): Promise<void> {
    const { tx } = this;
    const rows = await tx.read(sql`select r.id as id from ${tx.table(kind, 'r')} where r.id in (${join(padded(ids))}) ${tx.dialect.keepRows}`);
    for (const row of rows) this.held[kind].add(number(row, 'id'));
  }
}

/** Which columns of a table refer to other rows, and to what. */
function referringColumns({ properties }: ImportTable): [index: number, kind: ReferenceKind][] {
  return properties.flatMap((property, index) => (property.endsWith('Id') ? [[index, property.slice(0, -2) as ReferenceKind]] : []));
}
