import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { number, text } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import { all } from '../../db/filter.js';
import { padded } from '../../db/page.js';
import { sharedSums } from '../../db/shared-sums.js';
import type { OwnerType, UtilizationBand } from '../../graphql.generated.js';
import type { DayWindow } from '../../reports/shapes/days.js';
import { usersByOwner } from '../activity/store.js';
import { isInForce } from '../license/lifecycle.js';
import type { MetricsScope } from '../metrics/filter.js';

/** Seats and users of one owner, all of its rounds pooled. */
export interface OwnerFigures {
  seats: number;
  rounds: number;
  registered: number;
  active: number;
}

export interface OwnerLine extends OwnerFigures {
  ownerType: OwnerType;
  ownerId: number;
  ownerName: string;
}

/** Everything the viewer may see. */
export const everything: MetricsScope = {
  rounds: raw('1 = 1'), users: raw('1 = 1'), companies: raw('1 = 1'), partners: raw('1 = 1'), unfiltered: true,
};

/** What is known of each owner. */
const FIGURES = ['seats', 'rounds', 'registered', 'active'] as const;

/** The table of owners of a kind, as conditions on owners know it, their ids and names. */
function ownersOf({ db }: Context, ownerType: OwnerType): { source: Sql; id: Sql; name: Sql } {
  return ownerType === 'COMPANY'
    ? { source: db.table('company', 'c'), id: raw('c.id'), name: raw('c.company_name') }
    : { source: db.table('partner', 'p'), id: raw('p.id'), name: raw('p.partner_name') };
}

/**
 * Rows (owner_id, seats, rounds, registered, active), one per owner of a kind. Seats and users are summed apart before they
 * meet, so that neither multiplies the other; owners with nothing are kept.
 */
async function figuresByOwner(context: Context, ownerType: OwnerType, window: DayWindow, scope: MetricsScope, ids?: readonly number[]): Promise<Sql> {
  const limitedTo = (owner: Sql): Sql[] => (ids === undefined ? [] : [sql`${owner} in (${join(padded(ids))})`]);
  const held = sql`select l.owner_id as owner_id, sum(l.seats) as seats, count(*) as rounds
    from (${roundsInForce(context, ownerType, window.to, scope.rounds, limitedTo)}) l group by l.owner_id`;
  // Those of all owners are read beside each other: each takes the database a while.
  const [seats, users] = await Promise.all([
    ids === undefined ? sharedSums(context.db, 'owner_id', ['seats', 'rounds'], [held]).then(({ table }) => table) : sql`(${held})`,
    usersByOwner(context, ownerType, window, ids),
  ]);
  const { source, id } = ownersOf(context, ownerType);
  return sql`select ${id} as owner_id, coalesce(s.seats, 0) as seats, coalesce(s.rounds, 0) as rounds,
    coalesce(n.registered, 0) as registered, coalesce(n.active, 0) as active
    from ${source} left join ${seats} s on s.owner_id = ${id} left join ${users} n on n.owner_id = ${id}
    where ${all([ownerType === 'COMPANY' ? scope.companies : scope.partners, ...limitedTo(id)])}`;
}

/** The rows of `figuresByOwner` as a derived table: worked out once in a request, whatever is asked of them. */
function ownerFigures(context: Context, ownerType: OwnerType, window: DayWindow, scope: MetricsScope): Promise<Sql> {
  const filters = [scope.rounds, scope.companies, scope.partners].map(({ sql: text_, values }) => [text_, values]);
  return context.loaders.readOnce(`figures of owners ${JSON.stringify([ownerType, window.from, window.to, filters])}`, async () => {
    const { table } = await sharedSums(context.db, 'owner_id', FIGURES, [await figuresByOwner(context, ownerType, window, scope)]);
    return table;
  });
}

