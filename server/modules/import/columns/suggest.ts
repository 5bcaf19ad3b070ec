import { distance } from 'fastest-levenshtein';
import type { ImportSubject } from '../../../graphql.generated.js';
import type { FieldDefinition } from '../fields/field.js';
import { fieldsOf } from '../fields/index.js';
import { parseDate } from '../values/dates.js';
import { isBlank } from '../values/text.js';
import { withFormats, type DeclaredFormats } from './formats.js';
import { columnNames, comparable } from './names.js';
import type { ColumnPlan } from './plan.js';

const SAMPLES = 3;
const SAMPLE_CHARACTERS = 200;
/** Shorter names with a wrong letter are too often other words. */
const SHORTEST_MISTYPED = 6;

/**
 * What the columns of a file may mean, by their names, and how their dates and numbers are written, by the first rows. A column
 * whose name says nothing fills no field.
 */
export function suggestColumns(subject: ImportSubject, header: readonly string[], sample: readonly (readonly string[])[]): ColumnPlan[] {
  const names = columnNames(header);
  const fields = fieldsOf(subject);
  const fieldAt = assigned(fields, header);
  const declared = ownExport(subject, header, sample);
  return names.map((name, index) => {
    const field = fieldAt.get(index);
    const texts = sample.map((cells) => cells[index] ?? '');
    const plan: ColumnPlan = {
      index, name, samples: firstDifferent(texts), field: field?.name ?? null, suggested: field !== undefined,
      dateFormat: null, numberFormat: null, ambiguous: false,
    };
    return withFormats(plan, field?.kind ?? null, texts, declared);
  });
}

/** Fields by the position of the column that fills them: of several that could, the one whose name the field prefers. */
function assigned(fields: readonly FieldDefinition[], header: readonly string[]): Map<number, FieldDefinition> {
  const names = header.map(comparable);
  const taken = new Map<number, FieldDefinition>();
  const left = fields.filter((field) => {
    const index = firstOf(field.aliases, (alias) => names.findIndex((name, at) => name === alias && !taken.has(at)));
    if (index >= 0) taken.set(index, field);
    return index < 0;
  });
  for (const field of left) {
    const index = firstOf(field.aliases, (alias) => names.findIndex((name, at) => mistyped(name, alias) && !taken.has(at)));
    if (index >= 0) taken.set(index, field);
  }
  return taken;
}

function firstOf(aliases: readonly string[], find: (alias: string) => number): number {
  for (const alias of aliases) {
    const index = find(comparable(alias));
    if (index >= 0) return index;
  }
  return -1;
}

function mistyped(name: string, alias: string): boolean {
  return alias.length >= SHORTEST_MISTYPED && Math.abs(name.length - alias.length) <= 1 && distance(name, alias) === 1;
}

/** The columns that nobody but our own export names so. */
const ownColumns: Readonly<Record<ImportSubject, readonly string[]>> = {
  LICENSES: ['id', 'company_id', 'partner_id', 'product_code', 'start_date', 'end_date', 'seats', 'unit_cost', 'total_cost', 'annual_value', 'lifecycle_status'],
  COMPANIES: ['id', 'name', 'active', 'partner_id'],
  PARTNERS: ['id', 'name'],
};

/** The formats of our own export, unless a spreadsheet has written it anew: then its dates are written otherwise. */
function ownExport(subject: ImportSubject, header: readonly string[], sample: readonly (readonly string[])[]): DeclaredFormats | undefined {
  if (!ownColumns[subject].every((name) => header.includes(name))) return undefined;
  const days = ['start_date', 'end_date'].map((name) => header.indexOf(name)).filter((index) => index >= 0);
  const untouched = sample.every((cells) => days.every((index) => isBlank(cells[index] ?? '') || 'value' in parseDate(cells[index] ?? '', 'YMD')));
  return untouched ? { date: 'YMD', number: 'POINT' } : undefined;
}

function firstDifferent(texts: readonly string[]): string[] {
  const different = new Set<string>();
  for (const text of texts) {
    if (!isBlank(text)) different.add(text.slice(0, SAMPLE_CHARACTERS).trim());
    if (different.size === SAMPLES) break;
  }
  return [...different];
}
