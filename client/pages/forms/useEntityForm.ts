import { useForm } from '@mantine/form';
import { useState } from 'react';
import type { CombinedError } from 'urql';

import { changedFields, type Difference, differences, merged, type Values } from './changes';
import { placeErrors, type Refusal } from './userErrors';

/** What the server said to a save. */
export interface SaveAnswer<V extends Values> {
  error?: CombinedError;
  userErrors?: readonly Refusal[];
  /** The row as it is now: after a conflict, what someone else made of it. */
  row?: { etag: string; values: V } | null;
}

interface EntityFormOptions<V extends Values> {
  initial: V;
  /** The etag of the row being edited; null for a new one. */
  etag: string | null;
  /** A message by field; checked while typing. */
  validate(values: V): Partial<Record<keyof V, string>>;
  save(values: V, changed: readonly (keyof V & string)[], etag: string | null): Promise<SaveAnswer<V>>;
  onSaved(): void;
  /** Fields of the API whose form field has another name. */
  rename?: Record<string, string>;
}

/** A form over one row: live validation, the server's refusals on their fields, and a way out of a conflict. */
export function useEntityForm<V extends Values>({ initial, etag, validate, save, onSaved, rename }: EntityFormOptions<V>) {
  const [base, setBase] = useState({ values: initial, etag });
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [conflict, setConflict] = useState<Difference<V>[]>([]);
  const [saving, setSaving] = useState(false);
  const form = useForm<V>({
    initialValues: initial,
    validateInputOnChange: true,
    validate: (values) => Object.fromEntries(Object.entries(validate(values)).filter(([, message]) => message)),
  });
  const changed = changedFields(base.values, form.values);

  const meetConflict = (row: { etag: string; values: V }) => {
    setConflict(differences(base.values, form.values, row.values));
    form.setValues(merged(base.values, form.values, row.values));
    setBase(row);
  };

  const submit = async () => {
    setProblems([]);
    if (form.validate().hasErrors) {
      // The first field with an error, in the order of the page.
      setTimeout(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setSaving(true);
    const { error, userErrors = [], row } = await save(form.values, changed, base.etag);
    setSaving(false);
    if (error) {
      setProblems([`Nothing was saved. ${error.graphQLErrors[0]?.message ?? 'The server did not answer. Try again.'}`]);
      return;
    }
    const placed = placeErrors(userErrors, Object.keys(form.values), rename);
    if (placed.conflict && row) meetConflict(row);
    form.setErrors(placed.fields);
    setProblems(placed.general);
    if (userErrors.length === 0) onSaved();
  };

  /** Decides one contested field, or takes note of an uncontested one. */
  const decide = (difference: Difference<V>, take: 'mine' | 'theirs') => {
    form.setFieldValue(difference.field, (take === 'mine' ? difference.mine : difference.theirs) as never);
    setConflict((rest) => rest.map((one) => (one.field === difference.field ? { ...one, contested: false } : one)));
  };

  return {
    form, submit, saving, problems, conflict, decide,
    dirty: changed.length > 0,
    isNew: base.etag === null,
    undecided: conflict.some((difference) => difference.contested),
  };
}
