import { distance } from 'fastest-levenshtein';

/** Something that has a name. */
export interface Named {
  id: number | string;
  name: string;
}

/** The normalised names of a list of candidates: thousands of companies are asked again for every unknown value. */
const known = new WeakMap<readonly Named[], string[]>();

/** Longer texts are no names, and comparing them takes time by the product of their lengths. */
const LONGEST = 200;

/**
 * The candidates whose names are most like a value, the nearest first; none that shares too little. Letters, digits and
 * their order count; case, accents, punctuation and spaces do not.
 */
export function nearest<T extends Named>(value: string, candidates: readonly T[], most: number): T[] {
  const wanted = normalised(value);
  if (wanted === '') return [];
  const names = namesOf(candidates);
  const found: { candidate: T; far: number }[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const name = names[index] ?? '';
    const far = farness(wanted, name);
    if (far <= limit(wanted, name)) found.push({ candidate, far });
  }
  return found
    .sort((a, b) => a.far - b.far || (a.candidate.name < b.candidate.name ? -1 : Number(a.candidate.name > b.candidate.name)))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

function namesOf(candidates: readonly Named[]): string[] {
  const names = known.get(candidates) ?? candidates.map(({ name }) => normalised(name));
  known.set(candidates, names);
  return names;
}

function normalised(name: string): string {
  return name.slice(0, LONGEST).normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** Edits from one to the other; a name that begins with all of the value (“Acme”, “Acme GmbH”) is as near as one edit. */
function farness(wanted: string, name: string): number {
  if (name === wanted) return 0;
  if (wanted.length >= 3 && (name.startsWith(`${wanted} `) || wanted.startsWith(`${name} `)) && name.length >= 3) return 1;
  // The difference in length is the least number of edits: what is too far anyway is not compared.
  if (Math.abs(wanted.length - name.length) > limit(wanted, name)) return Infinity;
  return distance(wanted, name);
}

/** A third of the longer text may differ, and one letter of a short one. */
function limit(wanted: string, name: string): number {
  return Math.max(1, Math.floor(Math.max(wanted.length, name.length) / 3));
}
