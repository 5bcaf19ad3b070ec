import sql, { join } from 'sql-template-tag';
import { number } from '../../../db/decode.js';
import { padded } from '../../../db/page.js';
import type { UpdateLicenseInput } from '../../../graphql.generated.js';
import { Faults } from '../../change/refusal.js';
import { decodeLicense, licenseColumns } from '../../license/columns.js';
import type { LicenseRow } from '../../license/entity.js';
import { checkDraft, checkUpdate, type LicenseDraft, type LicenseValues, type References as Known } from '../../license/rules.js';
import type { SourceRow } from '../reading/reading.js';
import { columnRole, FIRST_NEW_ID, type References } from '../references.js';
import { parseDate } from '../values/dates.js';
import { parseDecimal, parseInteger } from '../values/numbers.js';
import { parseText, trimmed } from '../values/text.js';
import type { FieldColumn } from '../cells.js';
import { differences, fieldOf, fields, inputs, type LicenseCells } from './license-cells.js';
import { StoredKeys } from './stored-keys.js';
import { sameValues, type Value } from './table.js';
import { importTables, licenseKey } from './tables.js';
import { cellOf, importCode, parseRowId, RowFaults, type Judge, type JudgeOptions, type Verdict } from './verdict.js';

const { values: valuesOf } = importTables.LICENSES;

/** A round as it is stored: decoded, and its columns as they stand there. */
interface Stored {
  license: LicenseRow;
  values: Value[];
}

/** Rows of licence rounds: by id, or by owner, product and first day. */
export class LicenseJudge implements Judge {
  private readonly columns: { [F in keyof LicenseCells]: FieldColumn<NonNullable<NonNullable<LicenseCells[F]>['value']>> | null };
  private readonly known: Known;
  private readonly stored: StoredKeys;

  constructor(private readonly options: JudgeOptions) {
    const { columns, references, newCompany } = options;
    this.stored = new StoredKeys(options.db);
    const find = (known: References, text: string, name: string) => known.find(trimmed(text), columnRole(name));
    this.columns = {
      id: columns.column('id', parseRowId),
      company: columns.column('company', (text, { name }) => {
        const found = find(references.company, text, name);
        const mayBeNew = newCompany !== null && 'code' in found && found.code === 'NOT_FOUND' && !(columnRole(name) === 'id' && /^\d+$/.test(trimmed(text)));
        return mayBeNew ? newCompany(trimmed(text)) : found;
      }),
      partner: columns.column('partner', (text, { name }) => find(references.partner, text, name)),
      product: columns.column('product', (text, { name }) => find(references.product, text, name)),
      startDate: columns.column('startDate', (text, { dateFormat }) => parseDate(text, dateFormat)),
      endDate: columns.column('endDate', (text, { dateFormat }) => parseDate(text, dateFormat)),
      seats: columns.column('seats', (text, { numberFormat }) => parseInteger(text, numberFormat)),
      unitCost: columns.column('unitCost', (text, { numberFormat }) => parseDecimal(text, numberFormat)),
      currency: columns.column('currency', parseText),
      status: columns.column('status', parseText),
    };
    this.known = { ...references, company: { has: (id) => id >= FIRST_NEW_ID || references.company.ids.has(id) }, partner: references.partner.ids, product: references.product.ids };
  }

  async judge(rows: readonly SourceRow[]): Promise<Verdict[]> {
    const read = rows.map(({ row, cells }) => ({ row, cells: this.cellsOf(cells) }));
    const byId = await this.readByIds(read.flatMap(({ cells }) => cells.id?.value ?? []));
    const byKey = await this.readByKeys(await this.stored.mayBeStored(read.flatMap(({ cells }) => (namesNoRow(cells) ? [cells] : [])), keyOf));
    return read.map(({ row, cells }) => this.verdict(row, cells, byId, byKey));
  }

  referencesOf(field: string): References | null {
    return field === 'company' || field === 'partner' || field === 'product' ? this.options.references[field] : null;
  }

  private cellsOf(texts: readonly string[]): LicenseCells {
    const { columns } = this;
    return {
      id: cellOf(columns.id, texts), company: cellOf(columns.company, texts), partner: cellOf(columns.partner, texts), product: cellOf(columns.product, texts),
      startDate: cellOf(columns.startDate, texts), endDate: cellOf(columns.endDate, texts), seats: cellOf(columns.seats, texts),
      unitCost: cellOf(columns.unitCost, texts), currency: cellOf(columns.currency, texts), status: cellOf(columns.status, texts),
    };
  }

  private async readByIds(ids: readonly number[]): Promise<Map<number, Stored>> {
    if (ids.length === 0) return new Map();
    const { db } = this.options;
    const rows = await db.read(sql`
      select ${licenseColumns} from ${db.table('license', 'x')} where x.id in (${join(padded(ids))})`);
    return new Map(rows.map((row) => [number(row, 'id'), { license: decodeLicense(row), values: valuesOf(row) }]));
  }

