import sql from 'sql-template-tag';
import { addDays } from '../../../reports/shapes/days.js';
import { inForceStatuses, lifecycleStatus } from '../../../reports/shapes/lifecycle.js';
import { hasLifecycle, isInForce } from '../../license/lifecycle.js';
import type { RoundCheck } from '../check.js';
import { untilInWords } from '../words.js';

/** What the typed status says, letter case and blanks aside. */
const typed = (status: string) => status.trim().toLowerCase();

export const statusDisagrees: RoundCheck = {
  severity: 'WARNING',
  condition: (question) => {
    const { dialect } = question.db;
    return sql`(lower(trim(l.status)) = 'active' and ${hasLifecycle(dialect, question, ['EXPIRED'])})
      or (lower(trim(l.status)) = 'expired' and ${isInForce(dialect, question)})`;
  },
  message: ({ status, endDate }, { graceDays }) => {
    if (typed(status) === 'expired') return `The status says “${status}”, but the round runs ${untilInWords(endDate)}.`;
    return `The status says “${status}”, but the round and its grace ended on ${endDate === null ? '' : addDays(endDate, graceDays)}.`;
  },
  // What the dates said on another day is no status for today.
  fix: async (row, { asOf, graceDays, context, spelling }) => {
    if (asOf !== context.today) return null;
    const says = lifecycleStatus(row, asOf, graceDays);
    if (typed(row.status) === 'active' && says === 'EXPIRED') return { status: (await spelling()).expired };
    return typed(row.status) === 'expired' && inForceStatuses.includes(says) ? { status: (await spelling()).active } : null;
  },
};
