import type { Format } from '../format';
import { sourceWord, statusWord } from '../words';
import type { FilterNames } from './names';
import { daysOf, presetWords } from './presets';
import type { FilterKey, Filters } from './urlState';

/** What each filter is called on its chip. */
export const filterLabel: Record<FilterKey, string> = {
  dates: 'Dates',
  partner: 'Partner',
  company: 'Company',
  product: 'Product',
  status: 'Status',
  currency: 'Currency',
  window: 'Activity',
  source: 'Source',
  slug: 'Product',
  q: 'Search',
};

/** A chip's value in words; null when the filter is not set. `unknown` marks ids that nothing answers to. */
export interface ChipText {
  value: string;
  unknown: boolean;
}

function list(words: string[]): string {
  const [first = ''] = words;
  return words.length > 1 ? `${first} +${words.length - 1}` : first;
}

function names(kind: keyof FilterNames, ids: string[], known: FilterNames | undefined): ChipText {
  if (!known) return { value: ids.length > 1 ? `${ids.length} selected` : '…', unknown: false };
  const unknown = ids.filter((id) => !known[kind].has(id)).map((id) => `unknown ${kind} ${id}`);
  const found = ids.flatMap((id) => known[kind].get(id) ?? []);
  return { value: list([...unknown, ...found]), unknown: unknown.length > 0 };
}

/** The value of one filter as its chip says it. */
export function chipText(
  key: FilterKey,
  filters: Filters,
  known: FilterNames | undefined,
  asOf: string,
  format: Format,
): ChipText | null {
  const plain = (value: string): ChipText => ({ value, unknown: false });
  switch (key) {
    case 'dates': {
      if (!filters.dates) return null;
      const { from, to } = daysOf(filters.dates, asOf);
      const range = format.range(from, to);
      return plain('preset' in filters.dates ? `${presetWords[filters.dates.preset]} · ${range}` : range);
    }
    case 'partner':
    case 'company':
    case 'product':
      return filters[key].length > 0 ? names(key, filters[key], known) : null;
    case 'status':
      return filters.status.length > 0 ? plain(list(filters.status.map((status) => statusWord[status]))) : null;
    case 'source':
      return filters.source.length > 0 ? plain(list(filters.source.map((source) => sourceWord[source]))) : null;
    case 'slug':
      return filters.slug.length > 0 ? plain(list(filters.slug)) : null;
    case 'currency':
      return filters.currency.length > 0 ? plain(list(filters.currency)) : null;
    case 'window':
      return filters.window === null ? null : plain(`last ${format.days(filters.window)}`);
    case 'q':
      return filters.q === '' ? null : plain(`“${filters.q}”`);
  }
}