  /** The rounds that rows without ids may be about: by their owners' index, the rest is compared here. */
  private async readByKeys(rows: readonly LicenseCells[]): Promise<Map<string, Stored[]>> {
    const found = new Map<string, Stored[]>();
    for (const owner of ['company', 'partner'] as const) {
      const owned = rows.filter((cells) => cells[owner]?.value != null && Number(cells[owner].value) < FIRST_NEW_ID);
      const different = <T>(values: (T | null | undefined)[]) => [...new Set(values.filter((value) => value != null))];
      const [owners, products, days] = [
        different(owned.map((cells) => cells[owner]?.value)), different(owned.map(({ product }) => product?.value)), different(owned.map(({ startDate }) => startDate?.value)),
      ];
      if (owners.length === 0 || products.length === 0 || days.length === 0) continue;
      const { db } = this.options;
      const column = owner === 'company' ? sql`x.company_id` : sql`x.partner_id`;
      const stored = await db.read(sql`
        select ${licenseColumns} from ${db.table('license', 'x')}
        where ${column} in (${join(padded(owners))}) and x.product_code_id in (${join(padded(products))}) and x.start_date in (${join(paddedTexts(days))})`);
      for (const row of stored) {
        const license = decodeLicense(row);
        const key = licenseKey(license.companyId, license.partnerId, license.productId, license.startDate);
        const known = found.get(key);
        if (known === undefined) found.set(key, [{ license, values: valuesOf(row) }]);
        else known.push({ license, values: valuesOf(row) });
      }
    }
    return found;
  }

  private verdict(row: number, cells: LicenseCells, byId: ReadonlyMap<number, Stored>, byKey: ReadonlyMap<string, Stored[]>): Verdict {
    const faults = new RowFaults();
    faults.cell('id', cells.id);
    if (cells.id !== null && cells.id.value !== null) {
      const stored = byId.get(cells.id.value);
      if (stored !== undefined) return this.judgeKnown(row, cells, stored, faults);
      faults.add('id', cells.id.text, { code: 'NOT_FOUND', message: 'There is no licence with this id. Leave it empty to create one.' });
      return { row, faults: faults.faults };
    }
    const candidates = faults.faults.length > 0 ? [] : (byKey.get(keyOf(cells)) ?? []);
    const [only] = candidates;
    if (only === undefined) return this.judgeNew(row, cells, faults);
    if (candidates.length === 1) return this.judgeKnown(row, cells, only, faults);
    const equal = candidates.find((stored) => differences(cells, stored.license).length === 0);
    if (equal !== undefined) return { row, id: equal.license.id, before: equal.values, after: equal.values };
    const ids = candidates.slice(0, 5).map(({ license }) => license.id).join(', ');
    faults.add(null, null, { code: 'AMBIGUOUS', message: `Several licences of this owner and product begin on this day (ids ${ids}): give the id of the one that is meant.` });
    return { row, faults: faults.faults };
  }

  private judgeKnown(row: number, cells: LicenseCells, { license, values: before }: Stored, faults: RowFaults): Verdict {
    const changed = differences(cells, license);
    if (changed.length === 0) return { row, id: license.id, before, after: before };
    for (const field of changed) faults.cell(field, cells[field]);
    const given = Object.fromEntries(changed.map((field) => [inputs[field], cells[field]?.value ?? null])) as UpdateLicenseInput;
    const rules = new Faults([]);
    const values = checkUpdate(license, given, this.known, rules);
    this.addRuleFaults(faults, cells, rules);
    if (values === null || faults.faults.length > 0) return { row, faults: faults.faults };
    // The stored end stays as it is written unless the file gives another.
    const after = columnsOf(values, given.endDate === undefined ? storedEnd(before) : values.endDate);
    return { row, id: license.id, before, after: sameValues(importTables.LICENSES, before, after) ? before : after };
  }

  private judgeNew(row: number, cells: LicenseCells, faults: RowFaults): Verdict {
    for (const field of fields) faults.cell(field, cells[field]);
    const draft: LicenseDraft = {
      companyId: cells.company?.value, partnerId: cells.partner?.value, productId: cells.product?.value, startDate: cells.startDate?.value,
      endDate: cells.endDate?.value, seats: cells.seats?.value, unitCost: cells.unitCost?.value, currency: cells.currency?.value?.trim(),
      status: cells.status?.value,
    };
    const rules = new Faults([]);
    const values = checkDraft(draft, this.known, rules);
    this.addRuleFaults(faults, cells, rules);
    if (values === null || faults.faults.length > 0) return { row, faults: faults.faults };
    return { row, id: null, before: null, after: columnsOf(values, values.endDate) };
  }

  private addRuleFaults(faults: RowFaults, cells: LicenseCells, rules: Faults): void {
    for (const { field: [name = ''], code, message } of rules.errors) {
      const field = fieldOf.get(name) ?? null;
      // An owner that cannot be found is there all the same, and no other is missing.
      if ((field === 'company' || field === 'partner') && faults.blames('company', 'partner')) continue;
      const column = field === null ? null : this.options.columns.nameOf(field);
      faults.add(column === null ? null : field, field === null ? null : (cells[field]?.text ?? null), { code: importCode(code), message });
    }
  }
}

function namesNoRow({ id }: LicenseCells): boolean {
  return id === null || (id.value === null && id.fault === null);
}

function keyOf({ company, partner, product, startDate }: LicenseCells): string {
  return licenseKey(company?.value, partner?.value, product?.value, startDate?.value);
}

/** The last day as it is written in the table. */
function storedEnd([, , , , endDate = null]: readonly Value[]): string | null {
  return endDate as string | null;
}

function columnsOf(values: LicenseValues, endDate: string | null): Value[] {
  const { companyId, partnerId, productId, startDate, seats, unitCost, totalCost, currency, status } = values;
  return [companyId, partnerId, productId, startDate, endDate, seats, unitCost, totalCost, currency, status];
}

function paddedTexts(texts: readonly string[]): string[] {
  const length = 2 ** Math.ceil(Math.log2(Math.max(texts.length, 1)));
  return [...texts, ...Array<string>(length - texts.length).fill(texts.at(-1) ?? '')];
}
