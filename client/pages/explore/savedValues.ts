import type { SavedQueryChanges, SaveQueryInput, SavedQueryView } from '../../api/generated/graphql';
import type { ChartChoice } from './axes';
import { plain, type Presentation, savedPresentation } from './presentation';
import type { SavedQuery } from './queries';

/** A kept query as texts, as forms compare it. */
export type SavedValues = Record<'name' | 'description' | 'shared' | 'document' | 'variables' | 'view' | 'rows' | 'chart', string>;

/** What stands in the editors and how its result is shown. */
export interface Draft {
  document: string;
  variables: string;
  shown: Presentation;
}

const chartText = (chart: ChartChoice | null) => (chart === null ? '' : JSON.stringify(chart));

/** A kept query as texts. */
export function valuesOfSaved(saved: SavedQuery): SavedValues {
  const { view, rows, chart } = savedPresentation(saved);
  return {
    name: saved.name, description: saved.description ?? '', shared: String(saved.shared), document: saved.document, variables: saved.variables ?? '',
    view, rows: rows ?? '', chart: chartText(chart),
  };
}

/** The part of the texts that the editors and the result say. */
export function valuesOfDraft({ document, variables, shown }: Draft): Pick<SavedValues, 'document' | 'variables' | 'view' | 'rows' | 'chart'> {
  return { document: document.trim(), variables: variables.trim(), view: shown.view, rows: shown.rows ?? '', chart: chartText(shown.chart) };
}

/** The texts as the editors and the result take them. */
export function draftOf({ document, variables, view, rows, chart }: SavedValues): Draft {
  return {
    document, variables,
    shown: { view: view === '' ? plain.view : (view as SavedQueryView), rows: rows === '' ? null : rows, chart: chart === '' ? null : (JSON.parse(chart) as ChartChoice) },
  };
}

/** Whether the editors or the result say something else than the kept query. */
export function differs(saved: SavedQuery, draft: Draft): boolean {
  const kept = valuesOfSaved(saved);
  return Object.entries(valuesOfDraft(draft)).some(([field, value]) => kept[field as keyof SavedValues] !== value);
}

/** A new query to keep. */
export function saveInput(values: SavedValues): SaveQueryInput {
  const { shown } = draftOf(values);
  return {
    name: values.name, document: values.document, description: values.description === '' ? null : values.description,
    variables: values.variables === '' ? null : values.variables, shared: values.shared === 'true', ...shown,
  };
}

/** The changed fields of a kept query. */
export function savedChanges(values: SavedValues, changed: readonly (keyof SavedValues)[]): SavedQueryChanges {
  const all = saveInput(values);
  return Object.fromEntries(changed.map((field) => [field, all[field]]));
}

/** What is wrong with a form that is about to be sent. */
export function validateSaved({ name, document }: SavedValues): Partial<SavedValues> {
  return {
    ...(name.trim() === '' ? { name: 'Give the query a name.' } : {}),
    ...(document.trim() === '' ? { document: 'There is no query in the editor.' } : {}),
  };
}

const words: Record<keyof SavedValues, string> = {
  name: 'Name', description: 'Description', shared: 'Shared', document: 'The query', variables: 'Variables', view: 'Shown as', rows: 'Rows', chart: 'Chart',
};

/** A field in words. */
export const savedFieldWord = (field: string): string => words[field as keyof SavedValues] ?? field;

/** A value as people read it; texts of many lines by their beginning. */
export function savedFieldShown(field: string, value: string): string {
  if (value === '') return 'nothing';
  if (field === 'shared') return value === 'true' ? 'yes' : 'no';
  if (field === 'chart') {
    const { type, x, y } = JSON.parse(value) as ChartChoice;
    return `${type.toLowerCase()} of ${y} by ${x}`;
  }
  return value.length > 80 ? `${value.slice(0, 80)}…` : value;
}
