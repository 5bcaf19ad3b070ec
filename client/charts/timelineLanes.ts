import type { Round } from './types';

export const dayLength = 86_400_000;
/** The plot shows at least a year, so that its labels can be months. */
const shortestRange = 365 * dayLength;
/** Terms that reach further than this from the day are cut at the edge: a ten-year term must not flatten all others. */
const furthest = { before: 730 * dayLength, after: 1095 * dayLength };

/** A calendar day as the instant at which it begins in UTC. */
export const dayStart = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** One row of the timeline; an owner whose rounds overlap has several. */
export interface Lane {
  ownerKey: string;
  /** Only the first lane of an owner carries its name. */
  ownerName: string | null;
  rounds: Round[];
}

/** When a round leaves its lane free again: after its grace, never for a perpetual one. */
const freeFrom = (round: Round) => (round.endDate ? dayStart(round.graceEndDate ?? round.endDate) : Number.POSITIVE_INFINITY);

function lanesOfOwner(rounds: readonly Round[]): Round[][] {
  const lanes: Round[][] = [];
  const free: number[] = [];
  for (const round of [...rounds].sort((a, b) => dayStart(a.startDate) - dayStart(b.startDate))) {
    const start = dayStart(round.startDate);
    const found = free.findIndex((time) => time < start);
    const lane = found < 0 ? lanes.length : found;
    (lanes[lane] ??= []).push(round);
    free[lane] = freeFrom(round);
  }
  return lanes;
}

/** Owners in the order they arrive in, each with as many lanes as its rounds need so that none covers another. */
export function lanesOf(rounds: readonly Round[]): Lane[] {
  const owners = new Map<string, Round[]>();
  for (const round of rounds) {
    const list = owners.get(round.ownerKey);
    if (list) list.push(round);
    else owners.set(round.ownerKey, [round]);
  }
  return [...owners].flatMap(([ownerKey, owned]) => lanesOfOwner(owned).map((lane, index) => ({
    ownerKey, ownerName: index === 0 ? owned[0]?.ownerName ?? ownerKey : null, rounds: lane,
  })));
}

/** The days the plot spans: all terms, at least a year, at most two years back and three ahead of the day. */
export function timeRange(rounds: readonly Round[], asOf: string): { from: number; to: number } {
  const day = dayStart(asOf);
  const starts = rounds.map((round) => dayStart(round.startDate));
  const ends = rounds.map((round) => dayStart(round.graceEndDate ?? round.endDate ?? round.startDate));
  const from = Math.max(day - furthest.before, starts.reduce((a, b) => Math.min(a, b), day));
  const to = Math.min(day + furthest.after, ends.reduce((a, b) => Math.max(a, b), day));
  const middle = (from + to) / 2;
  const half = Math.max(to - from, shortestRange) / 2;
  return { from: Math.floor(middle - half * 1.02), to: Math.ceil(middle + half * 1.02) };
}
