import type { DataQualityKind, DataQualitySeverity } from '../../api/generated/graphql';
import { linkTo } from '../../ui/filters/links';
import { fieldWord } from '../history/words';
import type { Finding } from './queries';

/** What a kind is called in a list. Its definition is the API's. */
export const kindWord: Record<DataQualityKind, string> = {
  NO_OWNER: 'No owner',
  TWO_OWNERS: 'Two owners',
  END_BEFORE_START: 'Ends before it starts',
  SEATS_NOT_POSITIVE: 'No seats',
  UNKNOWN_CURRENCY: 'Unknown currency',
  UNKNOWN_PRODUCT: 'Unknown product',
  OVERLAPPING_ROUNDS: 'Overlapping rounds',
  TOTAL_DISAGREES: 'Total disagrees',
  STATUS_DISAGREES: 'Status disagrees with the dates',
  COST_NOT_POSITIVE: 'No price',
  LICENSES_OF_INACTIVE_COMPANY: 'Company switched off',
  ACTIVITY_OF_INACTIVE_USER: 'Activity of users switched off',
  ACTIVITY_OF_UNKNOWN_USER: 'Activity of unknown users',
  DUPLICATE_TRIALS: 'Duplicate trials',
};

/** Severities in words. */
export const severityWord: Record<DataQualitySeverity, { heading: string; tone: string; hint: string }> = {
  ERROR: { heading: 'Errors', tone: 'over', hint: 'Figures leave these rows out, or are wrong.' },
  WARNING: { heading: 'Warnings', tone: 'under', hint: 'Somebody should look.' },
};

/** What the finding is about, with the page that shows it, where there is one. */
export function subjectOf({ license, user, siteHost }: Finding): { name: string; href?: string } {
  if (license) return { name: `Licence ${license.id}`, href: `/licences/${license.id}` };
  if (siteHost) return { name: siteHost, href: linkTo('/unified', { source: ['TRIAL'], q: siteHost }) };
  return { name: user ? (user.email ?? `User ${user.id}`) : 'Activity log' };
}

/** Where the owner is shown. */
export const ownerHref = ({ __typename, id }: NonNullable<Finding['owner']>): string => (__typename === 'Company' ? `/companies/${id}` : `/partners/${id}`);

/** A value as stored; blanks are to be seen. */
const stored = (value: string | null | undefined): string => (value == null || value === '' ? 'blank' : value.trim() === value ? value : `“${value}”`);

/** The value now and after a fix. */
export const fixValues = ({ before, after }: NonNullable<Finding['fix']>): string => `${stored(before)} → ${stored(after)}`;

/** What the fix does, in a line; null: the right value is not certain. */
export const fixWords = ({ fix }: Pick<Finding, 'fix'>): string | null => (fix ? `${fieldWord(fix.field)} ${fixValues(fix)}` : null);

/** "1 finding", "12 findings". */
export const findingsWord = (count: number, text: string): string => `${text} ${count === 1 ? 'finding' : 'findings'}`;