/** One row per owner of a kind: `(id, owner_type, owner_id, owner_name, seats, rounds, registered, active)`. */
export async function ownerLines(context: Context, ownerType: OwnerType, window: DayWindow, scope: MetricsScope): Promise<Sql> {
  const [figures, { source, id, name }] = [await ownerFigures(context, ownerType, window, scope), ownersOf(context, ownerType)];
  return sql`select f.owner_id + ${raw(String(ownerType === 'COMPANY' ? 0 : AFTER_ALL_IDS))} as id, '${raw(ownerType)}' as owner_type, f.owner_id as owner_id,
    ${name} as owner_name, f.seats as seats, f.rounds as rounds, f.registered as registered, f.active as active
    from ${figures} f ${context.db.dialect.joinInOrder} ${source} on ${id} = f.owner_id`;
}

/**
 * Rows (owner_id, seats) of the rounds in force, as `partnerOfRound` has their partner. Each way to belong is a part of
 * its own, which finds its rounds by the index of its column.
 */
function roundsInForce(
  { db }: Context,
  ownerType: OwnerType,
  asOf: string,
  rounds: Sql,
  limitedTo: (owner: Sql) => Sql[],
): Sql {
  const inForce = isInForce(db.dialect, { asOf });
  const part = (owner: Sql, source: Sql, ...owned: Sql[]): Sql => sql`select ${db.dialect.inTableOrder(owner)} as owner_id, l.number_of_licenses as seats
    from ${source} where ${all([...owned, ...limitedTo(owner), inForce, rounds])}`;
  const licenses = db.table('license', 'l');
  if (ownerType === 'COMPANY') return part(raw('l.company_id'), licenses, raw('l.company_id is not null'));
  const resold = sql`${db.table('partner', 'rp')} join ${db.table('company', 'rc')} on rc.partner_id = rp.id
    join ${licenses} on l.company_id = rc.id`;
  return sql`${part(raw('l.partner_id'), licenses, raw('l.partner_id is not null'))}
    union all ${part(raw('rp.id'), resold, raw('l.partner_id is null'))}`;
}

/** Lines of partners follow those of companies where nothing else orders them: ids are of 32 bits. */
const AFTER_ALL_IDS = 2 ** 32;

/** A limit of the bands in whole millionths: seats times 1.15 as a float would miss an owner that stands on the limit. */
const millionths = (limit: number): number => Math.round(limit * MILLION);
const MILLION = 1_000_000;

/** The band of line `o`, null for an owner with nothing. */
export function bandSql({ config }: Context): Sql {
  return sql`case
    when o.seats = 0 then case when o.registered > 0 or o.active > 0 then 'UNLICENSED' end
    when o.active * ${MILLION} > o.seats * ${millionths(config.UTILIZATION_OVER)} then 'OVER'
    when o.active * ${MILLION} < o.seats * ${millionths(config.UTILIZATION_UNDER)} then 'UNDER'
    else 'WELL' end`;
}

/** The band of an owner: the rule of `bandSql` for figures already read. */
export function bandOf({ config }: Context, { seats, registered, active }: OwnerFigures): UtilizationBand | null {
  if (seats === 0) return registered > 0 || active > 0 ? 'UNLICENSED' : null;
  if (active * MILLION > seats * millionths(config.UTILIZATION_OVER)) return 'OVER';
  return active * MILLION < seats * millionths(config.UTILIZATION_UNDER) ? 'UNDER' : 'WELL';
}

export function decodeLine(row: Row): OwnerLine {
  return { ownerType: text(row, 'owner_type') as OwnerType, ownerId: number(row, 'owner_id'), ownerName: text(row, 'owner_name'), ...decodeFigures(row) };
}

function decodeFigures(row: Row): OwnerFigures {
  return { seats: number(row, 'seats'), rounds: number(row, 'rounds'), registered: number(row, 'registered'), active: number(row, 'active') };
}

/** Figures of one owner; all owners of the request that ask for the same window share the statement. */
export function loadFigures(context: Context, ownerType: OwnerType, id: number, window: DayWindow): Promise<OwnerFigures> {
  const name = `utilization ${ownerType} ${window.from} ${window.to}`;
  return context.loaders.load(name, id, async (ids) => {
    const rows = await context.db.read(await figuresByOwner(context, ownerType, window, everything, ids));
    const byOwner = new Map(rows.map((row) => [number(row, 'owner_id'), decodeFigures(row)]));
    return ids.map((ownerId) => byOwner.get(ownerId) ?? { seats: 0, rounds: 0, registered: 0, active: 0 });
  });
}
