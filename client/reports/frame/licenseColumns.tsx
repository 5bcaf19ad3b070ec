import type { LicenseSource } from '../../api/generated/graphql';
import { format, type MoneyLike } from '../../ui/format';
import type { GridColumn } from '../../ui/grid/types';
import { sourceWord } from '../../ui/words';

/** As much of a unified licence as the rows of a report show. */
export interface ReportLicense {
  id: string;
  source: LicenseSource;
  licenseKey?: string | null;
  siteUrl?: string | null;
  productSlug?: string | null;
  ownerName?: string | null;
  license?: { id: string } | null;
  quantity: number;
  isUnlimited?: boolean;
  expirationDate?: string | null;
  renewalValueArr?: MoneyLike | null;
}

/** Where a licence leads: to its portal round; those of other sources to the unified list. */
export function licenseHref({ id, license, licenseKey }: ReportLicense, day: string | null): string {
  const asOf = day === null ? '' : `?asOf=${day}`;
  if (license) return `/licences/${license.id}${asOf}`;
  const search = new URLSearchParams({ q: licenseKey ?? id, ...(day === null ? {} : { asOf: day }) });
  return `/unified?${search.toString()}`;
}

/** Who, which product, from where: the columns that lead every list of licences. */
export function identityColumns<Row>(of: (row: Row) => ReportLicense): GridColumn<Row>[] {
  return [
    { key: 'owner', header: 'Owner', card: 'title', value: (row) => of(row).ownerName ?? of(row).siteUrl ?? 'No owner' },
    { key: 'product', header: 'Product', card: 'field', value: (row) => of(row).productSlug ?? null },
    { key: 'source', header: 'Source', optional: true, value: (row) => sourceWord[of(row).source] },
    { key: 'key', header: 'Key', value: (row) => of(row).licenseKey ?? of(row).id },
  ];
}

/** Seats of a licence. */
export function quantityColumn<Row>(of: (row: Row) => ReportLicense): GridColumn<Row> {
  return {
    key: 'quantity', header: 'Seats', numeric: true, card: 'field', value: (row) => of(row).quantity,
    cell: (row) => (of(row).isUnlimited ? '∞' : format.integer(of(row).quantity)),
  };
}

/** Last day of a licence. */
export function expirationColumn<Row>(of: (row: Row) => ReportLicense): GridColumn<Row> {
  return {
    key: 'expirationDate', header: 'Expires', card: 'field', value: (row) => of(row).expirationDate ?? null,
    cell: (row) => (of(row).expirationDate ? format.date(of(row).expirationDate) : 'No end'),
  };
}

/** An amount and, for the file, its currency. */
export function moneyColumns<Row>(key: string, header: string, of: (row: Row) => MoneyLike | null | undefined): GridColumn<Row>[] {
  return [
    { key, header, numeric: true, card: 'field', value: (row) => of(row)?.amount ?? null, cell: (row) => format.money(of(row), { code: true }) },
    { key: `${key}Currency`, header: 'Currency', optional: true, value: (row) => of(row)?.currency ?? null },
  ];
}
