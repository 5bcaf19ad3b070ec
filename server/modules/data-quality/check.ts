import type { Sql } from 'sql-template-tag';
import type { Page } from '../../db/page.js';
import type { DataQualitySeverity } from '../../graphql.generated.js';
import type { LicenseRow } from '../license/entity.js';
import type { LicenseValues } from '../license/rules.js';
import type { Finding, OtherFinding } from './finding.js';
import type { Question } from './question.js';

type InWords = string | Promise<string>;

/** The columns to set, or null when the right value is not certain or nothing is wrong with the row. */
export type Fix = (row: LicenseRow, question: Question) => Partial<LicenseValues> | null | Promise<Partial<LicenseValues> | null>;

/** A check that looks at each round by itself: all of these are counted in one pass. */
export interface RoundCheck {
  severity: DataQualitySeverity;
  /** Which rounds `l` are found; `d` is the product and `c` the company they name, null where there is none. */
  condition(question: Question): Sql;
  message(row: LicenseRow, question: Question): InWords;
  fix?: Fix;
}

/** A check that has to look at several rows together. */
export interface OtherCheck {
  severity: DataQualitySeverity;
  count(question: Question): Promise<number>;
  page(question: Question, args: PageArgs): Promise<Page<OtherFinding>>;
  message(finding: Finding): InWords;
}

export type Check = RoundCheck | OtherCheck;

/** A page of findings. */
export interface PageArgs {
  first: number | null | undefined;
  after: string | null | undefined;
}
