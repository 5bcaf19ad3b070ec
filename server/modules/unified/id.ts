import { badInput } from '../../errors.js';
import type { LicenseSource } from '../../graphql.generated.js';
import { idOffsets } from './columns.js';

/** A licence within its own source. */
export interface SourceRow {
  source: LicenseSource;
  rowId: number;
}

const names: Record<LicenseSource, string> = { PORTAL: 'portal', TRIAL: 'trial', EXTERNAL: 'external' };

/** Sources from the highest offset to the lowest. */
const byOffset = (Object.keys(idOffsets) as LicenseSource[]).sort((a, b) => idOffsets[b] - idOffsets[a]);

/** The id over all sources, as the relation has it. */
export function unifiedId({ source, rowId }: SourceRow): number {
  return idOffsets[source] + rowId;
}

/** The licence that an id over all sources means. */
export function sourceRowOf(uid: number): SourceRow {
  const source = byOffset.find((name) => uid > idOffsets[name]) ?? 'PORTAL';
  return { source, rowId: uid - idOffsets[source] };
}

/** The id as the API shows it: `portal:12`. */
export function unifiedName({ source, rowId }: SourceRow): string {
  return `${names[source]}:${rowId}`;
}

/** The licence that an id of the API names. Throws BAD_USER_INPUT on anything else. */
export function parseUnifiedName(id: string | number, field: string): SourceRow {
  const [, name, digits] = /^(portal|trial|external):([1-9]\d{0,11})$/.exec(String(id)) ?? [];
  const source = byOffset.find((candidate) => names[candidate] === name);
  const rowId = Number(digits);
  if (source === undefined || rowId >= idOffsets.TRIAL) throw badInput(field, 'is not the id of a licence, such as portal:12');
  return { source, rowId };
}
