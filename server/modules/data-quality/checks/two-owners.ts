import { raw } from 'sql-template-tag';
import type { RoundCheck } from '../check.js';

export const twoOwners: RoundCheck = {
  severity: 'ERROR',
  condition: () => raw('l.company_id is not null and l.partner_id is not null'),
  message: ({ companyId, partnerId }) => `The round names company ${companyId ?? ''} and partner ${partnerId ?? ''}; only one can be its owner.`,
};
