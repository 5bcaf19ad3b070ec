import { format } from '../../../ui/format';
import { isDay } from '../../../ui/filters/presets';
import { createReader } from '../../../ui/grid/editing/locale';
import type { Values } from '../../../ui/grid/editing/problems';
import { type CellEdit, type Option, unknownMark } from '../../../ui/grid/editing/types';

/** What ids are called, as far as anyone said. */
export type Names = Map<string, string>;

/** Lists that a column chooses from. */
export interface Lists {
  useOwners(search: string): ReturnType<NonNullable<CellEdit['useOptions']>>;
  useProducts(search: string): ReturnType<NonNullable<CellEdit['useOptions']>>;
}

const reader = createReader(format.locale);
const noEnd = /^(|no end|none|perpetual|lifetime|unlimited|9999-12-31|–|-)$/i;
const usualStatuses = ['Active', 'Inactive', 'Expired', 'Trial'];

const valueOf = (values: Values, field: string) => values[field] ?? '';
const dayShown = (value: string, none: string) => (value === '' ? none : isDay(value) ? format.date(value) : value);

/** Static choices, narrowed by what is typed. */
function choicesOf(group: string, items: readonly string[]): NonNullable<CellEdit['useOptions']> {
  return (search) => {
    const hits = items.filter((item) => item.toLowerCase().includes(search.toLowerCase()));
    return { groups: hits.length > 0 ? [{ group, items: hits.map((value) => ({ value, label: value })) }] : [], fetching: false };
  };
}

/** A reference: a name becomes an id where it is known, else it is marked as unknown and looked up. */
function reference(field: string, label: string, none: string, names: Names, useOptions: CellEdit['useOptions']): CellEdit {
  const named = (value: string) => (value.startsWith(unknownMark) ? value.slice(unknownMark.length) : names.get(value) ?? value);
  return {
    field, label, editor: 'list', ...(useOptions ? { useOptions } : {}),
    read: (text) => ({ [field]: text.trim() === '' ? '' : `${unknownMark}${text.trim()}` }),
    write: (values) => named(valueOf(values, field)),
    show: (values) => named(valueOf(values, field)) || none,
  };
}

function days(field: string, label: string, perpetual: boolean): CellEdit {
  return {
    field, label, editor: 'date',
    read: (text) => ({ [field]: perpetual && noEnd.test(text.trim()) ? '' : reader.day(text) ?? text.trim() }),
    write: (values) => valueOf(values, field),
    show: (values) => dayShown(valueOf(values, field), perpetual ? 'No end' : '–'),
  };
}

/** "49.90 EUR", "EUR 49.90", "49.90": an amount, with its currency when it says one. */
export function readAmount(text: string, currencies: readonly string[]): Values {
  const trimmed = text.trim();
  const code = /^([A-Z]{3})\s|\s([A-Z]{3})$/i.exec(trimmed);
  const currency = (code?.[1] ?? code?.[2] ?? '').toUpperCase();
  const rest = currencies.includes(currency) ? trimmed.replace(code?.[0] ?? '', '') : trimmed;
  const amount = reader.decimal(rest) ?? rest.trim();
  return rest === trimmed ? { unitCost: amount } : { unitCost: amount, currency };
}

function amountShown(values: Values): string {
  const amount = valueOf(values, 'unitCost');
  const currency = valueOf(values, 'currency');
  // A currency that is none can't be formatted, but what was typed is shown.
  return /^\d+(\.\d+)?$/.test(amount) && /^[A-Z]{3}$/.test(currency) ? format.money({ amount, currency }, { code: true }) : [amount, currency].filter(Boolean).join(' ') || '–';
}

/** How each column of a licence is edited, by the key of the column. */
export function licenceEdits(currencies: readonly string[], names: Names, lists: Lists): Record<string, CellEdit> {
  const status: CellEdit = {
    field: 'status', label: 'Typed status', editor: 'list', free: true, useOptions: choicesOf('Usual', usualStatuses),
    read: (text) => ({ status: text.trim() }), write: (values) => valueOf(values, 'status'), show: (values) => valueOf(values, 'status') || '–',
  };
  return {
    owner: reference('owner', 'Owner', 'No owner', names, lists.useOwners),
    product: reference('product', 'Product', '–', names, lists.useProducts),
    startDate: days('startDate', 'Start', false),
    endDate: days('endDate', 'End', true),
    seats: {
      field: 'seats', label: 'Seats', editor: 'text',
      read: (text) => ({ seats: reader.whole(text) ?? text.trim() }),
      write: (values) => valueOf(values, 'seats'),
      show: (values) => (/^\d{1,15}$/.test(valueOf(values, 'seats')) ? format.integer(Number(valueOf(values, 'seats'))) : valueOf(values, 'seats') || '–'),
    },
    unitCost: {
      field: 'unitCost', along: ['currency'], label: 'Unit cost', editor: 'money', units: currencies,
      read: (text) => readAmount(text, currencies),
      write: (values) => (/^\d+(\.\d+)?$/.test(valueOf(values, 'unitCost')) ? reader.writeDecimal(valueOf(values, 'unitCost')) : valueOf(values, 'unitCost')),
      show: amountShown,
    },
    currency: {
      field: 'currency', label: 'Currency', editor: 'list', useOptions: choicesOf('Currencies', currencies),
      read: (text) => ({ currency: text.trim().toUpperCase() }), write: (values) => valueOf(values, 'currency'), show: (values) => valueOf(values, 'currency') || '–',
    },
    status,
    typed: status,
  };
}

/** What a value is called from now on. */
export const learn = (names: Names, { value, label }: Option): void => {
  names.set(value, label);
};
