import { raw } from 'sql-template-tag';
import type { RoundCheck } from '../check.js';
import { amountInWords } from '../words.js';

export const costNotPositive: RoundCheck = {
  severity: 'WARNING',
  condition: () => raw('l.cost_per_license <= 0'),
  message: (row) => (row.unitCost === 0 ? 'The unit cost is zero.' : `The unit cost is ${amountInWords(row, row.unitCost)}.`),
};
