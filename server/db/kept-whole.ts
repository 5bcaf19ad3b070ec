import { raw } from 'sql-template-tag';

/**
 * Ends a derived table that is to be made once. Both databases merge a plain one into the statement around it, where each
 * mention of a column repeats its expression, and expressions of expressions multiply.
 */
export const keptWhole = raw('limit 9223372036854775807');
