import { Kind, OperationTypeNode, parse, type DocumentNode } from 'graphql';
import type { Config } from '../../config.js';
import type { SavedQueryChartInput, SavedQueryView } from '../../graphql.generated.js';
import { checkText } from '../change/checks.js';
import { Faults } from '../change/refusal.js';
import type { SavedQueryRow } from './entity.js';

/** What people say of a query that they keep. */
export interface SavedQueryDraft {
  name: string | null;
  description: string | null;
  document: string | null;
  variables: string | null;
  shared: boolean | null;
  view: SavedQueryView | null;
  rows: string | null;
  chart: SavedQueryChartInput | null;
}

/** What the draft makes of a row. */
export type SavedQueryValues = Omit<SavedQueryRow, 'id' | 'ownerId' | 'createdAt' | 'changedAt'>;

/** The audit log keeps both states of a change in 64 kB each: four bytes for each of these characters fit. */
const MAX = { name: 100, description: 300, document: 10_000, variables: 4000, path: 200 };

/** The checked values. Throws Refusal with everything that is wrong. */
export function checkSavedQuery(draft: SavedQueryDraft, config: Pick<Config, 'MAX_QUERY_TOKENS'>): SavedQueryValues {
  const faults = new Faults();
  const optional = (field: string, label: string, value: string | null, maximum: number) =>
    (value === null || value.trim() === '' ? null : checkText(faults, field, label, value, maximum));
  const values = {
    name: checkText(faults, 'name', 'Name', draft.name, MAX.name),
    description: optional('description', 'The description', draft.description, MAX.description),
    document: checkText(faults, 'document', 'The query', draft.document, MAX.document),
    variables: optional('variables', 'The text of the variables', draft.variables, MAX.variables),
    shared: Number(draft.shared === true),
    view: draft.view ?? 'JSON',
    rowsPath: optional('rows', 'The path of the rows', draft.rows, MAX.path),
    chartJson: draft.chart === null ? null : checkChart(faults, draft.chart),
  };
  if (draft.shared === null) faults.add('shared', 'REQUIRED', 'Say whether the query is shared.');
  if (draft.view === null) faults.add('view', 'REQUIRED', 'Say how the result is shown.');
  if (!faults.errors.some(({ field }) => field.includes('document'))) checkDocument(faults, values.document, config);
  if (values.variables !== null && !isJsonObject(values.variables)) faults.add('variables', 'INVALID', 'The variables are the text of a JSON object, for example {"first": 10}.');
  faults.refuseIfAny();
  return values;
}

function checkChart(faults: Faults, { type, x, y, series = null }: SavedQueryChartInput): string {
  const within = new Faults(['input', 'chart']);
  const chart = {
    type,
    x: checkText(within, 'x', 'The column', x, MAX.path),
    y: checkText(within, 'y', 'The column', y, MAX.path),
    series: series === null ? null : checkText(within, 'series', 'The column', series, MAX.path),
  };
  faults.errors.push(...within.errors);
  return JSON.stringify(chart);
}

/** A query that changes something would do so by being opened, with the rights of whoever opens it. */
function checkDocument(faults: Faults, text: string, { MAX_QUERY_TOKENS }: Pick<Config, 'MAX_QUERY_TOKENS'>): void {
  const document = parsed(text, MAX_QUERY_TOKENS);
  if (typeof document === 'string') return faults.add('document', 'INVALID', `The query is not GraphQL: ${document}`);
  const operations = document.definitions.flatMap((node) => (node.kind === Kind.OPERATION_DEFINITION ? [node.operation] : []));
  const foreign = document.definitions.some(({ kind }) => kind !== Kind.OPERATION_DEFINITION && kind !== Kind.FRAGMENT_DEFINITION);
  if (operations.length === 0) faults.add('document', 'INVALID', 'The text holds no query.');
  else if (foreign || operations.some((operation) => operation !== OperationTypeNode.QUERY)) {
    faults.add('document', 'INVALID', 'Only queries and their fragments can be kept: what is opened must change nothing.');
  }
}

/** The document, or what is wrong with it; text that nests too deep for the parser's stack is no document either. */
function parsed(text: string, maxTokens: number): DocumentNode | string {
  try {
    return parse(text, { maxTokens });
  } catch (error) {
    return error instanceof Error && error.name === 'GraphQLError' ? error.message.slice(0, 200) : 'it nests too deep.';
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
