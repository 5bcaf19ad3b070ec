import { addDays } from './calendar.js';
import type { Country } from './company-names.js';
import type { Owner } from './owners.js';
import { localPools, worldPool } from './people-names.js';
import { randomFor, type Random } from './random.js';
import { dayWeight, UNFINISHED_DAY } from './rhythm.js';

export interface UserRow {
  id: number;
  companyId: number | null;
  partnerId: number | null;
  active: number;
  firstName: string;
  lastName: string;
  email: string;
}

/** When and how much a user works with the product; days count back from today, which is 0. */
export interface Habit {
  userId: number;
  country: Country;
  /** First day of use. */
  since: number;
  /** Last day of use. */
  until: number;
  /** Share of the log, against the others. */
  intensity: number;
}

export interface People {
  rows: UserRow[];
  /** Of the users that were ever seen. */
  habits: Habit[];
}

/** The length of the log that a user's first day is drawn from. */
const LOG_DAYS = 450;
/** Users seen within this many days, today included, are the active ones. */
export const WINDOW_DAYS = 14;

/** The users of every owner, and how they use the product. */
export function users(owners: readonly Owner[], today: string): People {
  const random = randomFor('users');
  const rows: UserRow[] = [];
  const habits: Habit[] = [];
  const taken = new Set<string>();
  const lately = recentDays(today);
  for (const owner of owners) {
    const domain = domainOf(owner.name);
    const current = random.shuffle(Array.from({ length: owner.users }, (_, index) => index < owner.activeUsers));
    for (const seenLately of current) {
      const id = rows.length + 1;
      const until = seenLately ? random.weighted(lately) : lastDayOf(owner, random);
      // Use is use: a few accounts that were switched off are still being used.
      const active = owner.active && !random.chance(seenLately ? 0.01 : 0.13) ? 1 : 0;
      rows.push({
        id,
        companyId: owner.type === 'company' ? owner.id : null,
        partnerId: owner.type === 'partner' ? owner.id : null,
        active,
        ...person(owner.country, domain, taken, random),
      });
      if (until !== null) habits.push({ userId: id, country: owner.country, since: firstDay(until, random), until, intensity: random.between(0.25, 1.2) ** 2 });
    }
  }
  return { rows, habits };
}

/** Days before today with their likelihood of being the last one seen: recent and working days more than others. */
function recentDays(today: string): [daysAgo: number, weight: number][] {
  return Array.from({ length: WINDOW_DAYS }, (_, daysAgo) => {
    const day = addDays(today, -daysAgo);
    return [daysAgo, dayWeight(day) * 0.92 ** daysAgo * (daysAgo === 0 ? UNFINISHED_DAY : 1)];
  });
}

function lastDayOf(owner: Owner, random: Random): number | null {
  switch (owner.profile) {
    case 'neverUsed': {
      return null;
    }
    case 'abandoned': {
      return random.chance(0.3) ? null : random.int(120, 330);
    }
    case 'dormant': {
      return random.chance(0.2) ? null : random.int(33, 80);
    }
    default: {
      return random.weighted([[null, 18], [random.int(WINDOW_DAYS, 29), 26], [random.int(30, 89), 28], [random.int(90, LOG_DAYS - 20), 28]]);
    }
  }
}

function firstDay(until: number, random: Random): number {
  return random.chance(0.5) ? LOG_DAYS : random.int(Math.min(until + 10, LOG_DAYS), LOG_DAYS);
}

function person(country: Country, domain: string, taken: Set<string>, random: Random): Pick<UserRow, 'firstName' | 'lastName' | 'email'> {
  const local = localPools[country];
  const firstName = random.pick(random.chance(0.12) ? worldPool.first : local.first);
  const lastName = random.pick(random.chance(0.12) ? worldPool.last : local.last);
  const name = `${plain(firstName)}.${plain(lastName)}`;
  let email = `${name}@${domain}`;
  for (let number = 2; taken.has(email); number += 1) email = `${name}${number}@${domain}`;
  taken.add(email);
  return { firstName, lastName, email };
}

const legalForm =
  /\b(ltd|llp|plc|inc|llc|corp|co|gmbh|ggmbh|mbh|ag|kg|sa|sarl|sas|scea|kk|ab|as|a\/s|aps|p\/s|pty|bv|nv|sl|spa|srl|oy|dac|sp|zoo)\b/g;

/** A domain that cannot exist, from the name without its legal form. */
function domainOf(name: string): string {
  const words = unaccented(name).replaceAll(/['’.]/g, '').replaceAll(legalForm, ' ');
  const parts = words.split(/[^a-z0-9]+/).filter((word) => word.length > 2);
  return `${parts.slice(0, 3).join('-')}.example`;
}

function plain(name: string): string {
  return unaccented(name).replaceAll(/[^a-z0-9]+/g, '');
}

const letters: Readonly<Record<string, string>> = { ø: 'o', æ: 'ae', ß: 'ss', ł: 'l', ı: 'i', œ: 'oe' };

function unaccented(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[øæßłıœ]/g, (letter) => letters[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '');
}
