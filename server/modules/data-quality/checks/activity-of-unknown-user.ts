import sql, { raw, type Sql } from 'sql-template-tag';
import { number } from '../../../db/decode.js';
import { never } from '../../../db/filter.js';
import { readPage } from '../../../db/page.js';
import type { OtherCheck } from '../check.js';
import type { Question } from '../question.js';
import { byId } from '../rounds.js';
import { entriesInWords } from '../words.js';

/**
 * Rows (id, entries) of users who are in the log and nowhere else. With an index on users the log is stepped through user by
 * user, and entries are counted for the users shown only; without one, it is read once for both.
 */
function unknownUsers({ db, context }: Question): Sql {
  const entries = context.activityIndexed ? raw('null') : raw('count(*)');
  return sql`(select w.user_id as id, w.entries as entries from (
      select a.user_id as user_id, ${entries} as entries from ${db.table('activity', 'a')} where a.user_id is not null group by a.user_id
    ) w left join ${db.table('user', 'u')} on u.id = w.user_id where u.id is null) w`;
}

/** Nobody is known to own what such users do: a filter on owners leaves nothing. */
const where = ({ scope }: Question): Sql[] => (scope.unfiltered ? [] : [never]);

export const activityOfUnknownUser: OtherCheck = {
  severity: 'WARNING',
  count: async (question) => {
    if (!question.scope.unfiltered) return 0;
    const [row] = await question.db.read(sql`select count(*) as n from ${unknownUsers(question)}`);
    return Number(row?.['n'] ?? 0);
  },
  page: (question, args) => readPage({
    db: question.db, source: unknownUsers(question), alias: 'w', where: where(question), order: byId('ACTIVITY_OF_UNKNOWN_USER', 'w.id'), ...args,
    columns: sql`x.id as id, coalesce(x.entries, (select count(*) from ${question.db.table('activity', 'a')} where a.user_id = x.id)) as entries`,
    decode: (row) => ({ rowId: number(row, 'id'), rows: number(row, 'entries') }),
  }),
  message: ({ rowId, rows = 0 }) => `${entriesInWords(rows)} of user ${rowId}, who does not exist.`,
};
