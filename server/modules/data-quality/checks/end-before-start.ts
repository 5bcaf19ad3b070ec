import sql, { raw } from 'sql-template-tag';
import type { RoundCheck } from '../check.js';

export const endBeforeStart: RoundCheck = {
  severity: 'ERROR',
  condition: ({ db }) => sql`not ${db.dialect.hasNoEnd(raw('l.end_date'))} and l.end_date < l.start_date`,
  message: ({ startDate, endDate }) => `The last day ${endDate ?? ''} is before the first day ${startDate}.`,
};
