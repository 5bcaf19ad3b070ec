import type { EmbedDashboard } from '../../api/generated/graphql';
import { sourceWord, statusWord } from '../../ui/words';
import type { EmbedToken } from './queries';

/** Every dashboard, as its page calls itself. */
export const dashboardWord: Record<EmbedDashboard, string> = {
  OVERVIEW: 'Overview',
  POSITION: 'Licence position',
  RENEWALS: 'Renewals',
  RECLAMATION: 'Reclamation',
  COST: 'Cost per active user',
  TREND: 'Consumption trend',
  TRIALS: 'Trial funnel',
};

export const dashboards = Object.keys(dashboardWord) as EmbedDashboard[];

/** The last part of a dashboard's address. */
export const pathOf = (dashboard: EmbedDashboard): string => dashboard.toLowerCase();

/** Whose rows a token sees. */
export const rowsOf = ({ partner, company }: EmbedToken): string =>
  company ? (company.name ?? `Company ${company.id}`) : partner ? (partner.name ?? `Partner ${partner.id}`) : 'Everything';

/** The locked filters of a token in one line; null: none. */
export function locksOf({ lockedFilters: locked }: EmbedToken): string | null {
  const named = (rows: readonly { id: string; name?: string | null }[] | null | undefined) => rows?.map(({ id, name }) => name ?? id);
  const parts: [string, readonly string[] | null | undefined][] = [
    ['Partner', named(locked.partners)], ['Company', named(locked.companies)], ['Product', named(locked.products)],
    ['Status', locked.statuses?.map((status) => statusWord[status])], ['Currency', locked.currencies],
    ['Source', locked.sources?.map((source) => sourceWord[source])], ['Product', locked.productSlugs],
  ];
  const words = parts.flatMap(([label, values]) => (values ? [`${label}: ${values.join(', ')}`] : []));
  return words.length > 0 ? words.join(' · ') : null;
}

/** What a token still opens. */
export const stateOf = ({ open, revokedAt }: EmbedToken): 'Open' | 'Revoked' | 'Ended' => (open ? 'Open' : revokedAt ? 'Revoked' : 'Ended');
