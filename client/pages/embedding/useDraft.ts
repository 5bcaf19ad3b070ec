import { useState } from 'react';

import type { CreateEmbedTokenMutationVariables, EmbedDashboard, LockedFiltersInput } from '../../api/generated/graphql';
import type { FilterChange, FilterKey, Filters } from '../../ui/filters/state';
import { noFilters } from '../../ui/filters/urlState';
import { dashboardWord } from './words';

/** Whose rows a token is to see. */
export type Rows = 'own' | 'partner' | 'company';

/** A token that is being put together. */
export interface Draft {
  name: string;
  dashboards: readonly EmbedDashboard[];
  rows: Rows;
  partner: { id: string; name: string };
  company: { id: string; name: string };
  locked: Filters;
  hours: string;
  origins: string;
}

const nobody = { id: '', name: '' };
const blank: Draft = { name: '', dashboards: ['OVERVIEW'], rows: 'own', partner: nobody, company: nobody, locked: noFilters, hours: '8', origins: '' };

const everywhere: readonly FilterKey[] = ['partner', 'company', 'currency'];

/** The filters that every chosen dashboard knows, and that can be locked. */
export function lockable(dashboards: readonly EmbedDashboard[]): FilterKey[] {
  const rounds = dashboards.includes('OVERVIEW');
  const reports = dashboards.some((dashboard) => dashboard !== 'OVERVIEW');
  return [...everywhere, ...(reports ? [] : (['product', 'status'] as const)), ...(rounds ? [] : (['source', 'slug'] as const))];
}

/** The locked filters as the API takes them; null: none. */
function lockedInput({ dashboards, locked }: Draft): LockedFiltersInput | null {
  const known = lockable(dashboards);
  const values = <K extends FilterKey>(key: K): Filters[K] | null => (known.includes(key) && (locked[key] as readonly unknown[]).length > 0 ? locked[key] : null);
  const input: LockedFiltersInput = {
    partnerIds: values('partner'), companyIds: values('company'), productIds: values('product'), statuses: values('status'), currencies: values('currency'),
    sources: values('source'), productSlugs: values('slug'),
  };
  return Object.values(input).some((value) => value !== null) ? input : null;
}

const HOUR = 3600;

/** What is wrong with a draft, by field, before anybody asks the server. */
export function draftProblems(draft: Draft): Partial<Record<'dashboards' | 'partner' | 'company' | 'origins', string>> {
  return {
    ...(draft.dashboards.length === 0 ? { dashboards: 'Choose at least one dashboard.' } : {}),
    ...(draft.rows === 'partner' && draft.partner.id === '' ? { partner: 'Choose the partner.' } : {}),
    ...(draft.rows === 'company' && draft.company.id === '' ? { company: 'Choose the company.' } : {}),
    ...(originsOf(draft).length === 0 ? { origins: 'Name the origin of a page, such as https://portal.example.' } : {}),
  };
}

/** The origins, one a line. */
export const originsOf = ({ origins }: Draft): string[] => origins.split(/[\s,]+/).filter(Boolean);

/** What a token is called that nobody gave a name. */
function nameOf(dashboards: readonly EmbedDashboard[]): string {
  const words = dashboards.map((one) => dashboardWord[one]);
  return words.length > 2 ? `${words.slice(0, 2).join(', ')} and ${words.length - 2} more` : words.join(', ');
}

/** The question that makes the token. */
export function variablesOf(draft: Draft): CreateEmbedTokenMutationVariables {
  const { name, dashboards, rows, partner, company, hours } = draft;
  return {
    name: name.trim() || nameOf(dashboards), dashboards: [...dashboards], lockedFilters: lockedInput(draft), expiresIn: Number(hours) * HOUR, allowedOrigins: originsOf(draft),
    scope: rows === 'own' ? null : rows === 'partner' ? { partnerId: partner.id } : { companyId: company.id },
  };
}

/** A draft and how to change it. */
export function useDraft() {
  const [draft, setDraft] = useState(blank);
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  const lock = (filters: FilterChange) =>
    setDraft((old) => {
      const set = Object.entries(filters).map(([key, value]) => [key, value ?? noFilters[key as FilterKey]]);
      return { ...old, locked: { ...old.locked, ...(Object.fromEntries(set) as Partial<Filters>) } };
    });
  return { draft, change, lock };
}
