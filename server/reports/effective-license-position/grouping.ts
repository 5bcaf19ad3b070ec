import sql, { empty, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import type { LicenseSource, PositionGrouping } from '../../graphql.generated.js';
import { idOffsets, type UnifiedColumn } from '../../modules/unified/columns.js';
import { hostSql } from '../../modules/unified/host.js';

/**
 * What licences and users are grouped on before their sources meet. `site` is the digest of a host: hosts themselves make
 * tables of a thousand bytes a row, which MariaDB puts on disk (totals of 600,000 licences: 5.0 s instead of 6.8 s).
 */
export const groupColumns = ['company_id', 'partner_id', 'site', 'product_key', 'source'] as const;
type GroupColumn = (typeof groupColumns)[number];

/** Expressions of the columns that a source is grouped on; the others are null there. */
export type GroupedBy = Partial<Record<GroupColumn, Sql>>;

/** Licences of a source that are grouped alike. */
export interface LicensePart {
  by: GroupedBy;
  /** On `k`. */
  where: Sql;
  /** False where hardly two licences fall into one group: they are added up where the sources meet. */
  summed: boolean;
  /** A licence of the group that tells its host, by its id over all sources. */
  siteId?: Sql;
}

/** What a line stands for. */
export interface Grouping {
  /** Of a licence `k`, for each part of a source that is added up by itself. */
  ofLicense: (source: LicenseSource) => readonly LicensePart[];
  /** Columns of the relation that `ofLicense` reads. */
  columns: readonly UnifiedColumn[];
  /** Of users `u` counted by company_id, partner_id and product_key. */
  ofUsers: GroupedBy;
  /** Where groups `g` meet: joins, and what a line is grouped on there. */
  joins: Sql;
  line: GroupedBy;
  /** Over a line `s`: its key, its name and the host of its site, with the joins that they need. */
  key: Sql;
  name: Sql;
  host: Sql;
  nameJoins: Sql;
}

/** The groupings of the report. */
export function groupingOf({ db }: Context, by: PositionGrouping): Grouping {
  const { dialect } = db;
  const asKey = (prefix: string, value: Sql): Sql => dialect.concat([raw(`'${prefix}'`), value]);
  const plain = (...names: GroupColumn[]): GroupedBy => Object.fromEntries(names.map((name) => [name, raw(`g.${name}`)]));
  const owner: GroupedBy = { company_id: raw('k.company_id'), partner_id: raw('case when k.company_id is null then k.partner_id end') };
  const ownerOfUsers: GroupedBy = { company_id: raw('u.company_id'), partner_id: raw('u.partner_id') };
  const none = { joins: empty, nameJoins: empty, ofUsers: {}, columns: [], host: raw('null') };
  switch (by) {
    case 'OWNER': {
      const site = dialect.shortKey(dialect.neutralExactText(raw(`coalesce(k.site_host, '')`)));
      const host = sql`case when nx.id is not null then ${dialect.neutralExactText(raw('nx.site_host'))} else ${dialect.neutralExactText(hostSql(dialect, raw('nt.site_url')))} end`;
      const owned = raw('k.company_id is not null or k.partner_id is not null');
      const sites: LicensePart = { by: { site }, where: raw('k.company_id is null and k.partner_id is null'), summed: false, siteId: raw('k.id') };
      return {
        ofLicense: (source) => (source === 'TRIAL' ? [sites] : [{ by: owner, where: source === 'PORTAL' ? raw('1 = 1') : owned, summed: true }, ...(source === 'PORTAL' ? [] : [sites])]),
        columns: ['id', 'company_id', 'partner_id', 'site_host'],
        ofUsers: ownerOfUsers,
        joins: empty,
        line: plain('company_id', 'partner_id', 'site'),
        key: sql`case when s.company_id is not null then ${asKey('c:', raw('s.company_id'))}
          when s.partner_id is not null then ${asKey('p:', raw('s.partner_id'))} else ${asKey('s:', sql`coalesce(${host}, '')`)} end`,
        name: sql`coalesce(${dialect.neutralText(raw('nc.company_name'))}, ${dialect.neutralText(raw('np.partner_name'))},
          ${asKey('#', raw('coalesce(s.company_id, s.partner_id)'))}, ${dialect.neutralText(host)})`,
        host,
        // A site is told by one of its licences: see site_id.
        nameJoins: sql`left join ${db.table('company', 'nc')} on nc.id = s.company_id left join ${db.table('partner', 'np')} on np.id = s.partner_id
          left join ${db.table('externalLicense', 'nx')} on nx.id = s.site_id - ${raw(String(idOffsets.EXTERNAL))}
          left join ${db.table('trial', 'nt')} on nt.id = s.site_id - ${raw(String(idOffsets.TRIAL))}`,
      };
    }
    case 'PARTNER':
      return {
        ofLicense: (source) => [whole(source === 'TRIAL' ? {} : owner)],
        columns: ['company_id', 'partner_id'],
        ofUsers: ownerOfUsers,
        // A reseller stands with its companies as far as the viewer may see it.
        joins: sql`left join ${db.table('company', 'gc')} on gc.id = g.company_id
          left join ${db.table('partner', 'gp')} on gp.id = case when g.company_id is null then g.partner_id else gc.partner_id end`,
        line: { partner_id: raw('gp.id') },
        key: sql`case when s.partner_id is null then 'p:' else ${asKey('p:', raw('s.partner_id'))} end`,
        name: raw('np.partner_name'),
        host: raw('null'),
        nameJoins: sql`left join ${db.table('partner', 'np')} on np.id = s.partner_id`,
      };
    case 'PRODUCT':
      return {
        ...none,
        ofLicense: () => [whole({ product_key: dialect.neutralExactText(raw(`coalesce(k.product_key, '')`)) })],
        columns: ['product_key'],
        ofUsers: { product_key: raw('u.product_key') },
        line: plain('product_key'),
        key: asKey('d:', raw(`coalesce(s.product_key, '')`)),
        name: raw(`nullif(s.product_key, '')`),
      };
    case 'SOURCE':
      return {
        ...none,
        ofLicense: (source) => [whole({ source: raw(`'${source}'`) })],
        ofUsers: { source: raw(`'PORTAL'`) },
        line: plain('source'),
        key: raw('s.source'),
        name: raw('s.source'),
      };
  }
}

function whole(by: GroupedBy): LicensePart {
  return { by, where: raw('1 = 1'), summed: true };
}
