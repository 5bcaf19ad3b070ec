import sql, { empty, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import type { LicenseSource, PositionGrouping } from '../../graphql.generated.js';
import type { UnifiedColumn } from '../../modules/unified/columns.js';

/** What licences and users are grouped on before their sources meet. */
export const groupColumns = ['company_id', 'partner_id', 'host', 'product_key', 'source'] as const;
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
  /** Over a line `s`: its key, and its name with the joins that it needs. */
  key: Sql;
  name: Sql;
  nameJoins: Sql;
}

/** The groupings of the report. */
export function groupingOf({ db }: Context, by: PositionGrouping): Grouping {
  const { dialect } = db;
  const asKey = (prefix: string, value: Sql): Sql => dialect.concat([raw(`'${prefix}'`), value]);
  const plain = (...names: GroupColumn[]): GroupedBy => Object.fromEntries(names.map((name) => [name, raw(`g.${name}`)]));
  const owner: GroupedBy = { company_id: raw('k.company_id'), partner_id: raw('case when k.company_id is null then k.partner_id end') };
  const ownerOfUsers: GroupedBy = { company_id: raw('u.company_id'), partner_id: raw('u.partner_id') };
  const none = { joins: empty, nameJoins: empty, ofUsers: {}, columns: [] };
  switch (by) {
    case 'OWNER': {
      const site = dialect.neutralExactText(raw('k.site_host'));
      const owned = raw('k.company_id is not null or k.partner_id is not null');
      const sites: LicensePart = { by: { host: site }, where: raw('k.company_id is null and k.partner_id is null'), summed: false };
      return {
        ofLicense: (source) => (source === 'TRIAL' ? [sites] : [{ by: owner, where: source === 'PORTAL' ? raw('1 = 1') : owned, summed: true }, ...(source === 'PORTAL' ? [] : [sites])]),
        columns: ['company_id', 'partner_id', 'site_host'],
        ofUsers: ownerOfUsers,
        joins: empty,
        line: plain('company_id', 'partner_id', 'host'),
        key: sql`case when s.company_id is not null then ${asKey('c:', raw('s.company_id'))}
          when s.partner_id is not null then ${asKey('p:', raw('s.partner_id'))} else ${asKey('s:', raw(`coalesce(s.host, '')`))} end`,
        name: sql`coalesce(${dialect.neutralText(raw('nc.company_name'))}, ${dialect.neutralText(raw('np.partner_name'))},
          ${dialect.neutralText(raw('s.host'))}, ${asKey('#', raw('coalesce(s.company_id, s.partner_id)'))})`,
        nameJoins: sql`left join ${db.table('company', 'nc')} on nc.id = s.company_id left join ${db.table('partner', 'np')} on np.id = s.partner_id`,
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
