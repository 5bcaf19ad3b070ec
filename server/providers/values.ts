import { z } from 'zod';
import { decimal, decimalsOf, isKnownCurrency } from '../reports/shapes/money.js';
import { dayOf } from '../reports/shapes/days.js';
import { hostOf } from '../reports/shapes/host.js';
import type { Site } from './provider.js';

/** Values as providers write them, each checked and brought into our own terms. A wrong one is an issue of its row. */

const MOST_INT = 2_147_483_647;
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** Null, absent and blank are all nothing. */
const blankIsNull = (value: unknown): unknown => (value === undefined || (typeof value === 'string' && value.trim() === '') ? null : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsNull, schema.nullable());
const textLike = z.union([z.string(), z.number().transform(String)]);

/** Printable ASCII without blanks: databases that fold letters would take other keys for equal. */
export const licenseKey = z.string().trim().regex(/^[\x21-\x7e]{1,255}$/, 'is no licence key');

/** A text of up to so many characters. */
export const shortText = (most: number) =>
  optional(textLike.pipe(z.string().trim().max(most).refine((text) => !UNSTORABLE.test(text), 'holds a character that cannot be stored')));

/** A product slug in lower case. */
export const slug = shortText(255).transform((text) => text?.toLowerCase() ?? null);

/** A whole number from 0, also as text. */
export const count = optional(z.union([z.number(), z.string().trim().regex(/^\d{1,10}$/).transform(Number)]).pipe(z.number().int().min(0).max(MOST_INT)));

/** The id of a company or a partner. */
export const ownerId = count.refine((id) => id !== 0, 'is no id');

/** An activation limit: a number, or the word `unlimited`. */
export const limit = z.union([
  z.literal('unlimited').transform(() => ({ limit: null, unlimited: true })),
  count.transform((value) => ({ limit: value, unlimited: false })),
]);

const DAY = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

function isDay(day: string): boolean {
  return day >= '1970-01-01' && !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
}

/** An instant of a text with or without a zone, UTC where there is none; null when it is no instant. */
function instantOf(text: string): Date | null {
  const [, day = '', time = '00:00:00', zone = 'Z'] = DAY.exec(text) ?? [];
  const instant = isDay(day) ? new Date(`${day}T${time}${zone.toUpperCase()}`) : null;
  return instant === null || Number.isNaN(instant.getTime()) ? null : instant;
}

/**
 * A calendar day. A time without a zone is the provider's own clock and says nothing of the day; an instant with a zone is
 * the day it falls on in ours.
 */
export const day = (timeZone: string) =>
  z.string().trim().transform((text, context) => {
    const [, date = '', , zone] = DAY.exec(text) ?? [];
    const instant = instantOf(text);
    if (instant !== null) return zone === undefined ? date : dayOf(instant, timeZone);
    context.addIssue({ code: 'custom', message: 'is no date' });
    return z.NEVER;
  });

/** A day that may be unknown. WordPress writes zeros for none. */
export const optionalDay = (timeZone: string) => z.preprocess(zerosAreNull, day(timeZone).nullable());

const FOREVER = '9999-12-31';

/** The last day of a licence; null: no end. Absent is a fault: it must not make a licence perpetual. */
export const lastDay = (timeZone: string) =>
  z.preprocess((value) => (value === undefined ? undefined : zerosAreNull(value)), z.union([z.literal('lifetime').transform(() => null), day(timeZone), z.null()]))
    .transform((value) => (value !== null && value >= FOREVER ? null : value));

function zerosAreNull(value: unknown): unknown {
  if (typeof value === 'string' && value.trim().startsWith('0000-00-00')) return null;
  return typeof value === 'string' && value.trim().toLowerCase() === 'lifetime' ? 'lifetime' : blankIsNull(value);
}

