/** The values of a form: texts, as typed, so that two versions of a row compare field by field. */
export type Values = Record<string, string>;

/** One field that someone else changed while the form was open. */
export interface Difference<V extends Values> {
  field: keyof V & string;
  was: string;
  theirs: string;
  mine: string;
  /** Both changed it, to different values: someone has to decide. */
  contested: boolean;
}

/** The fields whose values differ. */
export function changedFields<V extends Values>(base: V, now: V): (keyof V & string)[] {
  return Object.keys(now).filter((field) => now[field] !== base[field]);
}

/** What someone else changed since the form was opened, compared with what was typed. */
export function differences<V extends Values>(base: V, mine: V, theirs: V): Difference<V>[] {
  return changedFields(base, theirs).map((field) => {
    const [was, their, own] = [base[field] ?? '', theirs[field] ?? '', mine[field] ?? ''];
    return { field, was, theirs: their, mine: own, contested: own !== was && own !== their };
  });
}

/** The form after a conflict: what was typed stays, everything else is as it is now. */
export function merged<V extends Values>(base: V, mine: V, theirs: V): V {
  const typed = changedFields(base, mine).map((field) => [field, mine[field]] as const);
  return { ...theirs, ...Object.fromEntries(typed) };
}
