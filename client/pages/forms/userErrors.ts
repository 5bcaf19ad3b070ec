import type { UserErrorCode } from '../../api/generated/graphql';

/** A `UserError` of the API. */
export interface Refusal {
  field: readonly string[];
  code: UserErrorCode;
  message: string;
}

/** Errors of a mutation, put where they belong. */
export interface PlacedErrors {
  /** By form field. */
  fields: Record<string, string>;
  /** Those no field is to blame for, or whose field the form does not show. */
  general: string[];
  conflict: boolean;
}

/** Puts each refusal on its form field; `rename` maps a field of the API to one of the form where the two differ. */
export function placeErrors(errors: readonly Refusal[], shown: readonly string[], rename: Record<string, string> = {}): PlacedErrors {
  const placed: PlacedErrors = { fields: {}, general: [], conflict: false };
  for (const { field, code, message } of errors) {
    if (code === 'CONFLICT') {
      placed.conflict = true;
      continue;
    }
    const last = field.at(-1) ?? '';
    const name = rename[last] ?? last;
    if (!shown.includes(name)) placed.general.push(message);
    else placed.fields[name] = placed.fields[name] ? `${placed.fields[name]} ${message}` : message;
  }
  return placed;
}
