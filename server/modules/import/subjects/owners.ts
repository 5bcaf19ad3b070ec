import sql, { join } from 'sql-template-tag';
import { number } from '../../../db/decode.js';
import { padded } from '../../../db/page.js';
import type { ImportSubject } from '../../../graphql.generated.js';
import { checkText } from '../../change/checks.js';
import { Faults } from '../../change/refusal.js';
import type { Cell, FieldColumn } from '../cells.js';
import type { SourceRow } from '../reading/reading.js';
import { columnRole, type References } from '../references.js';
import { parseBoolean } from '../values/boolean.js';
import { parseText, trimmed } from '../values/text.js';
import { changedColumns, type ImportTable, type Value } from './table.js';
import { importTables } from './tables.js';
import { cellOf, importCode, parseRowId, RowFaults, saysText, type Judge, type JudgeOptions, type Verdict } from './verdict.js';

const IDS_AT_ONCE = 1000;
const MAX_NAME_LENGTH = 255;

interface Cells {
  id: Cell<number> | null;
  name: Cell<string> | null;
  active: Cell<boolean> | null;
  partner: Cell<number> | null;
}

interface Stored {
  id: number;
  values: Value[];
}

/** Rows of companies or partners: by id, or by exact name. */
export class OwnerJudge implements Judge {
  private readonly table: ImportTable;
  private readonly all: References;
  private readonly columns: { [F in keyof Cells]: FieldColumn<NonNullable<NonNullable<Cells[F]>['value']>> | null };

  constructor(
    subject: Exclude<ImportSubject, 'LICENSES'>,
    private readonly options: JudgeOptions,
  ) {
    const { columns, references } = options;
    this.table = importTables[subject];
    this.all = references[subject === 'COMPANIES' ? 'company' : 'partner'];
    this.columns = {
      id: columns.column('id', parseRowId),
      name: columns.column('name', parseText),
      active: subject === 'COMPANIES' ? columns.column('active', parseBoolean) : null,
      partner: subject === 'COMPANIES' ? columns.column('partner', (text, { name }) => references.partner.find(trimmed(text), columnRole(name))) : null,
    };
  }

  async judge(rows: readonly SourceRow[]): Promise<Verdict[]> {
    const read = rows.map(({ row, cells }) => ({ row, cells: this.cellsOf(cells) }));
    const wanted = new Set(read.flatMap(({ cells }) => this.candidates(cells)));
    const stored = await this.readByIds([...wanted]);
    return read.map(({ row, cells }) => this.verdict(row, cells, stored));
  }

  referencesOf(field: string): References | null {
    return field === 'partner' ? this.options.references.partner : null;
  }

  private cellsOf(texts: readonly string[]): Cells {
    const { id, name, active, partner } = this.columns;
    return { id: cellOf(id, texts), name: cellOf(name, texts), active: cellOf(active, texts), partner: cellOf(partner, texts) };
  }

  /** Ids of the stored rows that a row may be about. */
  private candidates({ id, name }: Cells): readonly number[] {
    if (id !== null && id.value !== null) return this.all.ids.has(id.value) ? [id.value] : [];
    return id?.fault == null && name?.value != null ? this.all.named(name.value.trim()) : [];
  }

  private async readByIds(ids: readonly number[]): Promise<Map<number, Stored>> {
    const { db } = this.options;
    const stored = new Map<number, Stored>();
    // Many may have one name, and a statement takes only so many parameters.
    for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
      const rows = await db.read(sql`
        select ${this.table.select} from ${db.table(this.table.table, 'x')} where x.id in (${join(padded(ids.slice(from, from + IDS_AT_ONCE)))})`);
      for (const row of rows) stored.set(number(row, 'id'), { id: number(row, 'id'), values: this.table.values(row) });
    }
    return stored;
  }

  private verdict(row: number, cells: Cells, stored: ReadonlyMap<number, Stored>): Verdict {
    const faults = new RowFaults();
    faults.cell('id', cells.id);
    if (faults.faults.length > 0) return { row, faults: faults.faults };
    const candidates = this.candidates(cells).flatMap((id) => stored.get(id) ?? []);
    const [only] = candidates;
    if (only === undefined && cells.id !== null && cells.id.value !== null) {
      faults.add('id', cells.id.text, { code: 'NOT_FOUND', message: `There is no ${this.table.label} with this id. Leave it empty to create one.` });
      return { row, faults: faults.faults };
    }
    if (candidates.length <= 1) return this.judged(row, cells, only ?? null, faults);
    const equal = candidates.find(({ values }) => this.isSaid(cells, values));
    if (equal !== undefined) return { row, id: equal.id, before: equal.values, after: equal.values };
    const ids = candidates.slice(0, 5).map(({ id }) => id).join(', ');
    faults.add('name', cells.name?.text ?? null, { code: 'AMBIGUOUS', message: `Several ${this.table.labels} have this name (ids ${ids}): give the id of the one that is meant.` });
    return { row, faults: faults.faults };
  }

  /** What is stored is not judged: only what the row would make of it. */
  private judged(row: number, cells: Cells, stored: Stored | null, faults: RowFaults): Verdict {
    if (stored !== null && this.isSaid(cells, stored.values)) return { row, id: stored.id, before: stored.values, after: stored.values };
    for (const field of ['name', 'active', 'partner'] as const) faults.cell(field, cells[field]);
    const [name = '', active = 1, partnerId = null] = stored?.values ?? [];
    const rules = new Faults([]);
    const wanted = cells.name === null || (stored !== null && saysText(cells.name, String(name))) ? String(name) : checkText(rules, 'name', 'Name', cells.name.value, MAX_NAME_LENGTH);
    for (const { code, message } of rules.errors) faults.add('name', cells.name?.text ?? null, { code: importCode(code), message });
    if (faults.faults.length > 0) return { row, faults: faults.faults };
    // A blank cell leaves the flag as it is; a new company is active.
    const after = [wanted, cells.active?.value == null ? active : Number(cells.active.value), cells.partner === null ? partnerId : cells.partner.value].slice(0, this.table.columns.length);
    if (stored === null) return { row, id: null, before: null, after };
    return { row, id: stored.id, before: stored.values, after: changedColumns(this.table, stored.values, after).length === 0 ? stored.values : after };
  }

  /** True when every cell says what is stored. */
  private isSaid(cells: Cells, [name, active, partnerId = null]: readonly Value[]): boolean {
    return (
      (cells.name === null || saysText(cells.name, String(name))) &&
      (cells.active === null || (cells.active.fault === null && (cells.active.value === null || Number(cells.active.value) === active))) &&
      (cells.partner === null || (cells.partner.fault === null ? cells.partner.value === partnerId : cells.partner.said.trim() === String(partnerId)))
    );
  }
}
