import type { EmbedDashboard } from '../graphql.generated.js';
import { persistedDocuments, type PersistedDocument } from '../persisted.generated.js';
import { lockLicenses, lockMetrics, lockNames, lockNothing, lockReport, type Lock } from './locks.js';

const namesOfFilters = { FilterNames: lockNames('withPartners', 'withCompanies', 'withProducts'), FilterHits: lockNames('partner', 'company', 'product') };
const common = { EmbeddedDashboard: lockNothing, ...namesOfFilters };
const report = { ...common, FilterSlugs: lockReport };

/**
 * The client's operations that a dashboard runs, by name, and how a token's filters are locked in each. An operation that is
 * not here is none for a token of that dashboard; a new one of a page is added here, or its card stays empty when embedded.
 */
const operations: Readonly<Record<EmbedDashboard, Readonly<Record<string, Lock>>>> = {
  OVERVIEW: { ...common, Overview: lockMetrics, Timeline: lockLicenses },
  POSITION: { ...report, Position: lockReport, PositionRows: lockReport },
  RENEWALS: { ...report, Renewals: lockReport, RenewalRows: lockReport },
  RECLAMATION: { ...report, Reclamation: lockReport, ReclamationRows: lockReport },
  COST: { ...report, Cost: lockReport, CostOwners: lockReport },
  TREND: { ...report, Trend: lockReport },
  TRIALS: { ...report, Trials: lockReport },
};

/** Every dashboard, as its address names it. */
export const dashboardPaths: Readonly<Record<string, EmbedDashboard>> = Object.fromEntries(
  (Object.keys(operations) as EmbedDashboard[]).map((dashboard) => [dashboard.toLowerCase(), dashboard]),
);

/** The dashboard with this name; null when there is none. */
export function dashboardNamed(path: string): EmbedDashboard | null {
  return Object.hasOwn(dashboardPaths, path) ? (dashboardPaths[path] ?? null) : null;
}

/** A document of the client and how a token's filters are locked in it. */
export interface EmbeddedOperation extends PersistedDocument {
  lock: Lock;
}

/** The document with this id, if one of the dashboards runs it. The text is the client's own, never what came with a request. */
export function embeddedOperation(documentId: string, dashboards: readonly EmbedDashboard[]): EmbeddedOperation | null {
  const document = Object.hasOwn(persistedDocuments, documentId) ? persistedDocuments[documentId] : undefined;
  if (document === undefined) return null;
  const locks = dashboards.flatMap((dashboard) => {
    const known = operations[dashboard];
    return Object.hasOwn(known, document.name) ? (known[document.name] ?? []) : [];
  });
  // The same operation is locked in the same way by every dashboard that runs it.
  const [lock] = locks;
  return lock === undefined ? null : { ...document, lock };
}

/** The operations of a dashboard, by name. */
export function operationsOf(dashboard: EmbedDashboard): readonly string[] {
  return Object.keys(operations[dashboard]);
}
