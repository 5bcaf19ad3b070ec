type Row = Record<string, string | number | null>;

/** What the tests of the funnel write into the history by hand. */
export interface EventValues {
  /** When it happened, UTC; null: unknown. */
  at: string | null;
  /** From when on it counts; default: when it happened. */
  known?: string;
  expires?: string | null;
  grace?: string | null;
  estimated?: boolean;
  trialId?: number;
}

type Kind = 'STARTED' | 'EXTENDED' | 'ACTIVATED' | 'CONVERTED' | 'REVERTED' | 'UNREADABLE';

/** A unit of the funnel with the number of its site. */
export function unit(id: number, productSlug = 'atlas'): Row {
  return { id, host: `site${id}.example`, product_slug: productSlug };
}

/** An event of a unit's first trial, which has the unit's number. */
export function event(unitId: number | null, kind: Kind, { at, known, expires = null, grace = null, estimated = false, trialId }: EventValues): Row {
  return {
    unit_id: unitId, trial_id: trialId ?? unitId, kind, occurred_at: at, known_at: known ?? at, expires_on: expires, grace_until: grace,
    estimated: estimated ? 1 : 0, observed_at: known ?? at,
  };
}
