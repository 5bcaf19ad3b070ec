import type { ImportErrorCode } from '../../../graphql.generated.js';

/** Why a cell is not accepted. */
export interface CellFault {
  code: ImportErrorCode;
  message: string;
}

/** What a cell says, or why it cannot be read. */
export type Parsed<T> = { value: T } | CellFault;
