// Taken once: in the VM contexts that tests run in, each look-up of a global is slow, and these are called millions of times.
const { floor, imul, round } = Math;

/** Repeatable randomness: the same name gives the same numbers on every machine. */
export interface Random {
  /** From 0, below 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number;
  /** A number from `least`, below `most`. */
  between(least: number, most: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One of the values. */
  pick<T>(values: readonly T[]): T;
  /** One of the values, each as likely as its weight. */
  weighted<T>(choices: readonly (readonly [value: T, weight: number])[]): T;
  /** The values in another order. */
  shuffle<T>(values: readonly T[]): T[];
}

/** A stream of its own for each subject, so that a change to one leaves the rows of the others as they were. */
export function randomFor(subject: string): Random {
  let state = hash(subject);
  // Mulberry32: integer arithmetic only, hence equal everywhere.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (least: number, most: number): number => least + floor(next() * (most - least + 1));
  return {
    next,
    int,
    between: (least, most) => least + next() * (most - least),
    chance: (probability) => next() < probability,
    pick: (values) => at(values, int(0, values.length - 1)),
    weighted(choices) {
      let sum = 0;
      for (const choice of choices) sum += choice[1];
      let rest = next() * sum;
      for (const choice of choices) if ((rest -= choice[1]) < 0) return choice[0];
      return at(choices, choices.length - 1)[0];
    },
    shuffle(values) {
      const shuffled = [...values];
      for (let last = shuffled.length - 1; last > 0; last -= 1) {
        const other = int(0, last);
        [shuffled[last], shuffled[other]] = [at(shuffled, other), at(shuffled, last)];
      }
      return shuffled;
    },
  };
}

/**
 * Shares out a whole number in proportion to the weights. Each share is a difference of rounded running sums, so that
 * the shares add up exactly.
 */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((running, weight) => running + weight, 0);
  let reached = 0;
  let given = 0;
  return weights.map((weight) => {
    reached += weight;
    const upTo = round((total * reached) / sum);
    const share = upTo - given;
    given = upTo;
    return share;
  });
}

/** The value at a place that must be there. */
export function at<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined) throw new RangeError(`No value at ${index} of ${values.length}`);
  return value;
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value;
}
