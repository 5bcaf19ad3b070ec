import sql, { raw, type Sql } from 'sql-template-tag';
import { number } from '../../../db/decode.js';
import { all } from '../../../db/filter.js';
import { readPage } from '../../../db/page.js';
import type { DayWindow } from '../../../reports/shapes/days.js';
import { activityWindow } from '../../metrics/window.js';
import { decodeUser, everyUserColumn, userColumns } from '../../user/columns.js';
import type { OtherCheck } from '../check.js';
import type { Question } from '../question.js';
import { byId } from '../rounds.js';
import { entriesInWords } from '../words.js';

const windowOf = ({ context, asOf }: Question): DayWindow => activityWindow(context, { asOf });

/** Entries `a` within the window. */
const within = ({ startsAt, endsBefore }: DayWindow): Sql => sql`a.timestamp >= ${startsAt} and a.timestamp < ${endsBefore}`;

/**
 * Users `u` who are switched off and were active within the window. With an index one step into it tells of each user who is
 * switched off; without one the window is read once.
 */
function inactiveUsers(question: Question): { source: Sql; where: Sql[]; entries: Sql } {
  const { db, context, scope } = question;
  const [window, log, users] = [windowOf(question), db.table('activity', 'a'), db.table('user', 'u')];
  const where = [scope.users, raw('coalesce(u.active, 0) <> 1')];
  if (context.activityIndexed) {
    return {
      source: users,
      where: [...where, sql`(select a.timestamp from ${log} where a.user_id = u.id and a.timestamp < ${window.endsBefore} order by a.timestamp desc limit 1) >= ${window.startsAt}`],
      entries: sql`(select count(*) from ${log} where a.user_id = x.id and ${within(window)})`,
    };
  }
  const seen = sql`select a.user_id as user_id, count(*) as entries from ${log} where a.user_id is not null and ${within(window)} group by a.user_id`;
  return { source: sql`(select u.*, w.entries as entries from ${users} join (${seen}) w on w.user_id = u.id) u`, where, entries: raw('x.entries') };
}

export const activityOfInactiveUser: OtherCheck = {
  severity: 'WARNING',
  count: async (question) => {
    const { source, where } = inactiveUsers(question);
    const [row] = await question.db.read(sql`select count(*) as n from ${source} where ${all(where)}`);
    return Number(row?.['n'] ?? 0);
  },
  page: (question, args) => {
    const { source, where, entries } = inactiveUsers(question);
    return readPage({
      db: question.db, source, alias: 'u', where, order: byId('ACTIVITY_OF_INACTIVE_USER', 'u.id'), ...args,
      columns: sql`${userColumns(everyUserColumn)}, ${entries} as entries`,
      decode: (row) => ({ rowId: number(row, 'id'), user: decodeUser(row), rows: number(row, 'entries') }),
    });
  },
  message: ({ user, rowId, rows = 0, question }) => {
    const { from, to } = windowOf(question);
    const name = [user?.firstName, user?.lastName].filter((part) => part != null && part !== '').join(' ');
    return `${entriesInWords(rows)} from ${from} to ${to} of ${name === '' ? `user ${rowId}` : name}, who is switched off.`;
  },
};
