import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { containsText } from '../../db/filter.js';
import { readPage, type Page } from '../../db/page.js';
import type {
  MetricsFilter, OwnerType, ReportMeta, Utilization, UtilizationBand, UtilizationLimits, UtilizationLine, UtilizationOrder,
  UtilizationOrderField,
} from '../../graphql.generated.js';
import { ratio } from '../../reports/shapes/ratio.js';
import { metricsScope } from '../metrics/filter.js';
import { reportMeta } from '../metrics/meta.js';
import { activityWindow, type WindowArgs } from '../metrics/window.js';
import { bandOf, bandSql, decodeLine, loadFigures, ownerLines, type OwnerFigures } from './store.js';

export interface UtilizationArgs extends WindowArgs {
  filter?: MetricsFilter | null;
  ownerTypes: readonly OwnerType[];
  bands?: readonly UtilizationBand[] | null;
  search?: string | null;
  first?: number | null;
  after?: string | null;
  orderBy?: UtilizationOrder | null;
}

const MAX_LINES = 2000;

/** A page of lines, and how it was computed. */
export interface UtilizationModel extends Page<UtilizationLine> {
  meta: ReportMeta;
}

/** The configured limits of the bands. */
export function utilizationLimits({ config }: Context): UtilizationLimits {
  return { under: config.UTILIZATION_UNDER, over: config.UTILIZATION_OVER };
}

/** One page of utilisation lines, one per owner. */
export async function utilizationPage(context: Context, args: UtilizationArgs): Promise<UtilizationModel> {
  const window = activityWindow(context, args);
  const scope = metricsScope(context, args.filter, window.to);
  const kinds = await Promise.all([...new Set(args.ownerTypes)].map((ownerType) => ownerLines(context, ownerType, window, scope)));
  const field = args.orderBy?.field ?? 'GAP';
  const page = await readPage<UtilizationLine>({
    db: context.db,
    source: kinds.length === 0 ? noLines(context) : sql`(${join(kinds, ' union all ')}) o`,
    alias: 'o',
    where: [
      ...(args.bands == null ? [] : [inBands(context, args.bands)]),
      ...(args.search?.trim() ? [containsText(raw('o.owner_name'), args.search.trim())] : []),
    ],
    order: { name: `utilization.${field}`, key: orderKey(context, field), direction: args.orderBy?.direction ?? 'DESC' },
    first: args.first,
    after: args.after,
    maximum: MAX_LINES,
    columns: raw(`x.owner_type as owner_type, x.owner_id as owner_id, x.owner_name as owner_name, x.seats as seats,
      x.rounds as rounds, x.registered as registered, x.active as active`),
    decode: (row) => {
      const line = decodeLine(row);
      return { ownerType: line.ownerType, ownerId: line.ownerId, ownerName: line.ownerName, figures: utilizationOf(context, line) };
    },
  });
  return { ...page, meta: reportMeta(context, window) };
}

/** No kind of owner is asked for: a list without rows. */
function noLines({ db }: Context): Sql {
  return sql`(select c.id as id, '' as owner_type, 0 as owner_id, '' as owner_name, 0 as seats, 0 as rounds,
    0 as registered, 0 as active from ${db.table('company', 'c')} where 1 = 0) o`;
}

function inBands(context: Context, bands: readonly UtilizationBand[]): Sql {
  return bands.length === 0 ? raw('1 = 0') : sql`${bandSql(context)} in (${join(bands)})`;
}

/** Figures as the API shows them. */
export function utilizationOf(context: Context, figures: OwnerFigures): Utilization {
  return {
    seatsInForce: figures.seats,
    roundsInForce: figures.rounds,
    registeredUsers: figures.registered,
    activeUsers: figures.active,
    ratio: ratio(figures.active, figures.seats),
    band: bandOf(context, figures),
    unusedSeats: figures.seats - figures.active,
  };
}

/** Utilisation of one owner. */
export async function ownerUtilization(context: Context, ownerType: OwnerType, id: number, args: WindowArgs): Promise<Utilization> {
  return utilizationOf(context, await loadFigures(context, ownerType, id, activityWindow(context, args)));
}

/** A ratio as a whole number of millionths, so that a cursor finds its place again exactly. */
const MILLIONTHS = raw('1000000e0');
const HIGHEST = raw('1000000000000');

function orderKey({ db }: Context, field: UtilizationOrderField): Sql {
  switch (field) {
    case 'OWNER':
      return db.dialect.foldCase(raw('o.owner_name'));
    case 'SEATS':
      return raw('o.seats');
    case 'ACTIVE_USERS':
      return raw('o.active');
    case 'REGISTERED_USERS':
      return raw('o.registered');
    case 'UNUSED_SEATS':
      return raw('o.seats - o.active');
    case 'GAP':
      return raw('abs(o.seats - o.active)');
    case 'RATIO':
      return sql`case when o.seats = 0 and (o.registered > 0 or o.active > 0) then ${HIGHEST} when o.seats = 0 then -1
        else ${db.dialect.wholeUnits(sql`(o.active / (o.seats * 1e0))`, MILLIONTHS)} end`;
  }
}
