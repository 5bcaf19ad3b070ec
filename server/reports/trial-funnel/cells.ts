import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { number, numberOrNull, text } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import { zonedDay } from '../../modules/unified/zoned-day.js';
import { addDays, startOfDay } from '../shapes/days.js';
import type { FunnelQuestion } from './question.js';
import { unitColumns, type UnitColumn } from './units.js';

/** When a unit first converted, against the last day and the grace of its term. */
export type Timing = 'NONE' | 'BEFORE' | 'GRACE' | 'AFTER' | 'UNKNOWN';

/** What the units are counted by; a part that is not asked for is left out, and then has the value of nothing. */
export interface Cell {
  /** Number of the month it started in; null: not in the range. */
  month: number | null;
  /** Had a check-in after the start. */
  activated: boolean;
  converted: boolean;
  timing: Timing;
  /** Not past grace. */
  open: boolean;
  /** Reached the steps of this name: in COHORT mode at all, in PERIOD mode within the range. */
  activation: boolean;
  expiration: boolean;
  conversion: boolean;
  /** The date of the conversion is estimated. */
  estimated: boolean;
  /** Days from the start to the first conversion; null when there is none or its date is unknown. */
  days: number | null;
  /** How many units. */
  trials: number;
  /** In COHORT mode units whose latest word is a deactivation, in PERIOD mode deactivations in the range. */
  reverted: number;
}

export type CellPart = Exclude<keyof Cell, 'trials'>;

interface PartSql {
  value: Sql;
  needs: readonly UnitColumn[];
}

/**
 * The funnel's units, counted by the parts asked for: one pass over the events in the order of their units, then one over
 * the units. The answer has a few thousand rows at most, whatever the number of trials.
 */
export async function readCells(context: Context, question: FunnelQuestion, parts: ReadonlySet<CellPart>): Promise<Cell[]> {
  const wanted = [...parts].filter((part) => part !== 'reverted').sort();
  const known = partsOf(context, question);
  const period = question.mode === 'PERIOD';
  const columns = new Set<UnitColumn>([...wanted, ...(parts.has('reverted') ? ['reverted' as const] : [])].flatMap((part) => known[part].needs));
  if (period) for (const column of ['started_at', 'activated_at', 'converted_at', 'conversion', 'term', 'reversals'] as const) columns.add(column);
  columns.add('started_at');
  const names = wanted.map((part) => raw(`c.k_${part}`));
  const rows = await context.db.read(sql`
    select ${names.length === 0 ? empty : sql`${join(names)},`} count(*) as trials, sum(c.reverted) as reverted from (
      select ${join([...wanted.map((part) => sql`${known[part].value} as ${raw(`k_${part}`)}`), sql`${parts.has('reverted') ? known.reverted.value : raw('0')} as reverted`])}
      from ${unitColumns(context, question, columns)} u where u.started_at is not null and (${inRange(context, known, question)})
    ) c ${names.length === 0 ? sql`group by c.reverted` : sql`group by ${join(names)}`}`);
  return rows.map((row) => cellFrom(row, parts));
}

/** Whether a unit has to do with the range: by its start, or in PERIOD mode by anything that happened to it. */
function inRange(context: Context, known: Record<CellPart, PartSql>, question: FunnelQuestion): Sql {
  const started = within(context, question, 'started_at');
  if (question.mode === 'COHORT') return started;
  return sql`(${started}) or ${known.activation.value} = 1 or ${known.expiration.value} = 1 or ${known.conversion.value} = 1 or u.reversals > 0`;
}

/** Whether something happened to the unit in the days of the range. */
function within({ config }: Context, { from, to }: FunnelQuestion, column: UnitColumn): Sql {
  const [startsAt, endsBefore] = [from, addDays(to, 1)].map((day) => startOfDay(day, config.REPORT_TIMEZONE));
  return sql`u.${raw(column)} >= ${startsAt} and u.${raw(column)} < ${endsBefore}`;
}

