import {
  IconAlertTriangle, IconArrowBackUp, IconBan, IconCheck, IconCircleDashed, IconCloudUpload, IconListCheck, IconLoader, IconRotate,
} from '@tabler/icons-react';

import type { ImportDateFormat, ImportErrorCode, ImportNumberFormat, ImportState, ImportSubject } from '../../api/generated/graphql';
import { format } from '../../ui/format';
import type { Check, Import } from './queries';

/** Where an import stands: word, meaning of tokens.css, icon. */
export const stateLook: Record<ImportState, { word: string; tone: string; icon: typeof IconCheck }> = {
  UPLOADING: { word: 'Coming in', tone: 'scheduled', icon: IconCloudUpload },
  READY: { word: 'To be checked', tone: 'expired', icon: IconCircleDashed },
  CHECKING: { word: 'Checking', tone: 'scheduled', icon: IconLoader },
  CHECKED: { word: 'Checked', tone: 'under', icon: IconListCheck },
  COMMITTING: { word: 'Importing', tone: 'scheduled', icon: IconLoader },
  COMMITTED: { word: 'Imported', tone: 'well', icon: IconCheck },
  UNDOING: { word: 'Undoing', tone: 'scheduled', icon: IconRotate },
  UNDONE: { word: 'Undone', tone: 'expired', icon: IconArrowBackUp },
  CANCELLED: { word: 'Cancelled', tone: 'expired', icon: IconBan },
  FAILED: { word: 'Failed', tone: 'over', icon: IconAlertTriangle },
};

/** States in which a step is under way. */
export const isRunning = (state: ImportState): boolean => ['UPLOADING', 'CHECKING', 'COMMITTING', 'UNDOING'].includes(state);
/** States in which the file is here, nothing of it is written, and everything can be changed. */
export const isOpen = ({ state, reading }: Pick<Import, 'state' | 'reading'>): boolean => ['READY', 'CHECKED', 'FAILED'].includes(state) && reading != null;

/** What a file holds, for headings and in sentences. */
export const subjectWord: Record<ImportSubject, { title: string; one: string; many: string }> = {
  LICENSES: { title: 'Licences', one: 'licence', many: 'licences' },
  COMPANIES: { title: 'Companies', one: 'company', many: 'companies' },
  PARTNERS: { title: 'Partners', one: 'partner', many: 'partners' },
};

/** Ways to write a day, with one as the example. */
export const dateFormats: readonly { value: ImportDateFormat; label: string }[] = [
  { value: 'YMD', label: 'Year month day · 2026-04-13' },
  { value: 'DMY', label: 'Day month year · 13.04.2026' },
  { value: 'MDY', label: 'Month day year · 04/13/2026' },
  { value: 'D_MONTH_Y', label: 'Month in words · 13 Apr 2026' },
  { value: 'SERIAL', label: 'Days as spreadsheets count · 46125' },
];

/** Ways to write a number. */
export const numberFormats: readonly { value: ImportNumberFormat; label: string }[] = [
  { value: 'POINT', label: 'Decimal point · 1,234.50' },
  { value: 'COMMA', label: 'Decimal comma · 1.234,50' },
];

/** Why a cell is refused, in a word or two. */
export const codeWord: Record<ImportErrorCode, string> = {
  REQUIRED: 'Missing', UNREADABLE: 'Unreadable', INVALID: 'Not allowed', TOO_LONG: 'Too long', NOT_FOUND: 'Not known', AMBIGUOUS: 'Ambiguous',
  RAGGED: 'Number of cells', CONFLICTING: 'Contradiction',
};

/** 1 row, 12 rows. */
export const rows = (count: number): string => `${format.integer(count)} ${count === 1 ? 'row' : 'rows'}`;

/** Rows that a commit writes. */
export const toWrite = (check: Check): number => check.new + check.changed;

/** What a commit does: "9 new, 3 changed". */
export const effect = (check: Pick<Check, 'new' | 'changed'>): string => `${format.integer(check.new)} new, ${format.integer(check.changed)} changed`;

/** Seconds as people say them: "about 2 minutes left". */
export function timeLeft(seconds: number | null | undefined): string {
  if (seconds == null) return '';
  if (seconds < 5) return 'nearly done';
  if (seconds < 60) return `about ${Math.round(seconds / 5) * 5} seconds left`;
  const minutes = Math.round(seconds / 60);
  return `about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} left`;
}

/** How a step ended, for those who listen instead of look. */
export function endWords({ state, check, failure }: Pick<Import, 'state' | 'check' | 'failure'>): string {
  switch (state) {
    case 'CHECKED': return check ? `Check finished: ${effect(check)}, ${rows(check.errorRows)} with errors.` : '';
    case 'COMMITTED': return check ? `Import finished: ${effect(check)}.` : 'Import finished.';
    case 'UNDONE': return 'The import is undone.';
    case 'CANCELLED': return 'The import is cancelled. Nothing was written.';
    case 'FAILED': return failure ?? 'The import failed.';
    default: return '';
  }
}
