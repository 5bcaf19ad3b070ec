import sql, { raw } from 'sql-template-tag';
import { loadCompany } from '../../company/loaders.js';
import { isInForce } from '../../license/lifecycle.js';
import type { RoundCheck } from '../check.js';
import { untilInWords } from '../words.js';

export const licensesOfInactiveCompany: RoundCheck = {
  severity: 'WARNING',
  condition: (question) => sql`${raw('c.id is not null and coalesce(c.active, 0) <> 1')} and ${isInForce(question.db.dialect, question)}`,
  message: async ({ companyId, endDate }, { context }) => {
    const company = companyId === null ? null : await loadCompany(context, companyId);
    return `${company?.name ?? 'The company'} is switched off, and the round runs ${untilInWords(endDate)}.`;
  },
};
