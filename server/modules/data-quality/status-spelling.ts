import sql, { raw } from 'sql-template-tag';
import { number, text } from '../../db/decode.js';
import type { ScopedTables } from '../../db/scoped.js';

/** How the table mostly spells the two statuses that dates can contradict. */
export interface StatusSpelling {
  active: string;
  expired: string;
}

const usual: StatusSpelling = { active: 'Active', expired: 'Expired' };

/** The commonest spelling of each status in the table, blanks around it aside; the usual one where there is none. */
export async function readStatusSpelling(db: ScopedTables): Promise<StatusSpelling> {
  const rows = await db.read(sql`
    select min(trim(l.status)) as spelling, count(*) as rounds from ${db.table('license', 'l')}
    where lower(trim(l.status)) in ('active', 'expired') group by ${db.dialect.exactText(raw('trim(l.status)'))}`);
  const spellings = rows
    .map((row) => ({ spelling: text(row, 'spelling'), rounds: number(row, 'rounds') }))
    .sort((a, b) => b.rounds - a.rounds || (a.spelling < b.spelling ? -1 : 1));
  const commonest = (word: keyof StatusSpelling) => spellings.find(({ spelling }) => spelling.toLowerCase() === word)?.spelling ?? usual[word];
  return { active: commonest('active'), expired: commonest('expired') };
}
