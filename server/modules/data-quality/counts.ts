import sql, { join, raw } from 'sql-template-tag';
import { number } from '../../db/decode.js';
import type { DataQualityCount, DataQualityKind } from '../../graphql.generated.js';
import { checks, kinds } from './checks/index.js';
import { checkedRounds } from './rounds.js';
import type { Question } from './question.js';

/** Every kind with its count: one pass over the rounds, and a statement for each check that looks at several rows together. */
export async function countFindings(question: Question): Promise<DataQualityCount[]> {
  const counts = new Map((await Promise.all([countRounds(question), ...kinds.map((kind) => countOther(question, kind))])).flat());
  return kinds.map((kind) => {
    const { severity, ...check } = checks[kind];
    return { kind, severity, count: counts.get(kind) ?? 0, fixable: 'fix' in check };
  });
}

type Count = readonly [kind: DataQualityKind, count: number];

async function countRounds(question: Question): Promise<Count[]> {
  const counted = kinds.flatMap((kind) => {
    const check = checks[kind];
    return 'condition' in check ? [{ kind, column: sql`count(case when ${check.condition(question)} then 1 end) as ${raw(kind)}` }] : [];
  });
  const [row] = await question.db.read(sql`
    select ${join(counted.map(({ column }) => column))} from ${checkedRounds(question)} where ${question.scope.rounds}`);
  return counted.map(({ kind }) => [kind, row === undefined ? 0 : number(row, kind)]);
}

async function countOther(question: Question, kind: DataQualityKind): Promise<Count[]> {
  const check = checks[kind];
  return 'count' in check ? [[kind, await check.count(question)]] : [];
}
