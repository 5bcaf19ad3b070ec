import { decimal, minorFromFloat, moneyFromMinor } from '../../reports/shapes/money.js';
import type { AuditEntryRow, RecordedState } from './entry.js';

/** Kinds of rows that fields refer to. */
export type ReferredKind = 'company' | 'partner' | 'product';

/** One field before and after, as texts. */
export interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
  /** What the texts are ids of; null: they are no ids. */
  refersTo: ReferredKind | null;
}

/** How a recorded column reads in the API, where it is not simply its value under its name. */
interface FieldRule {
  name?: string;
  show?: (value: unknown, state: RecordedState) => string | null;
  refersTo?: ReferredKind;
}

const flag: FieldRule = { show: (value) => (value === null ? null : String(value === true || value === 1)) };
const price: FieldRule = { show: (value, { currency }) => storedAmount(value, currency) };

/** Fields that mean the same wherever they occur. */
const common: Readonly<Record<string, FieldRule>> = {
  companyId: { refersTo: 'company' }, partnerId: { refersTo: 'partner' }, productId: { refersTo: 'product' }, active: flag, disabled: flag,
};

/** Fields of one kind of thing. To show a column otherwise, add a line here. */
const rules: Readonly<Record<string, Readonly<Record<string, FieldRule>>>> = {
  License: { unitCost: price, totalCost: price },
  Price: { amountMinor: { name: 'amount', show: (value, { currency }) => moneyFromMinor(String(value), String(currency)).amount } },
};

/** Never shown, whoever records them. */
const secret = /(?:password|secret|token)(?:hash)?$/i;

/** True for a field that holds a password, a token or a digest of one. */
export function isSecretField(field: string): boolean {
  return secret.test(field);
}

/** The fields that an entry changed, in the order of the columns; the identity stands on the entry itself. */
export function changesOf({ entity, before, after }: Pick<AuditEntryRow, 'entity' | 'before' | 'after'>): FieldChange[] {
  const columns = new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})]);
  return [...columns].filter((column) => column !== 'id' && !isSecretField(column)).flatMap((column): FieldChange[] => {
    if (JSON.stringify(before?.[column]) === JSON.stringify(after?.[column])) return [];
    const rule = rules[entity]?.[column] ?? common[column] ?? {};
    const [was, is] = [shown(rule, before, column), shown(rule, after, column)];
    return was === is ? [] : [{ field: rule.name ?? column, before: was, after: is, refersTo: rule.refersTo ?? null }];
  });
}

function shown({ show }: FieldRule, state: RecordedState | null, column: string): string | null {
  const value = state?.[column];
  if (state === null || value === null || value === undefined) return null;
  return show === undefined ? plain(value) : show(value, state);
}

/** Numbers in full, without an exponent; lists and objects as JSON. */
function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? decimal(value).toFixed() : JSON.stringify(value);
}

/** Significant digits that a FLOAT column holds. */
const FLOAT_DIGITS = 7;

/** An amount of a FLOAT column with the decimals of its currency; of an unknown currency as far as the column is exact. */
function storedAmount(value: unknown, currency: unknown): string {
  const minor = minorFromFloat(Number(value), String(currency));
  return minor === null ? decimal(Number(value)).toSignificantDigits(FLOAT_DIGITS).toFixed() : moneyFromMinor(minor, String(currency)).amount;
}
