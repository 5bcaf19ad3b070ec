import { companyNames, firstCompany, partnerNames, type Country } from './company-names.js';
import { at, randomFor, shareOut, type Random } from './random.js';

/** How an owner uses what it has bought. The dashboard's bands of utilisation follow from it. */
export type Profile =
  | 'over' | 'well' | 'under'
  /** Seats, and users that went quiet: never seen, gone for months, or silent for weeks. */
  | 'neverUsed' | 'abandoned' | 'dormant'
  /** Users without seats in force. */
  | 'unlicensed'
  | 'nothing';

export interface Owner {
  type: 'company' | 'partner';
  id: number;
  name: string;
  country: Country;
  /** Of a company: its reseller. */
  partnerId: number | null;
  active: boolean;
  profile: Profile;
  users: number;
  /** Users seen in the last 14 days. */
  activeUsers: number;
  /** Seats in force today. */
  seats: number;
}

export const COMPANIES = 150;
export const USERS = 6000;
const PARTNERED_COMPANIES = 90;
const DIRECT_USERS = 260;

const companyProfiles: readonly (readonly [Profile, number])[] = [
  ['over', 22], ['well', 53], ['under', 45], ['neverUsed', 3], ['abandoned', 3], ['dormant', 2], ['unlicensed', 15], ['nothing', 7],
];
/** What partners hold and use themselves, in the order of their ids. */
const partnerProfiles: readonly Profile[] = [
  'well', 'under', 'over', 'unlicensed', 'well', 'nothing', 'under', 'unlicensed', 'well', 'nothing', 'neverUsed', 'under',
];
/** Companies that the portal switched off, by profile; the one in use is there to be noticed. */
const switchedOff: Partial<Record<Profile, number>> = { nothing: 3, abandoned: 2, unlicensed: 1, well: 1 };

/** Partners, as owners of what they hold directly. */
export function partners(): Owner[] {
  const random = randomFor('partners');
  const weights = partnerProfiles.map((profile, index) => (profile === 'nothing' ? 0 : index === 0 ? 2.2 : random.between(0.5, 1.5)));
  const users = shareOut(DIRECT_USERS, weights);
  return partnerNames.map(([name, country], index) =>
    sized({ type: 'partner', id: index + 1, name, country, partnerId: null, active: true, profile: at(partnerProfiles, index) }, at(users, index), random),
  );
}

/** Companies in the order of their ids; the first is a large customer of the first partner. */
export function companies(): Owner[] {
  const random = randomFor('companies');
  const others = Object.entries(companyNames).flatMap(([country, names]) => names.map((name) => ({ name, country: country as Country })));
  const named = [firstCompany, ...random.shuffle(others)];
  const profiles = profilesOf(random);
  const partnered = new Set([0, ...random.shuffle(named.map((_, index) => index).slice(1)).slice(0, PARTNERED_COMPANIES - 1)]);
  const off = switchedOffIndexes(profiles);
  // A few large customers, many small ones.
  const weights = profiles.map((profile, index) => (profile === 'nothing' ? 0 : index === 0 ? 3 : 0.14 + random.next() ** 3 * 1.7));
  const users = shareOut(USERS - DIRECT_USERS, weights);
  return named.map(({ name, country }, index) => {
    const partnerId = index === 0 ? 1 : partnered.has(index) ? resellerFor(country, random) : null;
    const base = { type: 'company' as const, id: index + 1, name, country, partnerId, active: !off.has(index), profile: at(profiles, index) };
    return sized(base, at(users, index), random);
  });
}

function profilesOf(random: Random): Profile[] {
  const all = companyProfiles.flatMap(([profile, count]) => Array<Profile>(count).fill(profile));
  const [, ...rest] = [...all].sort((a, b) => Number(b === 'well') - Number(a === 'well'));
  return ['well', ...random.shuffle(rest)];
}

function switchedOffIndexes(profiles: readonly Profile[]): Set<number> {
  return new Set(
    Object.entries(switchedOff).flatMap(([profile, count]) =>
      profiles.flatMap((each, index) => (each === profile && index > 0 ? [index] : [])).slice(0, count),
    ),
  );
}

function resellerFor(country: Country, random: Random): number {
  const near = partnerNames.flatMap(([, home], index) => (home === country ? [index + 1] : []));
  if (near.length > 0 && random.chance(0.6)) return random.pick(near);
  return random.weighted(partnerNames.map((_, index) => [index + 1, index === 0 ? 2 : 1] as const));
}

const activeShares: Record<Profile, readonly [least: number, most: number]> = {
  over: [0.55, 0.85], well: [0.42, 0.72], under: [0.25, 0.55], unlicensed: [0.25, 0.6],
  neverUsed: [0, 0], abandoned: [0, 0], dormant: [0, 0], nothing: [0, 0],
};

/** Adds the numbers of active users and of seats that put the owner into the band of its profile. */
function sized(base: Omit<Owner, 'users' | 'activeUsers' | 'seats'>, users: number, random: Random): Owner {
  const [least, most] = activeShares[base.profile];
  const floor = base.profile === 'over' ? 2 : 1;
  const activeUsers = most === 0 ? 0 : Math.min(users, Math.max(floor, Math.round(users * random.between(least, most))));
  return { ...base, users, activeUsers, seats: seatsFor(base.profile, users, activeUsers, random) };
}

function seatsFor(profile: Profile, users: number, activeUsers: number, random: Random): number {
  switch (profile) {
    case 'over': {
      return Math.max(1, Math.min(activeUsers - 1, Math.round(activeUsers / random.between(1.03, 1.7))));
    }
    case 'well': {
      return Math.min(Math.floor(activeUsers / 0.7), Math.max(activeUsers, Math.round(activeUsers / random.between(0.73, 1))));
    }
    case 'under': {
      return Math.max(Math.floor(activeUsers / 0.7) + 1, Math.round(activeUsers / random.between(0.15, 0.69)));
    }
    case 'neverUsed':
    case 'abandoned':
    case 'dormant': {
      return Math.max(5, Math.round(users * random.between(0.8, 1.3)));
    }
    case 'unlicensed':
    case 'nothing': {
      return 0;
    }
  }
}
