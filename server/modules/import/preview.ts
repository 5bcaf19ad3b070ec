import { changesOf, type FieldChange } from '../audit/fields.js';
import type { CheckResult } from './job.js';
import { FIRST_NEW_ID } from './references.js';
import { recorded, type ImportTable, type StagedRow } from './subjects/table.js';

/** What would become of a row, field by field, as the history will show it. `nameOf`: the name of a company that is to be created. */
export function previewOf(table: ImportTable, { row, id, before, after }: StagedRow, nameOf: (standIn: number) => string | null): CheckResult['preview'][number] {
  const changes = changesOf({
    entity: table.entity, before: before === null ? null : recorded(table, id ?? 0, before), after: recorded(table, id ?? 0, after),
  });
  return { row, targetId: id === null ? null : String(id), changes: changes.map((change) => named(change, nameOf)) };
}

/** A company that is to be created has no id yet, but a name. */
function named(change: FieldChange, nameOf: (standIn: number) => string | null): FieldChange {
  if (change.field !== 'companyId' || Number(change.after ?? 0) < FIRST_NEW_ID) return change;
  return { ...change, after: nameOf(Number(change.after)), refersTo: null };
}
