import type { ImportDateFormat, ImportNumberFormat } from '../../../graphql.generated.js';

/** What one column of a file means. */
export interface ColumnPlan {
  /** Position in the file, from 0. */
  index: number;
  /** Unique in the file: from the header, `Column 3` without one, `seats (2)` where a name occurs again. */
  name: string;
  /** The first different values, at most 3. */
  samples: string[];
  /** The field it fills; null: none. */
  field: string | null;
  /** True: the field was found by the name, and nobody confirmed it. */
  suggested: boolean;
  /** Null for other columns, and while it is not known: then only 2026-04-13 is read. */
  dateFormat: ImportDateFormat | null;
  /** Null for other columns, and while it is not known: then only digits are read, with or without spaces between thousands. */
  numberFormat: ImportNumberFormat | null;
  /** True: the samples fit several formats that mean different things, so a person must choose. */
  ambiguous: boolean;
}
