import { graphql } from '../../api/generated';
import type { PartnerCoreFragment, PartnerOrderField, UtilizationPartsFragment } from '../../api/generated/graphql';
import type { SortBy } from '../../ui/grid/useSort';

export const PartnerCore = graphql(`
  fragment PartnerCore on Partner {
    id
    etag
    name
  }
`);

/** A partner as forms and lists know it. */
export type Partner = PartnerCoreFragment;

/** A partner with its figures; without them for those who may not read activity. */
export type PartnerRow = Partner & { utilization?: UtilizationPartsFragment | null };

/** The page of a partner. */
export const partnerHref = (partner: { id: string }) => `/partners/${partner.id}`;

export const partnerOrderFields: readonly PartnerOrderField[] = ['ID', 'NAME'];
export const partnersByName: SortBy<PartnerOrderField> = { field: 'NAME', direction: 'ASC' };
