import type { Context } from '../../context.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import type { DataQualityKind, UserError, UserErrorCode } from '../../graphql.generated.js';
import { through } from '../audit/channel.js';
import { etag, refusable } from '../change/change.js';
import { Refusal } from '../change/refusal.js';
import type { LicenseRow } from '../license/entity.js';
import { licenseSubject } from '../license/service.js';
import { licensesByIds } from '../license/store.js';
import { writeLicenses, type LicenseWrite } from '../license-batch/write.js';
import type { Fix } from './check.js';
import { checks } from './checks/index.js';
import { roundOfFinding } from './finding.js';
import { qualityQuestion, type Question } from './question.js';

const MAX_FINDINGS = 1000;

/** A finding to fix: where it stands in the call, its round, and the state in which the round was read. */
interface Wanted {
  index: number;
  id: number;
  etag: string;
}

/** Sets the certain value of each of these findings of one kind, or of none and tells every reason. */
export async function fixFindings(context: Context, kind: DataQualityKind, findingIds: readonly (string | number)[]): Promise<{ fixed: number; userErrors: UserError[] }> {
  const check = checks[kind];
  const refused = (field: string, message: string) => ({ fixed: 0, userErrors: [{ field: [field], code: 'INVALID' as const, message }] });
  if (!('fix' in check) || check.fix === undefined) return refused('kind', 'Nobody but you can tell the right value of findings of this kind.');
  if (findingIds.length > MAX_FINDINGS) return refused('findingIds', `At most ${MAX_FINDINGS} findings can be fixed at once, not ${findingIds.length}.`);
  const { fix } = check;
  const { row: fixed, userErrors } = await refusable(context, (tx) => fixAll(through(context, 'QUALITY'), tx, fix, readIds(kind, findingIds)));
  return { fixed: fixed ?? 0, userErrors };
}

/** Each finding once, in the order of the rows: two calls that want the same rows wait for each other. */
function readIds(kind: DataQualityKind, findingIds: readonly (string | number)[]): Wanted[] {
  const first = new Map<string, number>();
  findingIds.forEach((id, index) => {
    if (!first.has(String(id))) first.set(String(id), index);
  });
  const read = [...first].map(([id, index]) => ({ index, round: roundOfFinding(kind, id) }));
  const errors = read.filter(({ round }) => round === null).map(({ index }) => fault(index, 'NOT_FOUND', 'This is no finding of the kind.'));
  if (errors.length > 0) throw new Refusal(errors);
  return read.flatMap(({ index, round }) => (round === null ? [] : [{ index, ...round }])).sort((a, b) => a.id - b.id);
}

async function fixAll(context: Context, tx: ScopedTransaction, fix: Fix, wanted: readonly Wanted[]): Promise<number> {
  if (wanted.length === 0) return 0;
  const question = qualityQuestion(context, null, context.today, tx);
  const rows = await licensesByIds(tx, wanted.map(({ id }) => id), true);
  const writes: LicenseWrite[] = [];
  const errors: UserError[] = [];
  for (const [place, { index, etag: version }] of wanted.entries()) {
    const write = await fixOne(question, fix, rows[place] ?? null, version);
    if (typeof write === 'string') errors.push(fault(index, write, messages[write]));
    else writes.push(write);
  }
  if (errors.length > 0) throw new Refusal(errors.sort((a, b) => Number(a.field[1]) - Number(b.field[1])));
  await writeLicenses(context, tx, writes);
  return writes.length;
}

const messages = {
  NOT_FOUND: 'The licence is gone.',
  CONFLICT: 'The licence was changed since you read it. Look at it again.',
  INVALID: 'The right value of this licence is not certain any more.',
};

/** What to write, or why not. */
async function fixOne(question: Question, fix: Fix, row: LicenseRow | null, version: string): Promise<LicenseWrite | keyof typeof messages> {
  if (row === null) return 'NOT_FOUND';
  if (etag(question.context, licenseSubject, row) !== version) return 'CONFLICT';
  const values = await fix(row, question);
  return values === null ? 'INVALID' : { before: row, values: { ...row, ...values } };
}

function fault(index: number, code: UserErrorCode, message: string): UserError {
  return { field: ['findingIds', String(index)], code, message };
}
