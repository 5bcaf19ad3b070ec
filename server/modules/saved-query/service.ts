import { seesEverything } from '../../auth/row-scope.js';
import type { Context } from '../../context.js';
import type { SavedQueryChanges, SavedQueryChart, SaveQueryInput } from '../../graphql.generated.js';
import { create, remove, update, type Outcome, type Subject } from '../change/change.js';
import { Refusal } from '../change/refusal.js';
import { checkSavedQuery, type SavedQueryDraft } from './check.js';
import { SAVED_QUERY, type SavedQueryRow } from './entity.js';
import { countOwn, savedQueryById } from './store.js';

const MAX_OWN = 200;

/** Kept queries as a kind of row that can be changed: those that the viewer sees. */
export function savedQuerySubject(context: Context): Subject<SavedQueryRow> {
  return {
    entity: SAVED_QUERY,
    label: 'kept query',
    columns: ({ id, ownerId, name, description, document, variables, shared, view, rowsPath, chartJson }) => ({
      id, name, description, document, variables, shared: shared === 1, view, rows: rowsPath, chart: chartJson, ownerId,
    }),
    lock: (tx, id) => savedQueryById(tx, context.signedIn().accountId, id, true),
  };
}

type Key = { id: number; etag: string };

/** True when the viewer may change and delete the query: its owner and administrators. */
export function mayChange(context: Context, { ownerId }: SavedQueryRow): boolean {
  const { accountId, permissions } = context.signedIn();
  return ownerId === accountId || permissions.has('MANAGE_ACCOUNTS');
}

export function saveQuery(context: Context, input: SaveQueryInput): Promise<Outcome<SavedQueryRow>> {
  return create(context, savedQuerySubject(context), async (tx) => {
    const { accountId, scope } = context.signedIn();
    // Queries may name rows in their texts, so the table belongs to those who see everything.
    if (!seesEverything(scope)) throw new Refusal([{ field: [], code: 'INVALID', message: 'A token that is confined to some rows keeps no queries.' }]);
    const values = checkSavedQuery({
      name: input.name, document: input.document, description: input.description ?? null, variables: input.variables ?? null,
      shared: input.shared ?? false, view: input.view ?? 'JSON', rows: input.rows ?? null, chart: input.chart ?? null,
    }, context.config);
    if (await countOwn(tx, accountId) >= MAX_OWN) {
      throw new Refusal([{ field: [], code: 'INVALID', message: `One account keeps at most ${MAX_OWN} queries. Delete one first.` }]);
    }
    return { ...values, ownerId: accountId, createdAt: context.now, changedAt: context.now };
  });
}

export function updateSavedQuery(context: Context, key: Key, input: SavedQueryChanges): Promise<Outcome<SavedQueryRow>> {
  return update(context, savedQuerySubject(context), key, async (_tx, row) => {
    refuseStrangers(context, row);
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Partial<SavedQueryDraft>;
    const values = checkSavedQuery({ ...draftOf(row), ...given }, context.config);
    const differs = (Object.keys(values) as (keyof typeof values)[]).some((column) => values[column] !== row[column]);
    return differs ? { ...values, changedAt: context.now } : {};
  });
}

export function deleteSavedQuery(context: Context, key: Key): Promise<Outcome<SavedQueryRow>> {
  return remove(context, savedQuerySubject(context), key, async (_tx, row) => refuseStrangers(context, row));
}

/** The chart of a row. */
export function chartOf({ chartJson }: SavedQueryRow): SavedQueryChart | null {
  return chartJson === null ? null : (JSON.parse(chartJson) as SavedQueryChart);
}

function draftOf(row: SavedQueryRow): SavedQueryDraft {
  const { name, description, document, variables, view } = row;
  return { name, description, document, variables, view, shared: row.shared === 1, rows: row.rowsPath, chart: chartOf(row) };
}

function refuseStrangers(context: Context, row: SavedQueryRow): void {
  if (mayChange(context, row)) return;
  throw new Refusal([{ field: ['id'], code: 'INVALID', message: 'Only its owner and administrators may change a shared query. Keep it as one of your own.' }]);
}
