/** A row as the provider keeps it: whatever a test wants to send, beside the key. */
export interface ProviderRow {
  license_key: string;
  [field: string]: unknown;
}

interface Entry {
  row: ProviderRow;
  /** Grows with every change: the cursor is the number of the last change that was read. */
  change: number;
}

const MOST_ROWS = 1000;

/** The licences of a provider, in the order of their latest change. A key may stand on several rows, one a site. */
export class LicenseStore {
  readonly checkIns: { license_key: string; site_url: string; checked_in_at: string }[] = [];
  private entries: Entry[] = [];
  private changes = 0;

  constructor(rows: readonly ProviderRow[]) {
    this.entries = rows.map((row) => ({ row, change: ++this.changes }));
  }

  get size(): number {
    return this.entries.length;
  }

  find(licenseKey: string): ProviderRow | undefined {
    return this.entries.find(({ row }) => row.license_key === licenseKey)?.row;
  }

  /** Adds a row, or changes the fields that are given of the row with its key and site. */
  put(row: ProviderRow): void {
    const found = this.entries.find((entry) => entry.row.license_key === row.license_key && (row['site_url'] == null || row['site_url'] === entry.row['site_url']));
    this.entries = this.entries.filter((entry) => entry !== found);
    this.entries.push({ row: { ...found?.row, ...row }, change: ++this.changes });
  }

  remove(licenseKey: string): void {
    this.entries = this.entries.filter(({ row }) => row.license_key !== licenseKey);
  }

  page(query: Record<string, string>, leftOut: readonly string[]): { status: number; content: unknown } {
    const limit = Math.min(Number(query['limit'] ?? MOST_ROWS), MOST_ROWS);
    const after = Number(query['cursor'] ?? 0);
    const rest = this.entries.filter(({ change, row }) => change > after && !leftOut.includes(row.license_key));
    const page = rest.slice(0, limit);
    const content = {
      data: page.map(({ row }) => row),
      next_cursor: String(page.at(-1)?.change ?? after),
      has_more: rest.length > page.length,
      total: rest.length,
    };
    return { status: 200, content };
  }

  checkIn(licenseKey: string, { site_url, checked_in_at }: { site_url: string; checked_in_at: string }): { recorded: boolean } {
    this.checkIns.push({ license_key: licenseKey, site_url, checked_in_at });
    this.put({ license_key: licenseKey, last_check_in: checked_in_at });
    return { recorded: true };
  }
}

/** The endpoint that answers for one key at a time. */
export class FluentService {
  constructor(private readonly store: LicenseStore) {}

  check(query: Record<string, string>): unknown {
    const row = this.store.find(query['license_key'] ?? '');
    const isOurs = row !== undefined && (row['item_id'] === undefined || row['item_id'] === query['item_id']);
    if (query['fluent-cart'] !== 'check_license' || !isOurs) return { success: false, status: 'invalid', message: 'No such licence.' };
    const { expiration_date: expiration = 'lifetime', activation_limit = 0, activations_count = 0, product_title = '', variation_title = '', status = 'valid' } = row;
    return { success: status === 'valid', status, expiration_date: expiration, activation_limit, activations_count, product_title, variation_title };
  }
}
