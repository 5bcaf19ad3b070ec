import { LRUCache } from 'lru-cache';
import sql, { type Sql } from 'sql-template-tag';
import { Temporal } from 'temporal-polyfill';
import type { Dialect } from '../../db/dialect/dialect.js';

/** No licence of ours is older; before it the offset of this day is used. */
const EARLIEST = '2000-01-01T00:00:00Z';
/** No moment that anything was recorded at is later, whatever day is asked for; and a zone has two offsets a year for ever. */
const LATEST_YEAR = 2050;

interface Offset {
  /** From when on, UTC as `YYYY-MM-DD HH:MM:SS`. */
  from: string;
  seconds: number;
}

const known = new LRUCache<string, readonly Offset[]>({ max: 20 });

/** The calendar day in a time zone of a date and time in UTC: databases need not know any zone. */
export function zonedDay(dialect: Dialect, instant: Sql, zone: string, until: string): Sql {
  const offsets = offsetsOf(zone, until);
  const day = (first: number, last: number): Sql => {
    if (first >= last) return dialect.dayOf(instant, offsets[first]?.seconds ?? 0);
    const middle = Math.ceil((first + last) / 2);
    return sql`case when ${instant} < ${offsets[middle]?.from ?? ''} then ${day(first, middle - 1)} else ${day(middle, last)} end`;
  };
  return day(0, offsets.length - 1);
}

/** The offsets of a zone from UTC, each from when on, up to the end of the year after a day's, or of the latest. */
function offsetsOf(zone: string, until: string): readonly Offset[] {
  const year = Math.min(Number(until.slice(0, 4)) + 1, LATEST_YEAR);
  const remembered = known.get(`${zone} ${year}`);
  if (remembered !== undefined) return remembered;
  const end = Temporal.PlainDate.from(`${year}-12-31`).toZonedDateTime(zone);
  const offsets: Offset[] = [];
  let at: Temporal.ZonedDateTime | null = Temporal.Instant.from(EARLIEST).toZonedDateTimeISO(zone);
  while (at !== null && Temporal.ZonedDateTime.compare(at, end) <= 0) {
    const seconds = Math.round(at.offsetNanoseconds / 1e9);
    if (offsets.at(-1)?.seconds !== seconds) {
      offsets.push({ from: at.toInstant().toString({ smallestUnit: 'second' }).replace('T', ' ').replace('Z', ''), seconds });
    }
    at = at.getTimeZoneTransition('next');
  }
  known.set(`${zone} ${year}`, offsets);
  return offsets;
}
