import { raw } from 'sql-template-tag';
import type { RoundCheck } from '../check.js';

export const seatsNotPositive: RoundCheck = {
  severity: 'ERROR',
  condition: () => raw('l.number_of_licenses <= 0'),
  message: ({ seats }) => `The number of seats is ${seats}.`,
};