/** An ISO instant. */
export const instant = z.preprocess(
  zerosAreNull,
  z.string().trim().transform((text, context) => {
    const found = instantOf(text);
    if (found !== null) return found.toISOString();
    context.addIssue({ code: 'custom', message: 'is no instant' });
    return z.NEVER;
  }).nullable(),
);

/** A currency code in upper case, known or not. */
export const currency = optional(z.string().trim().toUpperCase().regex(/^[A-Z]{3}$/, 'is no currency code'));

/** A price in major units. */
export const price = optional(
  z.union([z.number().min(0).transform(String), z.string().trim()]).pipe(z.string().regex(/^\d{1,13}(\.\d{1,10})?$/, 'is no price')),
);

/** A price in minor units of its currency; null when the currency is unknown, since then its decimals are. */
export function minorUnits(amount: string | null, code: string | null): number | null {
  if (amount === null || code === null || !isKnownCurrency(code)) return null;
  return decimal(amount).times(decimal(10).pow(decimalsOf(code))).toDecimalPlaces(0).toNumber();
}

const intervalWords: Readonly<Record<string, number | null>> = {
  month: 1, monthly: 1, quarter: 3, quarterly: 3, 'half-year': 6, 'half-yearly': 6, semiannual: 6, year: 12, yearly: 12, annual: 12, annually: 12,
  lifetime: null, once: null, 'one-time': null, onetime: null,
};

/** Months of a billing interval, as a number or a word; null: not billed again. */
export const interval = optional(
  z.union([
    z.number(),
    z.string().trim().regex(/^\d{1,4}$/).transform(Number),
    z.string().trim().toLowerCase().refine((word) => Object.hasOwn(intervalWords, word), 'is no billing interval').transform((word) => intervalWords[word] ?? null),
  ]).pipe(z.number().int().min(1).max(1200).nullable()),
);

/** Yes or no in the usual spellings. */
export const flag = optional(
  z.union([
    z.boolean(),
    z.union([z.literal(1), z.literal('1'), z.literal('true'), z.literal('yes'), z.literal('on')]).transform(() => true),
    z.union([z.literal(0), z.literal('0'), z.literal('false'), z.literal('no'), z.literal('off')]).transform(() => false),
  ]),
);

const address = z.string().trim().max(500).refine((url) => !UNSTORABLE.test(url) && hostOf(url).length <= 255, 'is no site address');

/** The site of a row, or its sites as a list. */
export const addresses = z.preprocess(blankIsNull, z.union([address.transform((url) => [url]), z.array(address), z.null().transform(() => [])]));

/** Sites by their addresses, each host once; what has no host is no site. The check-in of a row is that of its site when it has one. */
export function sitesOf(urls: readonly string[], lastCheckedInAt: string | null): Site[] {
  const sites = new Map<string, Site>();
  for (const url of urls) {
    const host = hostOf(url);
    if (host !== '' && !sites.has(host)) sites.set(host, { url, host, lastCheckedInAt: urls.length === 1 ? lastCheckedInAt : null });
  }
  return [...sites.values()];
}

/** States in which a licence does not run, whatever its dates. */
const SWITCHED_OFF = new Set(['disabled', 'refunded', 'revoked', 'suspended', 'invalid', 'blocked', 'deleted', 'fraud', 'chargeback']);

/** False when the provider's state switches a licence off. */
export function isEnabled(status: string | null): boolean {
  return status === null || !SWITCHED_OFF.has(status.toLowerCase());
}

/** The first thing that is wrong with a row, by field; the value is not repeated. */
export function reasonOf(error: z.ZodError, names: Readonly<Record<string, string>> = {}): string {
  const [issue] = error.issues;
  const field = String(issue?.path[0] ?? '');
  const words = issue?.code === 'custom' || (issue?.code === 'invalid_format' && !issue.message.startsWith('Invalid')) ? issue.message : 'is not what it should be';
  return field === '' ? 'is no object' : `${names[field] ?? field} ${words}`;
}
