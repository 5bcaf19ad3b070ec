import { createContext, use, useCallback } from 'react';
import { useLocation } from 'react-router';

import type { FilterNames } from './filters/names';
import type { Filters } from './filters/urlState';

/** What a page knows of being shown within somebody else's. */
export interface Embedding {
  /** Filters that the server sets whatever the page asks; the page shows them. */
  locked: Partial<Filters>;
  /** What the ids among them are called. */
  names: FilterNames;
  /** True when partners or companies are locked: then no other owner can be asked for. */
  ownersLocked: boolean;
}

/** Null in Seatwise itself. */
export const EmbeddingContext = createContext<Embedding | null>(null);

/** How the page is embedded; null when it is not. */
export function useEmbedding(): Embedding | null {
  return use(EmbeddingContext);
}

/** Where a link leads: an embedded page has no other page to go to, so there only links to itself lead anywhere. */
export function useReachable(): <Href extends string | undefined>(href: Href) => Href | undefined {
  const embedded = useEmbedding() !== null;
  const { pathname } = useLocation();
  return useCallback((href) => (embedded && href?.split('?', 1)[0] !== pathname ? undefined : href), [embedded, pathname]);
}
