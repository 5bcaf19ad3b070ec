import { TextInput } from '@mantine/core';
import { type ChangeEvent, useId, useRef, useState } from 'react';
import { useMutation } from 'urql';

import { channel } from '../../api/channel';
import { getFragmentData } from '../../api/generated';
import { Button } from '../../ui/Button';
import { EntityFormFrame } from '../forms/EntityFormFrame';
import type { Guard } from '../forms/FormDrawer';
import forms from '../forms/forms.module.css';
import { useEntityForm } from '../forms/useEntityForm';
import { asDataUrl, type Branding, BrandingFields, brandingProblems, type BrandingValues, largestLogo, SetBranding, valuesOf } from './branding';
import classes from './branding.module.css';

const names: Readonly<Record<string, string>> = { displayName: 'Name', accent: 'Accent colour', logo: 'Logo' };

interface BrandingFormProps {
  partner: { id: string; name: string };
  branding: Branding | undefined;
  guard: Guard;
  onCancel(): void;
  onSaved(words: string): void;
}

/** The form of a partner's branding: the name in place of ours, an accent and a logo. */
export function BrandingForm({ partner, branding, guard, onCancel, onSaved }: BrandingFormProps) {
  const [, set] = useMutation(SetBranding);
  const [reading, setReading] = useState(false);
  const initial = valuesOf(branding, partner.name);
  const entity = useEntityForm<BrandingValues>({
    initial,
    etag: branding?.etag ?? null,
    validate: brandingProblems,
    onSaved: () => {
      guard.done();
      onSaved('Branding saved');
    },
    save: async ({ displayName, accent, logo }, changed, etag) => {
      const picture = logo === '' ? null : logo.slice(logo.indexOf(',') + 1);
      const { data, error } = await set({
        input: { partnerId: partner.id, etag, displayName: displayName.trim(), accent: accent === '' ? null : accent, ...(changed.includes('logo') ? { logo: picture } : {}) },
      }, channel('FORM'));
      const row = getFragmentData(BrandingFields, data?.setBranding.branding);
      return { error, userErrors: data?.setBranding.userErrors, row: row && { etag: row.etag, values: valuesOf(row, partner.name) } };
    },
  });
  const { form } = entity;
  const color = form.values.accent;
  return (
    <EntityFormFrame
      entity={entity} guard={guard} onCancel={onCancel} verb={branding ? 'Save changes' : 'Set up branding'} reading={reading} name={(field) => names[field] ?? field}
      show={(field, value) => (value === '' ? 'none' : field === 'logo' ? 'another picture' : value)}
    >
      <TextInput className={forms.wide} label="Name" description="In place of Seatwise, in the portal's head and in window titles." required maxLength={120} {...form.getInputProps('displayName')} />
      <TextInput
        className={forms.wide} label="Accent colour" description="Drawn darker or lighter where text in it would be hard to read. Empty: our own." placeholder="#0a7d55" maxLength={7}
        {...form.getInputProps('accent')}
        rightSection={(
          <input
            type="color" className={classes['color']} aria-label="Pick the accent colour" value={/^#[0-9a-f]{6}$/i.test(color) ? color.toLowerCase() : '#3f51d9'}
            onChange={(event) => form.setFieldValue('accent', event.currentTarget.value)}
          />
        )}
      />
      <LogoField
        value={form.values.logo} error={form.errors['logo']} onReading={setReading} onChange={(logo) => form.setFieldValue('logo', logo)}
        onError={(message) => form.setFieldError('logo', message)}
      />
    </EntityFormFrame>
  );
}

interface LogoFieldProps {
  value: string;
  error: unknown;
  onReading(reading: boolean): void;
  onChange(logo: string): void;
  onError(message: string): void;
}

function LogoField({ value, error, onReading, onChange, onError }: LogoFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [id, hint, fault] = [useId(), useId(), useId()];
  const choose = async ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const file = currentTarget.files?.[0];
    currentTarget.value = '';
    if (!file) return undefined;
    if (file.size > largestLogo) return onError(`The logo has at most 100 kB, not ${Math.ceil(file.size / 1024)}.`);
    onReading(true);
    try {
      onChange(await asDataUrl(file));
    } catch {
      onError('The file could not be read. Choose it again.');
    }
    return onReading(false);
  };
  return (
    <div className={`${forms.wide ?? ''} ${classes['logoField'] ?? ''}`}>
      <span id={id} className={classes['label']}>Logo</span>
      <span id={hint} className={classes['hint']}>PNG, JPEG or WebP, at most 100 kB. It stands 28 pixels high.</span>
      <div className={classes['logo']}>
        {value === '' ? <span className={classes['none']}>None</span> : <img src={value} alt="The logo as it is" />}
        <input
          ref={input} type="file" hidden accept="image/png,image/jpeg,image/webp" onChange={(event) => void choose(event)} aria-labelledby={id}
          aria-describedby={error ? fault : hint}
        />
        <Button onClick={() => input.current?.click()} aria-describedby={hint}>{value === '' ? 'Choose a logo' : 'Choose another'}</Button>
        {value !== '' && <Button onClick={() => onChange('')}>Remove the logo</Button>}
      </div>
      {Boolean(error) && <span id={fault} role="alert" className={classes['fault']}>{String(error)}</span>}
    </div>
  );
}
