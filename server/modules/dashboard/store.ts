import sql, { raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { number, text, textOrNull } from '../../db/decode.js';
import type { BandFigure, LifecycleStatus, OwnerType, UtilizationBand } from '../../graphql.generated.js';
import type { DayWindow } from '../../reports/shapes/days.js';
import { lifecycleStatuses } from '../../reports/shapes/lifecycle.js';
import { annualValueMinor, lifecycleSql, totalCostDisagrees } from '../license/lifecycle.js';
import type { MetricsScope } from '../metrics/filter.js';
import { bandSql, ownerLines } from '../utilization/store.js';

/** The rounds of one derived status and currency. */
export interface RoundTotal {
  status: LifecycleStatus;
  currency: string;
  rounds: number;
  seats: number;
  /** Σ seats × unit cost in minor units, as an exact whole number. */
  annualMinor: string;
  /** Rounds whose stored total disagrees with seats × unit cost. */
  disagreeing: number;
}

/** Rounds, seats and value by status and currency: one pass over the rounds, from which every seat and money figure follows. */
export async function roundTotals(context: Context, asOf: string, rounds: Sql): Promise<RoundTotal[]> {
  const { db } = context;
  const { dialect } = db;
  const status = lifecycleSql(dialect, { asOf, graceDays: context.config.GRACE_DAYS_PREMIUM }, (called) => raw(String(lifecycleStatuses.indexOf(called))));
  const rows = await db.read(sql`
    select s.status as status, s.currency as currency, count(*) as rounds, sum(s.seats) as seats,
      ${dialect.exactInteger(sql`sum(s.annual_minor)`)} as annual_minor, sum(s.disagrees) as disagreeing
    from (
      select ${status} as status, l.currency as currency, l.number_of_licenses as seats,
        ${annualValueMinor(dialect)} as annual_minor, case when ${totalCostDisagrees} then 1 else 0 end as disagrees
      from ${db.table('license', 'l')} where ${rounds}
    ) s group by s.status, s.currency`);
  return rows.map((row) => ({
    status: lifecycleStatuses[number(row, 'status')] ?? 'INVALID',
    currency: text(row, 'currency'),
    rounds: number(row, 'rounds'),
    seats: number(row, 'seats'),
    annualMinor: text(row, 'annual_minor'),
    disagreeing: number(row, 'disagreeing'),
  }));
}

const bands: readonly (UtilizationBand | null)[] = ['OVER', 'WELL', 'UNDER', 'UNLICENSED', null];

/** Owners of a kind by band, every band listed. */
export async function countBands(context: Context, ownerType: OwnerType, window: DayWindow, scope: MetricsScope): Promise<BandFigure[]> {
  const rows = await context.db.read(sql`
    select b.band as band, count(*) as owners from (
      select ${bandSql(context)} as band from (${await ownerLines(context, ownerType, window, scope)}) o
    ) b group by b.band`);
  const counted = new Map(rows.map((row) => [textOrNull(row, 'band'), number(row, 'owners')]));
  return bands.map((band) => ({ band, owners: counted.get(band) ?? 0 }));
}
