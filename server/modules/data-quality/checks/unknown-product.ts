import { raw } from 'sql-template-tag';
import type { RoundCheck } from '../check.js';

export const unknownProduct: RoundCheck = {
  severity: 'ERROR',
  condition: () => raw('d.id is null'),
  message: ({ productId }) => `There is no product with the id ${productId}.`,
};
