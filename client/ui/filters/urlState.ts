import {
  createParser,
  createSerializer,
  type inferParserType,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs';

import type { LicenseSource, LifecycleStatus } from '../../api/generated/graphql';
import { isDay, parseDates, serializeDates } from './presets';

/** Every derived status, in the order people meet them. */
export const lifecycleStatuses = [
  'ACTIVE',
  'EXPIRES_TODAY',
  'IN_GRACE',
  'SCHEDULED',
  'PERPETUAL',
  'EXPIRED',
  'INVALID',
] as const satisfies readonly LifecycleStatus[];

/** Where licences stand, in the order people meet them. */
export const licenseSources = ['PORTAL', 'TRIAL', 'EXTERNAL'] as const satisfies readonly LicenseSource[];

const ids = parseAsArrayOf(parseAsString).withDefault([]);

const parseAsDates = createParser({
  parse: parseDates,
  serialize: serializeDates,
  eq: (a, b) => serializeDates(a) === serializeDates(b),
});

/** A length of the activity window that the API accepts. */
const parseAsWindow = createParser({
  parse: (text) => {
    const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
    return days >= 1 && days <= 3660 ? days : null;
  },
  serialize: String,
});

const parseAsCurrency = createParser({
  parse: (text) => (/^[A-Z]{3}$/.test(text) ? text : null),
  serialize: String,
});

/** The filters of a page as they stand in the URL. Short keys, defaults left out. */
export const filterParsers = {
  dates: parseAsDates,
  partner: ids,
  company: ids,
  product: ids,
  status: parseAsArrayOf(parseAsStringLiteral(lifecycleStatuses)).withDefault([]),
  currency: parseAsArrayOf(parseAsCurrency).withDefault([]),
  window: parseAsWindow,
  source: parseAsArrayOf(parseAsStringLiteral(licenseSources)).withDefault([]),
  slug: ids,
  q: parseAsString.withDefault(''),
};

/** The filters of a page, typed. */
export type Filters = inferParserType<typeof filterParsers>;

export type FilterKey = keyof Filters;

/** No filter set. */
export const noFilters: Filters = {
  dates: null,
  partner: [],
  company: [],
  product: [],
  status: [],
  currency: [],
  window: null,
  source: [],
  slug: [],
  q: '',
};

/** A calendar day in the URL. */
export const parseAsDay = createParser({ parse: (text) => (isDay(text) ? text : null), serialize: String });

/** The day that figures speak of; absent: today in the installation's time zone. */
export const asOfParser = { asOf: parseAsDay };

/** Writes filters and asOf as a query string, `?` included. */
export const serializeFilters = createSerializer({ ...filterParsers, ...asOfParser });
