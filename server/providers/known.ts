import sql, { raw, type Sql } from 'sql-template-tag';
import type { Database } from '../db/database.js';
import { instantOrNull, number, text, textOrNull } from '../db/decode.js';
import type { Row } from '../db/dialect/dialect.js';
import { tableReference } from '../db/tables.js';
import { storedInstant } from './mirror-rows.js';
import type { KnownLicense, KnownLicenses } from './provider.js';

/** Where a reading of the known keys stands: those named by trials come first, since nothing is known of them yet. */
interface Position {
  /** When the reading began: what was fetched since is not read again. */
  began: string;
  phase: 'named' | 'mirrored';
  /** Of the last key of the phase: when it was fetched, and the key. */
  fetchedAt: string;
  key: string;
}

/** The keys of a provider in the mirror, and those that trials name as their premium licence, from the tables. */
export function knownLicenses(database: Database): KnownLicenses {
  return {
    async next(provider, cursor, limit) {
      const position = cursor === null ? beginning() : parse(cursor);
      const named = position.phase === 'named' ? await namedByTrials(database, position, limit) : [];
      const rest = limit - named.length;
      const from = named.length === 0 && position.phase === 'named' ? { ...position, phase: 'mirrored' as const, fetchedAt: '', key: '' } : position;
      if (named.length > 0) {
        return { licenses: named.map(licenseOf), cursor: JSON.stringify({ ...position, key: text(named.at(-1) ?? {}, 'license_key') }), total: await countOf(database, provider) };
      }
      const mirrored = await stalest(database, provider, from, rest);
      const last = mirrored.at(-1);
      const next = last === undefined || mirrored.length < rest ? null : { ...from, fetchedAt: fetched(last), key: text(last, 'license_key') };
      return { licenses: mirrored.map(licenseOf), cursor: next && JSON.stringify(next), total: await countOf(database, provider) };
    },
  };
}

function beginning(): Position {
  return { began: storedInstant(new Date()), phase: 'named', fetchedAt: '', key: '' };
}

function parse(cursor: string): Position {
  return JSON.parse(cursor) as Position;
}

function stalest(database: Database, provider: string, { began, fetchedAt, key }: Position, limit: number): Promise<Row[]> {
  const after = fetchedAt === '' ? raw('1 = 1') : sql`(x.fetched_at > ${fetchedAt} or (x.fetched_at = ${fetchedAt} and x.license_key > ${key}))`;
  return database.read(sql`
    select x.license_key as license_key, x.product_slug as product_slug, x.site_url as site_url, x.fetched_at as fetched_at
    from sw_external_licenses x where x.provider = ${provider} and x.fetched_at < ${began} and ${after}
    order by x.fetched_at, x.license_key limit ${raw(String(limit))}`);
}

/** Each key once, with its product and the site of one of its trials. Keys of other providers are theirs. */
function namedByTrials(database: Database, { key }: Position, limit: number): Promise<Row[]> {
  const trials = tableReference(database.tables.trial);
  return database.read(sql`
    select t.premium_license_id as license_key, lower(max(t.product_slug)) as product_slug, max(t.site_url) as site_url, null as fetched_at
    from ${trials} t
    where t.premium_license_id > ${key} and not exists (select 1 from sw_external_licenses x where x.license_key = ${database.dialect.neutralText(raw('t.premium_license_id'))})
    group by t.premium_license_id order by t.premium_license_id limit ${raw(String(limit))}`);
}

async function countOf(database: Database, provider: string): Promise<number> {
  const trials = tableReference(database.tables.trial);
  const count = async (statement: Sql) => number((await database.read(statement))[0] ?? { n: 0 }, 'n');
  return (
    (await count(sql`select count(*) as n from sw_external_licenses x where x.provider = ${provider}`)) +
    (await count(sql`
      select count(distinct t.premium_license_id) as n from ${trials} t
      where t.premium_license_id > '' and not exists (select 1 from sw_external_licenses x where x.license_key = ${database.dialect.neutralText(raw('t.premium_license_id'))})`))
  );
}

function fetched(row: Row): string {
  return storedInstant(instantOrNull(row['fetched_at']) ?? new Date(0));
}

function licenseOf(row: Row): KnownLicense {
  return { licenseKey: text(row, 'license_key').trim(), productSlug: textOrNull(row, 'product_slug'), siteUrl: textOrNull(row, 'site_url') };
}
