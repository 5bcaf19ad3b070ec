import { addDays } from './calendar.js';
import type { Random } from './random.js';

/** Ids, days and instants are as in the tables. */
export interface TrialRow {
  id: number;
  productSlug: string;
  siteUrl: string;
  name: string;
  email: string;
  licenseKey: string;
  expirationDate: string;
  gracePeriodDate: string | null;
  status: string;
  isActive: number;
  isConverted: number;
  premiumLicenseId: string | null;
  lastCheckedInAt: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface TrialEventRow {
  kind: 'STARTED' | 'EXTENDED' | 'ACTIVATED' | 'CONVERTED' | 'REVERTED';
  occurredAt: string | null;
  knownAt: string;
  expiresOn: string | null;
  graceUntil: string | null;
  estimated: number;
}

/** Who tries what from when on, and when and with which licence they go on, if they do. */
export interface Attempt {
  productSlug: string;
  siteUrl: string;
  person: { name: string; email: string };
  startedOn: string;
  conversion: { day: string; premiumKey: string | null } | null;
}

type Life = Omit<TrialRow, 'id' | 'licenseKey'> & { events: TrialEventRow[] };

/** Nothing of the demo happens later on its last day. */
const END_OF_TODAY = '05:00:00';

/** What becomes of an attempt until the morning of `today`. */
export function lifeOf({ productSlug, siteUrl, person, startedOn, conversion }: Attempt, today: string, random: Random): Life {
  const until = `${today} ${END_OF_TODAY}`;
  const createdAt = startedOn === today ? `${today} 0${random.int(0, 3)}:${minute(random)}:00` : `${startedOn} ${hour(random, 6, 17)}:${minute(random)}:${minute(random)}`;
  const days = random.weighted([[14, 90], [30, 7], [7, 3]]);
  const own = { expiresOn: addDays(startedOn, days), graceUntil: random.chance(0.08) ? addDays(startedOn, days + 14) : null };
  const events: TrialEventRow[] = [eventOf('STARTED', createdAt, own)];
  let term = own;
  const extendedAt = `${addDays(own.expiresOn, -random.int(-1, 2))} 09:${minute(random)}:00`;
  const wantsMore = random.chance(0.06);
  if (wantsMore && extendedAt <= until && (conversion === null || extendedAt < `${conversion.day} 00:00:00`)) {
    term = { expiresOn: addDays(own.expiresOn, 14), graceUntil: null };
    events.push(eventOf('EXTENDED', extendedAt, term));
  }
  const uses = random.chance(conversion === null ? 0.62 : 0.94);
  const firstCheckIn = later(createdAt, random.int(4, random.chance(0.8) ? 90 : 5000), random);
  const lastUse = `${conversion === null ? addDays(startedOn, random.int(0, days + 3)) : today} 0${random.int(1, 4)}:${minute(random)}:00`;
  const isUsed = uses && firstCheckIn <= until;
  if (isUsed) events.push(eventOf('ACTIVATED', firstCheckIn));
  const { converted, reverted } = conversionOf(conversion?.day ?? null, createdAt, until, random);
  events.push(...converted, ...reverted);
  const endOfGrace = term.graceUntil ?? addDays(term.expiresOn, 7);
  const isOver = endOfGrace < today;
  const lastWord = [...converted, ...reverted].at(-1)?.knownAt;
  return {
    productSlug, siteUrl, ...person,
    expirationDate: `${term.expiresOn} 23:59:59`,
    gracePeriodDate: term.graceUntil === null ? null : `${term.graceUntil} 23:59:59`,
    status: converted.length > 0 ? 'converted' : term.expiresOn < today ? 'expired' : 'active',
    isActive: isOver && converted.length === 0 && random.chance(0.8) ? 0 : 1,
    isConverted: converted.length > 0 && reverted.length === 0 ? 1 : 0,
    premiumLicenseId: converted.length > 0 ? (conversion?.premiumKey ?? null) : null,
    lastCheckedInAt: isUsed ? earlier(later(lastUse > firstCheckIn ? lastUse : firstCheckIn, 0, random), until) : null,
    createdAt,
    updatedAt: lastWord ?? createdAt,
    events: events.sort((a, b) => (a.knownAt < b.knownAt ? -1 : a.knownAt > b.knownAt ? 1 : 0)),
  };
}

/** Most conversions were seen as they happened; a few are known by the licence's date alone, and some by none. */
function conversionOf(day: string | null, createdAt: string, until: string, random: Random): { converted: TrialEventRow[]; reverted: TrialEventRow[] } {
  if (day === null) return { converted: [], reverted: [] };
  const moment = `${day} ${hour(random, 8, 20)}:${minute(random)}:00`;
  const at = earlier(moment > createdAt ? moment : later(createdAt, 45, random), until);
  const told = random.weighted([['seen', 90], ['estimated', 8], ['unknown', 2]]);
  const converted = { ...eventOf('CONVERTED', at), occurredAt: told === 'unknown' ? null : at, estimated: told === 'estimated' ? 1 : 0 };
  const takenBack = later(at, random.int(3, 60) * 1440, random);
  return { converted: [converted], reverted: random.chance(0.07) && takenBack < until ? [eventOf('REVERTED', takenBack)] : [] };
}

function eventOf(kind: TrialEventRow['kind'], at: string, term: Pick<TrialEventRow, 'expiresOn' | 'graceUntil'> = { expiresOn: null, graceUntil: null }): TrialEventRow {
  return { kind, occurredAt: at, knownAt: at, ...term, estimated: 0 };
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
const minute = (random: Random): string => twoDigits(random.int(0, 59));
const hour = (random: Random, least: number, most: number): string => twoDigits(random.int(least, most));
const earlier = (a: string, b: string): string => (a < b ? a : b);

/** So many minutes later, and some seconds. */
function later(at: string, minutes: number, random: Random): string {
  const instant = Date.parse(`${at.replace(' ', 'T')}Z`) + minutes * 60_000 + random.int(1, 59) * 1000;
  return new Date(instant).toISOString().slice(0, 19).replace('T', ' ');
}
