import type { AuditAction, AuditChannel } from '../../api/generated/graphql';
import { isDay } from '../../ui/filters/presets';
import { format } from '../../ui/format';
import type { Change, Entry } from './queries';

/** What was done, in words. */
export const actionWord: Record<AuditAction, string> = {
  CREATE: 'Created', UPDATE: 'Changed', DELETE: 'Deleted', RESTORE: 'Restored', LOAD: 'Loaded', SYNC: 'Synchronised',
};

/** Through what it was done, in words. */
export const channelWord: Record<AuditChannel, string> = {
  FORM: 'Form', GRID: 'Grid', IMPORT: 'Import', QUALITY: 'Data quality', HISTORY: 'History', API: 'API', SYSTEM: 'Seatwise',
};

/** Kinds of things that changes are of, in words; in the order that people meet them. */
export const kindWord: Readonly<Record<string, string>> = {
  License: 'Licence', Company: 'Company', Partner: 'Partner', Product: 'Product', Account: 'Account', ApiToken: 'API token', EmbedToken: 'Embed token', Session: 'Session', Import: 'Import',
  ImportMapping: 'Import mapping', Price: 'Price', ExchangeRate: 'Exchange rate', Provider: 'Provider',
};

export const kindOf = ({ entity }: { entity: string }): string => kindWord[entity] ?? entity;

const fieldNames: Readonly<Record<string, string>> = {
  companyId: 'Company', partnerId: 'Partner', productId: 'Product', startDate: 'Start', endDate: 'End', seats: 'Seats', unitCost: 'Unit cost',
  totalCost: 'Total as stored', status: 'Typed status', email: 'E-mail', credentialsChangedAt: 'Password last set', sha256: 'SHA-256 of the file',
};

/** A field in words: its own, or its name taken apart. */
export function fieldWord(field: string): string {
  const known = fieldNames[field];
  if (known) return known;
  const words = field.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const flags: Readonly<Record<string, string>> = { true: 'yes', false: 'no' };

/** A value in words: the name of what it refers to, a day as days are written, else the value itself. */
export function valueWord(value: string | null | undefined, label: string | null | undefined): string {
  if (value == null) return '–';
  return label ?? flags[value] ?? (isDay(value) ? format.date(value) : value);
}

/** One field in a line: "Seats 3 → 4". */
export function changeWords({ field, before, after, beforeLabel, afterLabel }: Change): string {
  return `${fieldWord(field)} ${valueWord(before, beforeLabel)} → ${valueWord(after, afterLabel)}`;
}

/** One field for files: values as stored. */
export const changeForFile = ({ field, before, after }: Change): string => `${field}: ${before ?? ''} → ${after ?? ''}`;

/** Lists and objects are too long for a line. */
const isLong = ({ before, after }: Change) => [before, after].some((value) => value != null && (value.length > 60 || value.startsWith('[') || value.startsWith('{')));

/** The changed fields in a line, as many as fit. */
export function summary({ action, changes }: Entry): string {
  if (action !== 'UPDATE') return '';
  const shown = changes.filter((change) => !isLong(change)).slice(0, 2);
  const rest = changes.length - shown.length;
  return [...shown.map(changeWords), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}

/** Where the thing has a page of its own. */
export function thingHref({ entity, entityId }: { entity: string; entityId: string }): string | undefined {
  const id = encodeURIComponent(entityId);
  switch (entity) {
    case 'License': return `/licences/${id}`;
    case 'Company': return `/companies/${id}`;
    case 'Partner': return `/partners/${id}`;
    case 'Import': return `/imports/${id}`;
    default: return undefined;
  }
}

/** What a change is about: its name, else its id. */
export const thingName = ({ label, entityId }: Entry): string => label ?? entityId;

/** Who did it: the account's name, its address when it is gone, else Seatwise. */
export const whoWord = ({ by, byName }: Pick<Entry, 'by' | 'byName'>): string => byName ?? by ?? 'Seatwise';
