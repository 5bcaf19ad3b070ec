import type { BulkAction } from '../../../api/generated/graphql';
import { format, MISSING } from '../../../ui/format';
import type { PreviewRow } from './usePreview';

/** What a row is called: owner and product; where the owner stands beside it, product and term. */
export function rowName(action: BulkAction, { license }: PreviewRow): string {
  if (!license) return MISSING;
  const product = license.product?.label ?? 'unknown product';
  return action === 'SET_OWNER' ? `${product} · ${term(license.startDate, license.endDate)}` : `${license.owner?.name ?? 'No owner'} · ${product}`;
}

/** Headings of what is and what would be. */
export const effectHeads: Readonly<Record<BulkAction, readonly [now: string, then: string]>> = {
  RENEW: ['Term', 'New licence'], SET_STATUS: ['Status', 'New status'], SET_OWNER: ['Owner', 'New owner'], DELETE: ['Term', 'Effect'],
};

const term = (from: string | null | undefined, to: string | null | undefined) => (from ? (to ? format.range(from, to) : `from ${format.date(from)}, no end`) : MISSING);

/** What a row is now, in what the action is about; a status shows only where it would change. */
export function isNow(action: BulkAction, { license, changes }: PreviewRow): string {
  if (!license) return MISSING;
  if (action === 'SET_OWNER') return license.owner?.name ?? MISSING;
  if (action === 'SET_STATUS') return changes.find(({ field }) => field === 'status')?.before ?? MISSING;
  return `${term(license.startDate, license.endDate)}, ${format.integer(license.seats)} seats`;
}

/** What a row would be, or would have beside it. */
export function wouldBe(action: BulkAction, { changes }: PreviewRow): string {
  const after = (field: string) => changes.find((change) => change.field === field)?.after;
  switch (action) {
    case 'RENEW':
      return term(after('startDate'), after('endDate'));
    case 'SET_STATUS':
      return after('status') ?? MISSING;
    case 'SET_OWNER':
      return changes.find(({ field, after: id }) => (field === 'companyId' || field === 'partnerId') && id != null)?.afterLabel ?? MISSING;
    case 'DELETE':
      return 'Deleted';
  }
}
