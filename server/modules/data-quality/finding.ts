import type { DataQualityKind } from '../../graphql.generated.js';
import { etag } from '../change/change.js';
import type { LicenseRow } from '../license/entity.js';
import { loadLicense } from '../license/loaders.js';
import { licenseSubject } from '../license/service.js';
import type { UserRow } from '../user/entity.js';
import type { Question } from './question.js';

/** What a check found; what does not apply is absent. */
export interface OtherFinding {
  /** Identity among the findings of its kind: of the round, the user, the first of the trials. */
  rowId: number;
  license?: LicenseRow;
  otherId?: number | null;
  user?: UserRow;
  site?: { host: string; productSlug: string };
  /** Number of rows, where it is not one round. */
  rows?: number;
}

/** One thing that is wrong or doubtful, with the question that it answers. */
export interface Finding extends OtherFinding {
  kind: DataQualityKind;
  question: Question;
}

/** The other round of an overlap, if it may be seen. */
export async function otherLicense({ otherId, question }: Finding): Promise<LicenseRow | null> {
  return otherId == null ? null : loadLicense(question.context, otherId);
}

/** Identity of a finding: it holds the etags of its rounds, or the number of its rows, so that it changes with them. */
export async function findingId(finding: Finding): Promise<string> {
  const { kind, rowId, license, rows, question } = finding;
  const versions = [license, await otherLicense(finding)].flatMap((row) => (row ? [etag(question.context, licenseSubject, row)] : []));
  return [kind, rowId, ...(license === undefined ? [rows ?? 0] : versions)].join('.');
}

/** The round that the id of a finding speaks of and its etag; null when it is no id of a round of this kind. */
export function roundOfFinding(kind: DataQualityKind, findingId: string | number): { id: number; etag: string } | null {
  const [named, id = '', etag = '', ...rest] = String(findingId).split('.');
  if (named !== kind || rest.length > 0 || etag === '' || !/^[1-9]\d{0,9}$/.test(id)) return null;
  return { id: Number(id), etag };
}
