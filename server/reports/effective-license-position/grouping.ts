import sql, { empty, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import type { LicenseSource, PositionGrouping } from '../../graphql.generated.js';
import { idOffsets, type UnifiedColumn } from '../../modules/unified/columns.js';
import { hostSql } from '../../modules/unified/host.js';

/** Licences of a source that stand in lines of the grouping. */
export interface LicensePart {
  /** What licences `k` are grouped on before their sources meet. */
  key: Sql;
  /** On `k`. */
  where: Sql;
  /** False where hardly two licences fall into one group: they are added up where the sources meet. */
  summed: boolean;
}

/** What a line stands for. */
export interface Grouping {
  /** Of a licence `k`; null: none of the source stand in these lines. */
  ofLicense: (source: LicenseSource) => LicensePart | null;
  /** Columns of the relation that `ofLicense` reads. */
  columns: readonly UnifiedColumn[];
  /** Of users `u` counted by owner_id and product_key; null: none stand in these lines. */
  ofUsers: Sql | null;
  /** A line is told by one of its licences, by its id over all sources: `s.licence_id`. */
  toldByLicense: boolean;
  /** Where groups `g` meet, each with its `g.part`: joins, and what a line is grouped on there, `s.part`. */
  joins: Sql;
  part: Sql;
  /** Over a line `s`: its key, its name and what else it is known by, with the joins that they need. */
  key: Sql;
  name: Sql;
  known: Partial<Record<KnownBy, Sql>>;
  nameJoins: Sql;
}

export const knownBy = ['company_id', 'partner_id', 'host', 'product_key', 'source'] as const;
type KnownBy = (typeof knownBy)[number];

/** The groupings of the report; their lines lie side by side. */
export function groupingsOf(context: Context, by: PositionGrouping): readonly [Grouping, ...Grouping[]] {
  switch (by) {
    case 'OWNER':
      return [owners(context), sites(context)];
    case 'PARTNER':
      return [partners(context)];
    case 'PRODUCT':
      return [products(context)];
    case 'SOURCE':
      return [sources(context)];
  }
}

const plain = { toldByLicense: false, joins: empty, part: raw('g.part'), known: {}, nameJoins: empty };

/** An owner in one number, that of a partner below zero: half the time of two columns, one of them null. */
const ownerOf = (alias: string): Sql => raw(`case when ${alias}.company_id is not null then ${alias}.company_id else -${alias}.partner_id end`);

/** Companies and partners. */
function owners({ db }: Context): Grouping {
  const { dialect } = db;
  const named = (prefix: string, id: string): Sql => dialect.neutralExactText(dialect.concat([raw(`'${prefix}'`), raw(id)]));
  const owned = raw('k.company_id is not null or k.partner_id is not null');
  return {
    ...plain,
    // Rounds are many to an owner, external licences few.
    ofLicense: (source) => (source === 'TRIAL' ? null : { key: ownerOf('k'), where: source === 'PORTAL' ? raw('1 = 1') : owned, summed: source === 'PORTAL' }),
    columns: ['company_id', 'partner_id'],
    ofUsers: raw('u.owner_id'),
    key: sql`case when s.part < 0 then ${named('p:', '-s.part')} else ${named('c:', 's.part')} end`,
    name: sql`coalesce(${dialect.neutralText(raw('nc.company_name'))}, ${dialect.neutralText(raw('np.partner_name'))}, ${dialect.neutralText(named('#', 'abs(s.part)'))})`,
    known: { company_id: raw('case when s.part >= 0 then s.part end'), partner_id: raw('case when s.part < 0 then -s.part end') },
    nameJoins: sql`left join ${db.table('company', 'nc')} on nc.id = s.part left join ${db.table('partner', 'np')} on np.id = -s.part`,
  };
}

/**
 * Sites of licences that nobody owns, by the digest of their host: hosts themselves make tables of a thousand bytes a row,
 * which MariaDB puts on disk.
 */
function sites({ db }: Context): Grouping {
  const { dialect } = db;
  const digest = dialect.shortKey(dialect.neutralExactText(raw(`coalesce(k.site_host, '')`)));
  const host = sql`case when nx.id is not null then ${dialect.neutralExactText(raw('nx.site_host'))} else ${dialect.neutralExactText(hostSql(dialect, raw('nt.site_url')))} end`;
  return {
    ...plain,
    ofLicense: (source) => (source === 'PORTAL' ? null : { key: digest, where: raw('k.company_id is null and k.partner_id is null'), summed: false }),
    columns: ['id', 'company_id', 'partner_id', 'site_host'],
    ofUsers: null,
    toldByLicense: true,
    key: dialect.neutralExactText(dialect.concat([raw(`'s:'`), sql`coalesce(${host}, '')`])),
    name: dialect.neutralText(host),
    known: { host },
    nameJoins: sql`left join ${db.table('externalLicense', 'nx')} on nx.id = s.licence_id - ${raw(String(idOffsets.EXTERNAL))}
      left join ${db.table('trial', 'nt')} on nt.id = s.licence_id - ${raw(String(idOffsets.TRIAL))}`,
  };
}

/** A reseller stands with its companies as far as the viewer may see it. */
function partners({ db }: Context): Grouping {
  return {
    ...plain,
    ofLicense: (source) => whole(source === 'TRIAL' ? raw('null') : ownerOf('k')),
    columns: ['company_id', 'partner_id'],
    ofUsers: raw('u.owner_id'),
    joins: sql`left join ${db.table('company', 'gc')} on gc.id = g.part
      left join ${db.table('partner', 'gp')} on gp.id = case when g.part < 0 then -g.part else gc.partner_id end`,
    part: raw('gp.id'),
    key: sql`case when s.part is null then 'p:' else ${db.dialect.concat([raw(`'p:'`), raw('s.part')])} end`,
    name: raw('np.partner_name'),
    known: { partner_id: raw('s.part') },
    nameJoins: sql`left join ${db.table('partner', 'np')} on np.id = s.part`,
  };
}

function products({ db: { dialect } }: Context): Grouping {
  return {
    ...plain,
    ofLicense: () => whole(dialect.neutralExactText(raw(`coalesce(k.product_key, '')`))),
    columns: ['product_key'],
    ofUsers: raw('u.product_key'),
    key: dialect.concat([raw(`'d:'`), raw(`coalesce(s.part, '')`)]),
    // Not nullif: over a column of a derived table it crashes MariaDB 10.11 when a statement runs again.
    name: raw(`case when s.part <> '' then s.part end`),
    known: { product_key: raw('s.part') },
  };
}

function sources({ db: { dialect } }: Context): Grouping {
  return {
    ...plain,
    ofLicense: (source) => whole(raw(`'${source}'`)),
    columns: [],
    ofUsers: raw(`'PORTAL'`),
    key: raw('s.part'),
    name: dialect.neutralText(raw('s.part')),
    known: { source: raw('s.part') },
  };
}

function whole(key: Sql): LicensePart {
  return { key, where: raw('1 = 1'), summed: true };
}
