import { format } from '../../format';
import type { RowResult } from './types';

const count = (number: number, one: string, many: string) => `${format.integer(number)} ${number === 1 ? one : many}`;

/** "12 cells in 5 rows" */
export const extentWords = (cells: number, rows: number) => `${count(cells, 'cell', 'cells')} in ${count(rows, 'row', 'rows')}`;

/** How many rows, in words. */
export const rowWords = (rows: number) => count(rows, 'row', 'rows');

/** What a paste did, and what it could not. */
export function pastedWords(cells: number, readOnly: number, cutColumns: number): string {
  const left = [
    ...(readOnly > 0 ? [`${count(readOnly, 'cell', 'cells')} can’t be edited`] : []),
    ...(cutColumns > 0 ? [`${count(cutColumns, 'column', 'columns')} did not fit`] : []),
  ];
  return [`${count(cells, 'cell', 'cells')} pasted.`, ...(left.length > 0 ? [`Left out: ${left.join(', ')}.`] : [])].join(' ');
}

/** Why nothing was saved: each reason once, with how many rows it concerns. */
export function refusedWords(rows: readonly RowResult<unknown>[], total: number): string[] {
  const refused = rows.filter(({ refusals }) => refusals.length > 0);
  if (refused.length === 0) return [];
  const reasons = new Map<string, number>();
  for (const { refusals } of refused) {
    for (const message of new Set(refusals.map((one) => one.message))) reasons.set(message, (reasons.get(message) ?? 0) + 1);
  }
  const list = [...reasons].map(([message, times]) => (times > 1 ? `${message} (${count(times, 'row', 'rows')})` : message));
  return [`${format.integer(refused.length)} of ${count(total, 'row', 'rows')} can’t be saved. Nothing was saved. ${list.join(' ')}`];
}
