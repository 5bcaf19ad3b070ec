/** Named ranges of days; stored by name, so that a shared link moves with the calendar. */
export const presetNames = ['month', 'last30', 'last90', 'quarter', 'last12m', 'year'] as const;

export type Preset = (typeof presetNames)[number];

/** A range of days as chosen: by name, or by its ends. */
export type DateChoice = { preset: Preset } | { from: string | null; to: string | null };

/** Both ends included; null is open. */
export interface Days {
  from: string | null;
  to: string | null;
}

export const presetWords: Record<Preset, string> = {
  month: 'This month',
  last30: 'Last 30 days',
  last90: 'Last 90 days',
  quarter: 'This quarter',
  last12m: 'Last 12 months',
  year: 'This year',
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** True for a real calendar day; the 31st of February is none. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function utc(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
}

/** The days of a choice, seen from asOf. Days are counted in UTC, where none is 23 hours long. */
export function daysOf(choice: DateChoice, asOf: string): Days {
  if (!('preset' in choice)) return choice;
  const [year = 0, month = 1, day = 1] = asOf.split('-').map(Number);
  const m = month - 1;
  const quarter = m - (m % 3);
  switch (choice.preset) {
    case 'month':
      return { from: utc(year, m, 1), to: utc(year, m + 1, 0) };
    case 'last30':
      return { from: utc(year, m, day - 29), to: asOf };
    case 'last90':
      return { from: utc(year, m, day - 89), to: asOf };
    case 'quarter':
      return { from: utc(year, quarter, 1), to: utc(year, quarter + 3, 0) };
    case 'last12m':
      return { from: utc(year - 1, m, day + 1), to: asOf };
    case 'year':
      return { from: utc(year, 0, 1), to: utc(year, 11, 31) };
  }
}

/** Reads `last90`, `2026-01-01..2026-03-31`, `2026-01-01..`; null for anything else. */
export function parseDates(text: string): DateChoice | null {
  const preset = presetNames.find((name) => name === text);
  if (preset) return { preset };
  const parts = text.split('..');
  if (parts.length !== 2) return null;
  const [from, to] = parts.map((part) => (part === '' ? null : part));
  if (from === undefined || to === undefined || (from === null && to === null)) return null;
  if ((from !== null && !isDay(from)) || (to !== null && !isDay(to))) return null;
  return from !== null && to !== null && from > to ? null : { from, to };
}

/** Writes what parseDates reads. */
export function serializeDates(choice: DateChoice): string {
  return 'preset' in choice ? choice.preset : `${choice.from ?? ''}..${choice.to ?? ''}`;
}
