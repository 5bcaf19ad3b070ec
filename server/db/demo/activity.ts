import { addDays, daysBetween, startOfPeriod } from './calendar.js';
import type { Country } from './company-names.js';
import { at, randomFor, shareOut, type Random } from './random.js';
import { dayWeight, HEAVIEST_DAY, startOfVisit, UNFINISHED_DAY } from './rhythm.js';
import { WINDOW_DAYS, type Habit } from './users.js';

// See random.ts for why these are taken once.
const { floor, min } = Math;

/** id, user_id, timestamp, action, status, session_id: a tuple, as there are many. */
export type ActivityRow = [id: number, userId: number | null, timestamp: string, action: string, status: string, sessionId: string];

export const ACTIVITY_ROWS = 300_000;
/** Every demo row's session begins with this, so that leftovers of an interrupted start are known for what they are. */
export const SESSION_PREFIX = 'demo-';
const MONTHS = 15;
const SYSTEM_ROWS = 3000;
const LATE_SHARE = 0.002;
/** Half of the users have their last day in the window; with as many other visits as ever, use would seem to leap in it. */
const REST_OF_WINDOW = 0.35;
const DAY = 86_400;
/** The log ends in the morning of the last day, so that it holds nothing of the future. */
const LAST_SECOND_TODAY = 5 * 3600;

interface Event {
  /** Second since the first day's midnight, UTC. */
  at: number;
  /** Second at which the row arrived; ids grow with it. */
  arrived: number;
  userId: number | null;
  action: string;
  status: string;
  session: number;
}

/** The log of the 15 months that end with `today`, in the order of its ids. */
export function activity(habits: readonly Habit[], today: string): ActivityRow[] {
  const firstDay = startOfPeriod(today, MONTHS);
  const lastDay = daysBetween(firstDay, today);
  const days = Array.from({ length: lastDay + 1 }, (_, index) => addDays(firstDay, index));
  const events = collect(habits, days);
  events.sort((a, b) => a.arrived - b.arrived);
  return events.map((event, index) => [
    index + 1, event.userId, timestamp(days, event.at), event.action, event.status, `${SESSION_PREFIX}${event.session.toString(36)}`,
  ]);
}

function collect(habits: readonly Habit[], days: readonly string[]): Event[] {
  const random = randomFor('activity');
  const lastDay = days.length - 1;
  const workingDay = dayPicker(days, random);
  const events: Event[] = [];
  const visit = visitor(events, lastDay, random);
  const spans = habits.map(({ since, until, intensity }) => Math.max(0.02, intensity * ((since - until) / lastDay)));
  // Everyone who was seen is seen on the last day of use; the rest is shared out.
  const shares = shareOut(ACTIVITY_ROWS - SYSTEM_ROWS - habits.length, spans);
  habits.forEach((habit, index) => {
    const last = lastDay - habit.until;
    const first = Math.max(0, lastDay - habit.since);
    let rest = at(shares, index) - visit(habit.userId, habit.country, last, min(2, at(shares, index) + 1)) + 1;
    while (rest > 0) rest -= visit(habit.userId, habit.country, workingDay(first, last), rest);
  });
  for (let row = 0; row < SYSTEM_ROWS; row += 1) events.push(systemEvent(lastDay, random));
  return events;
}

/** Draws a day between two, working days more often. */
function dayPicker(days: readonly string[], random: Random) {
  const weights = days.map((day, index) => {
    const daysAgo = days.length - 1 - index;
    return dayWeight(day) * (daysAgo === 0 ? UNFINISHED_DAY : 1) * (daysAgo < WINDOW_DAYS ? REST_OF_WINDOW : 1);
  });
  return (first: number, last: number): number => {
    for (;;) {
      const day = random.int(first, last);
      if (random.next() * HEAVIEST_DAY < at(weights, day)) return day;
    }
  };
}

const actions = [['open_report', 38], ['view_dashboard', 22], ['edit', 17], ['search', 12], ['export', 7], ['share', 4]] as const;

/** Adds one sitting of at most `limit` rows: a sign-in, then work. Answers how many rows it was. */
function visitor(events: Event[], lastDay: number, random: Random) {
  let session = 0;
  return (userId: number, country: Country, day: number, limit: number): number => {
    session += 1;
    const length = min(limit, random.int(1, 4));
    const end = day * DAY + (day === lastDay ? LAST_SECOND_TODAY : DAY) - 1;
    let second = day * DAY + startOfVisit(country, random);
    if (second > end) second = day * DAY + random.int(0, LAST_SECOND_TODAY - 1);
    for (let row = 0; row < length; row += 1) {
      const action = row === 0 ? 'login' : random.weighted(actions);
      const status = random.chance(row === 0 ? 0.04 : 0.015) ? 'failed' : 'ok';
      const moment = min(second, end);
      events.push({ at: moment, arrived: moment + delay(random), userId, action, status, session });
      second += random.int(5, 600);
    }
    return length;
  };
}

/** A few rows come late: their timestamp is older than that of the row before. */
function delay(random: Random): number {
  return random.chance(LATE_SHARE) ? random.int(600, 2 * DAY) : 0;
}

function systemEvent(lastDay: number, random: Random): Event {
  const second = random.int(0, lastDay * DAY + LAST_SECOND_TODAY - 1);
  return { at: second, arrived: second, userId: null, action: random.pick(['import', 'heartbeat', 'cleanup']), status: 'ok', session: 0 };
}

const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

function timestamp(days: readonly string[], second: number): string {
  const ofDay = second % DAY;
  const hours = at(twoDigits, floor(ofDay / 3600));
  return `${at(days, floor(second / DAY))} ${hours}:${at(twoDigits, floor(ofDay / 60) % 60)}:${at(twoDigits, ofDay % 60)}`;
}
