import { TextInput } from '@mantine/core';
import { useEffect } from 'react';
import { useMutation } from 'urql';

import { channel } from '../../api/channel';
import { getFragmentData } from '../../api/generated';
import { EntityFormFrame } from '../forms/EntityFormFrame';
import type { Guard } from '../forms/FormDrawer';
import forms from '../forms/forms.module.css';
import { useEntityForm } from '../forms/useEntityForm';
import classes from './explore.module.css';
import { type SavedQuery, SavedQueryFields, SaveQuery, UpdateSavedQuery } from './queries';
import {
  type Draft, saveInput, savedChanges, savedFieldShown, savedFieldWord, type SavedValues, validateSaved, valuesOfDraft, valuesOfSaved,
} from './savedValues';

const order = ['label', 'input', 'description', 'error'] as const;

/** Keeps what is in the editors: under a new name, or in place of what was opened. */
export function SaveForm({ saved, draft, suggested, guard, onSaved }: {
  /** The query to change; absent: a new one. */
  saved: SavedQuery | undefined;
  draft: Draft;
  /** A name to begin with. */
  suggested: string;
  guard: Guard;
  onSaved(saved: SavedQuery, words: string): void;
}) {
  const [, save] = useMutation(SaveQuery);
  const [, update] = useMutation(UpdateSavedQuery);
  const entity = useEntityForm<SavedValues>({
    initial: saved ? valuesOfSaved(saved) : { name: suggested, description: '', shared: 'false', ...valuesOfDraft(draft) },
    etag: saved?.etag ?? null,
    validate: validateSaved,
    onSaved: () => guard.done(),
    save: async (values, changed, etag) => {
      const answer = saved && etag
        ? await update({ id: saved.id, etag, input: savedChanges(values, changed) }, channel('FORM'))
        : await save({ input: saveInput(values) }, channel('FORM'));
      const data = answer.data;
      const payload = data && ('updateSavedQuery' in data ? data.updateSavedQuery : data.saveQuery);
      const row = getFragmentData(SavedQueryFields, payload?.savedQuery);
      if (row && payload?.userErrors.length === 0) onSaved(row, saved ? 'Query saved' : 'Query kept');
      return { error: answer.error, userErrors: payload?.userErrors, row: row && { etag: row.etag, values: valuesOfSaved(row) } };
    },
  });
  const { form } = entity;
  useEffect(() => {
    if (saved) form.setValues(valuesOfDraft(draft));
    // What was in the editors when the form was opened.
  }, []);
  const wrong = [form.errors['document'], form.errors['variables'], form.errors['rows'], form.errors['chart']].filter(Boolean);
  return (
    <EntityFormFrame
      entity={entity} guard={guard} onCancel={guard.done} verb={saved ? 'Save changes' : 'Keep query'} name={savedFieldWord} show={savedFieldShown}
    >
      <div className={forms['wide']}><TextInput label="Name" required maxLength={100} {...form.getInputProps('name')} /></div>
      <div className={forms['wide']}>
        <TextInput label="Description" maxLength={300} description="What it answers" inputWrapperOrder={[...order]} {...form.getInputProps('description')} />
      </div>
      <label className={`${forms['wide']} ${classes['check']}`}>
        <input type="checkbox" checked={form.values.shared === 'true'} onChange={(event) => form.setFieldValue('shared', String(event.currentTarget.checked))} />
        <span>Share with everybody who explores. It runs with the rights of whoever runs it.</span>
      </label>
      {wrong.length > 0 && <div className={`${forms['wide']} ${forms['problems']}`} role="alert">{wrong.map((text, index) => <p key={index}>{text}</p>)}</div>}
      <pre className={`${forms['wide']} ${classes['preview']}`} aria-label="The query" tabIndex={0}>{form.values.document}</pre>
    </EntityFormFrame>
  );
}
