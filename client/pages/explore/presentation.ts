import type { SavedQueryView } from '../../api/generated/graphql';
import type { ChartChoice } from './axes';
import type { Example } from './examples';
import type { SavedQuery } from './queries';

/** How a result is shown. */
export interface Presentation {
  view: SavedQueryView;
  /** Path of the list that makes the rows; null: the longest. */
  rows: string | null;
  /** Null: chosen from the columns. */
  chart: ChartChoice | null;
}

/** What a page without a query begins with. */
export const plain: Presentation = { view: 'JSON', rows: null, chart: null };

/** How an example is shown. */
export function presentationOf({ view, rows, chart }: Example): Presentation {
  return { view, rows: rows ?? null, chart: chart ?? null };
}

/** How a kept query is shown. */
export function savedPresentation({ view, rows, chart }: SavedQuery): Presentation {
  return { view, rows: rows ?? null, chart: chart ? { type: chart.type, x: chart.x, y: chart.y, series: chart.series ?? null } : null };
}
