import { raw } from 'sql-template-tag';
import type { RoundCheck } from '../check.js';

export const noOwner: RoundCheck = {
  severity: 'ERROR',
  condition: () => raw('l.company_id is null and l.partner_id is null'),
  message: () => 'The round names neither a company nor a partner.',
};
