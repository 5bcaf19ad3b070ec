import sql, { raw, type Sql } from 'sql-template-tag';
import { number } from '../../../db/decode.js';
import { all } from '../../../db/filter.js';
import { readPage } from '../../../db/page.js';
import { licenseColumns } from '../../license/columns.js';
import { lifecycleSql } from '../../license/lifecycle.js';
import { ownerNumber } from '../../activity/owner-number.js';
import type { OtherCheck } from '../check.js';
import { otherLicense } from '../finding.js';
import type { Question } from '../question.js';
import { byId, roundFinding } from '../rounds.js';
import { untilInWords } from '../words.js';

/** Days are counted from here: no date of ours is earlier. */
const DAY_ZERO = `'0001-01-01'`;
/** More than any id, so that a day and an id fit into one number, the day first. 8-byte integers hold days up to the year 9999. */
const ID_LIMIT = raw('2147483648');

/**
 * Rows (id, other_id): each round that begins while an earlier one of the same owner and product is in force, with that one;
 * of several the one that ends last. One pass over the sorted rounds remembers the furthest end so far: comparing every round
 * with every other of its owner takes eight times as long for ten rounds each, and without end for an owner of thousands.
 */
function overlaps({ db, asOf, graceDays, scope }: Question): Sql {
  const { dialect } = db;
  const day = (date: Sql) => dialect.daysBetween(raw(DAY_ZERO), date);
  const end = sql`case when ${dialect.hasNoEnd(raw('l.end_date'))} then '9999-12-31' else l.end_date end`;
  const valid = sql`${lifecycleSql(dialect, { asOf, graceDays })} <> 'INVALID'`;
  return sql`select y.id as id, y.furthest % ${ID_LIMIT} as other_id from (
    select r.id as id, r.starts as starts, max(r.ends * ${ID_LIMIT} + r.id)
      over (partition by r.owner, r.product order by r.starts, r.id rows between unbounded preceding and 1 preceding) as furthest
    from (
      select l.id as id, ${ownerNumber('l')} as owner, l.product_code_id as product, ${day(raw('l.start_date'))} as starts, ${day(end)} as ends
      from ${db.table('license', 'l')} where ${all([valid, scope.rounds])}
    ) r
  ) y where y.furthest >= y.starts * ${ID_LIMIT}`;
}

export const overlappingRounds: OtherCheck = {
  severity: 'WARNING',
  count: async (question) => {
    const [row] = await question.db.read(sql`select count(*) as n from (${overlaps(question)}) o`);
    return Number(row?.['n'] ?? 0);
  },
  page: (question, args) => readPage({
    db: question.db,
    source: sql`(select xl.*, o.other_id as other_id from (${overlaps(question)}) o join ${question.db.table('license', 'xl')} on xl.id = o.id) l`,
    alias: 'l', where: [], order: byId('OVERLAPPING_ROUNDS', 'l.id'), ...args,
    columns: sql`${licenseColumns}, x.other_id as other_id`,
    decode: (row) => ({ ...roundFinding(row), otherId: number(row, 'other_id') }),
  }),
  message: async (finding) => {
    const other = await otherLicense(finding);
    const during = `licence ${finding.otherId ?? ''} of the same owner and product`;
    return `The round begins on ${finding.license?.startDate ?? ''}, while ${during} runs${other === null ? '' : ` ${untilInWords(other.endDate)}`}.`;
  },
};