function partsOf(context: Context, question: FunnelQuestion): Record<CellPart, PartSql> {
  const { db: { dialect }, config } = context;
  const { asOf, from, to, months, mode } = question;
  const zone = config.REPORT_TIMEZONE;
  const flag = (condition: Sql): Sql => sql`case when ${condition} then 1 else 0 end`;
  const dayOf = (column: UnitColumn): Sql => zonedDay(dialect, raw(`u.${column}`), zone, asOf);
  const [lastDay, graceDay] = [raw('substr(u.term, 20, 10)'), raw('substr(u.term, 30, 10)')];
  const convertedOn = dialect.asText(dayOf('converted_at'));
  const timing = sql`case when u.conversion = 0 then 'NONE' when u.conversion = 2 then 'UNKNOWN'
    when ${convertedOn} <= ${lastDay} then 'BEFORE' when ${convertedOn} <= ${graceDay} then 'GRACE' else 'AFTER' end`;
  const inTime = sql`(u.conversion = 2 or (u.conversion = 1 and ${convertedOn} <= ${lastDay}))`;
  const ended = mode === 'COHORT' ? sql`${lastDay} < ${asOf}` : sql`${lastDay} >= ${addDays(from, -1)} and ${lastDay} < ${to}`;
  const reverted = flag(sql`u.reverted_at >= u.confirmed_at`);
  return {
    month: { value: monthOf(within(context, question, 'started_at'), months.map((month) => startOfDay(month.from, zone))), needs: ['started_at'] },
    activated: { value: flag(raw('u.activated_at is not null')), needs: ['activated_at'] },
    converted: { value: flag(raw('u.conversion > 0')), needs: ['conversion'] },
    timing: { value: timing, needs: ['conversion', 'converted_at', 'term'] },
    open: { value: flag(sql`${graceDay} >= ${asOf}`), needs: ['term'] },
    activation: { value: flag(mode === 'COHORT' ? raw('u.activated_at is not null') : within(context, question, 'activated_at')), needs: ['activated_at'] },
    expiration: { value: flag(sql`${ended} and not ${inTime}`), needs: ['term', 'conversion', 'converted_at'] },
    conversion: { value: flag(mode === 'COHORT' ? raw('u.conversion > 0') : sql`u.conversion = 1 and ${within(context, question, 'converted_at')}`), needs: ['conversion', 'converted_at'] },
    estimated: { value: flag(raw('u.conversion = 1 and u.estimated_at = u.converted_at')), needs: ['conversion', 'converted_at', 'estimated_at'] },
    days: { value: sql`case when u.conversion = 1 then ${dialect.daysBetween(dayOf('started_at'), dayOf('converted_at'))} end`, needs: ['started_at', 'conversion', 'converted_at'] },
    reverted: mode === 'COHORT' ? { value: reverted, needs: ['reverted_at', 'confirmed_at'] } : { value: raw('u.reversals'), needs: ['reversals'] },
  };
}

/** The number of the month that a start falls in; null outside the range. A tree of comparisons is exact in every time zone. */
function monthOf(startedInRange: Sql, starts: readonly string[]): Sql {
  const branch = (first: number, last: number): Sql => {
    if (first >= last) return raw(String(first));
    const middle = Math.ceil((first + last) / 2);
    return sql`case when u.started_at < ${starts[middle] ?? ''} then ${branch(first, middle - 1)} else ${branch(middle, last)} end`;
  };
  return sql`case when ${startedInRange} then ${branch(0, starts.length - 1)} end`;
}

function cellFrom(row: Row, parts: ReadonlySet<CellPart>): Cell {
  const is = (part: CellPart) => parts.has(part) && number(row, `k_${part}`) === 1;
  return {
    month: parts.has('month') ? numberOrNull(row, 'k_month') : null,
    activated: is('activated'), converted: is('converted'), open: is('open'), estimated: is('estimated'),
    activation: is('activation'), expiration: is('expiration'), conversion: is('conversion'),
    timing: parts.has('timing') ? (text(row, 'k_timing') as Timing) : 'NONE',
    days: parts.has('days') ? numberOrNull(row, 'k_days') : null,
    trials: number(row, 'trials'),
    reverted: number(row, 'reverted'),
  };
}
