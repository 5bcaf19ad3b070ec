import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';

import type { AuditAction, AuditChannel, AuditFilter } from '../../api/generated/graphql';
import { daysOf } from '../../ui/filters/presets';
import { filterParsers } from '../../ui/filters/urlState';

export const actions = ['CREATE', 'UPDATE', 'DELETE', 'RESTORE', 'LOAD', 'SYNC'] as const satisfies readonly AuditAction[];
export const channels = ['FORM', 'GRID', 'IMPORT', 'QUALITY', 'HISTORY', 'API', 'SYSTEM'] as const satisfies readonly AuditChannel[];

const parsers = {
  by: parseAsString.withDefault(''),
  kind: parseAsArrayOf(parseAsString).withDefault([]),
  id: parseAsString.withDefault(''),
  done: parseAsArrayOf(parseAsStringLiteral(actions)).withDefault([]),
  via: parseAsArrayOf(parseAsStringLiteral(channels)).withDefault([]),
  dates: filterParsers.dates,
  import: parseAsString.withDefault(''),
  restorable: parseAsBoolean.withDefault(false),
};

/** The filters of the history as they stand in the URL, and how to change them; null clears all. */
export const useHistoryFilters = () => useQueryStates(parsers, { history: 'push' });

export type HistoryFilters = ReturnType<typeof useHistoryFilters>[0];
/** A change of some filters; null clears one. */
export type HistoryFilterChange = { [K in keyof HistoryFilters]?: HistoryFilters[K] | null };

const isId = (text: string) => /^[1-9]\d{0,8}$/.test(text);

/** The filters as the API takes them; undefined when none is set. An id counts for one kind only, and an import is a number. */
export function toAuditFilter({ by, kind, id, done, via, dates, import: importId, restorable }: HistoryFilters, today: string): AuditFilter | undefined {
  const days = dates ? daysOf(dates, today) : null;
  const filter: AuditFilter = {
    ...(by ? { by } : {}),
    ...(kind.length > 0 ? { entities: kind } : {}),
    ...(id && kind.length === 1 ? { entityId: id } : {}),
    ...(done.length > 0 ? { actions: done } : {}),
    ...(via.length > 0 ? { channels: via } : {}),
    ...(days?.from ? { from: days.from } : {}),
    ...(days?.to ? { to: days.to } : {}),
    ...(isId(importId) ? { importId } : {}),
    ...(restorable ? { restorable } : {}),
  };
  return Object.keys(filter).length > 0 ? filter : undefined;
}
