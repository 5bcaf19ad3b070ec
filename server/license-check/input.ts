import { z } from 'zod';
import type { UserError, UserErrorCode } from '../graphql.generated.js';
import { hostOf } from '../reports/shapes/host.js';

const MAX_KEY = 255;
const MAX_SLUG = 255;
const MAX_ADDRESS = 2048;
/** Width of the columns that keep addresses. */
const STORED_ADDRESS = 500;
/** Names, and IPv4 addresses; the rule that tells sites apart cannot read `[::1]`. */
const HOST = /^[\p{L}\p{N}\p{M}._-]{1,253}$/u;
/** Control characters and halves of surrogate pairs: no database compares them reliably. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;

/** A check whose words can be looked up. */
export interface CheckInput {
  licenseKey: string;
  /** Host of the site by the rule that tells sites apart. */
  host: string;
  /** The address as it is kept: without query and fragment. */
  siteUrl: string;
  /** In lower case. */
  productSlug: string;
  /** Key, host and product in one text: checks with the same ask the same. */
  identity: string;
}

export type ParsedInput = { input: CheckInput; userErrors: null } | { input: null; userErrors: UserError[] };

const text = (limit: number) =>
  z
    .string({ error: ({ input }) => (input === undefined || input === null ? 'REQUIRED' : 'INVALID') })
    .trim()
    .min(1, { error: 'REQUIRED', abort: true })
    .max(limit, { error: 'TOO_LONG', abort: true })
    .refine((value) => !UNPRINTABLE.test(value), { error: 'INVALID', abort: true });

const shape = z.object({
  licenseKey: text(MAX_KEY),
  siteUrl: text(MAX_ADDRESS).transform(addressOf).refine((address) => address !== null, { error: 'INVALID' }),
  productSlug: text(MAX_SLUG).toLowerCase(),
});

const limits: Record<string, number> = { licenseKey: MAX_KEY, siteUrl: MAX_ADDRESS, productSlug: MAX_SLUG };

/** Reads what a site sent, whatever that is. Every fault is told at once. */
export function parseInput(given: unknown): ParsedInput {
  const { data, error } = shape.safeParse(given);
  if (data?.siteUrl) {
    const { licenseKey, productSlug, siteUrl: { host, siteUrl } } = data;
    return { input: { licenseKey, host, siteUrl, productSlug, identity: `${licenseKey}\n${host}\n${productSlug}` }, userErrors: null };
  }
  const faults = error?.issues.map(({ path: [field], message }) => userError(field?.toString() ?? null, message as UserErrorCode)) ?? [];
  return { input: null, userErrors: faults };
}

function userError(field: string | null, code: UserErrorCode): UserError {
  if (field === null) return { field: ['input'], code: 'INVALID', message: 'Send an object with licenseKey, siteUrl and productSlug.' };
  return { field: ['input', field], code, message: `${field}: ${messages[code]?.(field) ?? 'is not allowed'}.` };
}

const messages: Partial<Record<UserErrorCode, (field: string) => string>> = {
  REQUIRED: () => 'a text is required',
  TOO_LONG: (field) => `at most ${limits[field]} characters`,
  INVALID: (field) => (field === 'siteUrl' ? 'give an address such as https://shop.example.com, or a bare host' : 'give a text without control characters'),
};

/** Host and address of a site; null unless it is http, https or a bare host, without a name or password in it. */
function addressOf(address: string): { host: string; siteUrl: string } | null {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(address);
  const absolute = hasScheme ? address : `http://${address}`;
  if (!URL.canParse(absolute)) return null;
  const { protocol, username, password } = new URL(absolute);
  const host = hostOf(address);
  if ((protocol !== 'http:' && protocol !== 'https:') || username !== '' || password !== '' || !HOST.test(host)) return null;
  return { host, siteUrl: (address.split(/[?#]/, 1)[0] ?? host).slice(0, STORED_ADDRESS) };
}
