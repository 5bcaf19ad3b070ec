import sql, { raw } from 'sql-template-tag';
import { isKnownCurrency } from '../../../reports/shapes/money.js';
import { hasKnownCurrency } from '../../unified/known-currency.js';
import type { RoundCheck } from '../check.js';

/** The code that the text is, letter case and blanks around it aside; null when it is none, or needs no change. */
function codeMeant(currency: string): string | null {
  const [, letters] = /^\s*([A-Za-z]{3})\s*$/.exec(currency) ?? [];
  const code = letters?.toUpperCase() ?? '';
  return isKnownCurrency(code) && code !== currency ? code : null;
}

export const unknownCurrency: RoundCheck = {
  severity: 'ERROR',
  condition: ({ db }) => sql`not ${hasKnownCurrency(db.dialect, raw('l.currency'))}`,
  message: ({ currency }) => {
    if (currency.trim() === '') return 'The currency is blank.';
    const meant = codeMeant(currency);
    return meant === null ? `“${currency}” is not a currency that Seatwise knows.` : `The currency is written “${currency}”, which means ${meant}.`;
  },
  fix: (row) => {
    const currency = codeMeant(row.currency);
    return currency === null ? null : { currency };
  },
};
