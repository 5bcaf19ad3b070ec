import type { ImportFieldKind } from '../../../graphql.generated.js';

/** A field that a column can fill. */
export interface FieldDefinition {
  /** As the API names it. */
  name: string;
  label: string;
  /** What it holds and how it is matched, in words. */
  description: string;
  /** True: every file needs it; of those that share `oneOf`, one. */
  required: boolean;
  /** Fields of which one must be filled name the same group. */
  oneOf?: string;
  kind: ImportFieldKind;
  /** Header names that are recognised, the preferred first: of two columns, the one whose name comes earlier fills the field. */
  aliases: readonly string[];
}
