import '../forms/styles';

import { TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useMutation } from 'urql';

import { channel } from '../../api/channel';
import { Button } from '../../ui/Button';
import forms from '../forms/forms.module.css';
import { useEntityForm } from '../forms/useEntityForm';
import classes from './profile.module.css';
import { ChangePassword } from './queries';

type PasswordValues = { currentPassword: string; newPassword: string; repeated: string };

const shortest = 12;
const longestBytes = 1024;
const order = ['label', 'input', 'description', 'error'] as const;

function problems({ currentPassword, newPassword, repeated }: PasswordValues): Partial<Record<keyof PasswordValues, string>> {
  const found: Partial<Record<keyof PasswordValues, string>> = {};
  if (currentPassword === '') found.currentPassword = 'Enter the current password.';
  if ([...newPassword].length < shortest) found.newPassword = `At least ${shortest} characters.`;
  else if (new TextEncoder().encode(newPassword).length > longestBytes) found.newPassword = `At most ${longestBytes} bytes.`;
  else if (newPassword === currentPassword) found.newPassword = 'This is the current password.';
  if (repeated !== newPassword) found.repeated = 'The two are not the same.';
  return found;
}

/** One's own password: the current one, and twice the new one. */
export function PasswordForm({ onChanged }: { onChanged(): void }) {
  const [, change] = useMutation(ChangePassword);
  const entity = useEntityForm<PasswordValues>({
    initial: { currentPassword: '', newPassword: '', repeated: '' },
    etag: null,
    validate: problems,
    onSaved: onChanged,
    save: async ({ currentPassword, newPassword }) => {
      const { data, error } = await change({ input: { currentPassword, newPassword } }, channel('FORM'));
      return { error, userErrors: data?.changePassword.userErrors };
    },
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void entity.submit();
  };
  const field = (name: keyof PasswordValues, label: string, complete: string, description?: string) => (
    <TextInput type="password" label={label} required autoComplete={complete} description={description} inputWrapperOrder={[...order]} {...entity.form.getInputProps(name)} />
  );
  return (
    <form className={`${classes['form']} ${forms.content}`} onSubmit={onSubmit} noValidate>
      {entity.problems.length > 0 && <div className={forms.problems} role="alert">{entity.problems.map((text) => <p key={text}>{text}</p>)}</div>}
      {field('currentPassword', 'Current password', 'current-password')}
      {field('newPassword', 'New password', 'new-password', `At least ${shortest} characters`)}
      {field('repeated', 'New password again', 'new-password')}
      <div><Button kind="primary" type="submit" disabled={entity.saving}>{entity.saving ? 'Changing' : 'Change password'}</Button></div>
    </form>
  );
}
