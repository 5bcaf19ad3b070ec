import { graphql } from '../api/generated';
import type { EmbeddedDashboardQuery as Data } from '../api/generated/graphql';
import type { Viewer } from '../api/session';
import type { Embedding } from '../ui/embedding';
import type { Filters } from '../ui/filters/urlState';

export const EmbeddedDashboardQuery = graphql(`
  query EmbeddedDashboard {
    embeddedDashboard {
      dashboards
      expiresAt
      allowedOrigins
      permissions
      tenant {
        ownerType
        id
        name
      }
      lockedFilters {
        partners {
          id
          name
        }
        companies {
          id
          name
        }
        products {
          id
          name
        }
        statuses
        currencies
        sources
        productSlugs
      }
      settings {
        timezone
        today
        activityWindowDays
        reportingCurrency
        currencies
        utilizationLimits {
          under
          over
        }
        importMaxMegabytes
        demo
      }
    }
  }
`);

/** What the page was told of its token. */
export type Embedded = NonNullable<Data['embeddedDashboard']>;

/** The token's holder as the pages know viewers: nobody by name, with the token's permissions. */
export function viewerOf({ permissions, tenant, settings }: Embedded): Viewer {
  return { email: '', displayName: 'an embedded page', role: 'VIEWER', permissions, tenant: tenant ?? null, branding: null, settings };
}

type Named = Embedded['lockedFilters']['partners'];

const idsOf = (rows: NonNullable<Named>): string[] => rows.map(({ id }) => id);
const namesOf = (kind: string, rows: Named): Map<string, string> => new Map(rows?.map(({ id, name }) => [id, name ?? `${kind} ${id}`]));

/** The locked filters as the filter bar shows them and the questions ask with them: the server refuses any others. */
export function embeddingOf({ lockedFilters: locked }: Embedded): Embedding {
  const filters: Partial<Filters> = {
    ...(locked.partners ? { partner: idsOf(locked.partners) } : {}),
    ...(locked.companies ? { company: idsOf(locked.companies) } : {}),
    ...(locked.products ? { product: idsOf(locked.products) } : {}),
    ...(locked.statuses ? { status: [...locked.statuses] } : {}),
    ...(locked.currencies ? { currency: [...locked.currencies] } : {}),
    ...(locked.sources ? { source: [...locked.sources] } : {}),
    ...(locked.productSlugs ? { slug: [...locked.productSlugs] } : {}),
  };
  return {
    locked: filters,
    names: { partner: namesOf('partner', locked.partners), company: namesOf('company', locked.companies), product: namesOf('product', locked.products) },
    ownersLocked: locked.partners != null || locked.companies != null,
  };
}
