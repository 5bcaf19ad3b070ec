import type { ImportDateFormat, ImportFieldKind, ImportNumberFormat } from '../../../graphql.generated.js';
import { parseDate } from '../values/dates.js';
import { parseDecimal, parseInteger } from '../values/numbers.js';
import { isBlank } from '../values/text.js';
import type { ColumnPlan } from './plan.js';

const DATE_FORMATS: readonly ImportDateFormat[] = ['YMD', 'DMY', 'MDY', 'D_MONTH_Y', 'SERIAL'];
const NUMBER_FORMATS: readonly ImportNumberFormat[] = ['POINT', 'COMMA'];

/** Formats that a file's layout declares: our own export does. They hold as far as the texts agree. */
export interface DeclaredFormats {
  date: ImportDateFormat;
  number: ImportNumberFormat;
}

type Fits<F> = (text: string, format: F) => boolean;

/** What the texts of a column say about the way they are written. */
interface Found<F> {
  /** Null: several fit, or none, or nothing tells. */
  format: F | null;
  ambiguous: boolean;
}

/**
 * The plan with the formats that its texts allow. A format is taken when it alone fits everything that can be read at all; what
 * cannot is an error of its cell. Where several fit, or each fits a part, a person must choose.
 */
export function withFormats(plan: ColumnPlan, kind: ImportFieldKind | null, texts: readonly string[], declared?: DeclaredFormats): ColumnPlan {
  const filled = texts.filter((text) => !isBlank(text));
  const date = kind === 'DATE' ? only(DATE_FORMATS, filled, isDay, declared?.date) : NOTHING;
  const number = kind === 'INTEGER' || kind === 'DECIMAL' ? numberFormat(kind, filled, declared?.number) : NOTHING;
  return { ...plan, dateFormat: date.format, numberFormat: number.format, ambiguous: date.ambiguous || number.ambiguous };
}

const NOTHING: Found<never> = { format: null, ambiguous: false };

function only<F>(formats: readonly F[], texts: readonly string[], fits: Fits<F>, declared: F | undefined): Found<F> {
  const readable = texts.filter((text) => formats.some((format) => fits(text, format)));
  if (declared !== undefined && readable.every((text) => fits(text, declared))) return { format: declared, ambiguous: false };
  if (readable.length === 0) return NOTHING;
  const [first, second] = formats.filter((format) => readable.every((text) => fits(text, format)));
  return first !== undefined && second === undefined ? { format: first, ambiguous: false } : { format: null, ambiguous: true };
}

/** A day count is believed within a lifetime only: 2026 alone is a year, not a day of 1905. */
function isDay(text: string, format: ImportDateFormat): boolean {
  const parsed = parseDate(text, format);
  return 'value' in parsed && (format !== 'SERIAL' || (parsed.value >= '1950' && parsed.value < '2101'));
}

/** Where the texts have neither points nor commas nothing tells, and nothing needs to: without a format no others are read. */
function numberFormat(kind: 'INTEGER' | 'DECIMAL', texts: readonly string[], declared: ImportNumberFormat | undefined): Found<ImportNumberFormat> {
  const parse = kind === 'INTEGER' ? parseInteger : parseDecimal;
  const telling = texts.filter((text) => !('value' in parse(text, null)));
  return only(NUMBER_FORMATS, telling, (text, format) => 'value' in parse(text, format), declared);
}
