/** Ids above `after`, up to `through`. */
export interface IdRange {
  after: number;
  through: number;
}

/** What is known of the newest ids of a table whose rows are only added. */
export interface Seen {
  /** Which ids are above this one is known, up to `latest`. */
  from: number;
  latest: number;
  ids: ReadonlySet<number>;
}

/**
 * Rows commit out of the order of their ids, a large transaction far behind a small one. Of so many ids behind the newest it is known which are
 * there: what is there afterwards has committed behind.
 */
const BEHIND = 2000;

/** What is asked for when the newest id is this one and nothing is known yet. */
export function unknown(newest: number): Seen {
  return { from: Math.max(0, newest - BEHIND), latest: Math.max(0, newest), ids: new Set() };
}

/** What is still known when this is the newest id: nothing once the newest are gone, as when a table was emptied, for ids may begin anew. */
export function stillKnown(seen: Seen, newest: number): Seen {
  return newest < seen.latest ? unknown(newest) : seen;
}

/** From where on ids are to be known when this is the newest. Those between what was the latest and this are told of, and not remembered. */
export function nextFrom({ from }: Seen, newest: number): number {
  return Math.max(from, newest - BEHIND);
}

/**
 * What is known after a look, and where the ids are that were not there before, and no others. `found`: the ids above `from` that are not above
 * `latest`, and those from the next `from` on.
 */
export function advanced(before: Seen, newest: number, found: readonly number[]): { seen: Seen; added: IdRange[] } {
  const from = nextFrom(before, newest);
  const ids = [...found].sort((a, b) => a - b);
  const latest = Math.max(before.latest, newest, ids.at(-1) ?? 0);
  const added: IdRange[] = [];
  let known = before.from;
  for (const id of ids.filter((each) => each <= before.latest)) {
    const last = added.at(-1);
    if (before.ids.has(id)) known = id;
    else if (last !== undefined && last.after === known) last.through = id;
    else added.push({ after: known, through: id });
  }
  if (latest > before.latest) added.push({ after: before.latest, through: latest });
  return { seen: { from, latest, ids: new Set(ids.filter((id) => id > from)) }, added };
}
