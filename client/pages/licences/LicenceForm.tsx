import { Autocomplete, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from 'urql';

import { channel } from '../../api/channel';
import { getFragmentData, graphql } from '../../api/generated';
import { useCan, useViewer } from '../../api/session';
import { EntityFormFrame } from '../forms/EntityFormFrame';
import type { Guard } from '../forms/FormDrawer';
import classes from '../forms/forms.module.css';
import { useOwnerHits, useProductHits } from '../forms/pickers';
import { RemoteSelect } from '../forms/RemoteSelect';
import { useEntityForm } from '../forms/useEntityForm';
import { type Licence, LicenceRow } from './licenceRow';
import { createInput, licenceFields, licenceFieldWord, type LicenceValues, newLicence, updateInput, valuesOf } from './licenceValues';
import { validateLicence } from './validateLicence';

const CreateLicence = graphql(`
  mutation CreateLicence($input: CreateLicenseInput!, $asOf: Date, $money: Boolean!) {
    createLicense(input: $input) {
      license {
        ...LicenceRow
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

const UpdateLicence = graphql(`
  mutation UpdateLicence($id: ID!, $etag: String!, $input: UpdateLicenseInput!, $asOf: Date, $money: Boolean!) {
    updateLicense(id: $id, etag: $etag, input: $input) {
      license {
        ...LicenceRow
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

const usualStatuses = ['Active', 'Inactive', 'Expired', 'Trial'];

interface LicenceFormProps {
  /** The round to change; absent: a new one. */
  licence?: Licence;
  guard: Guard;
  onCancel(): void;
  onSaved(words: string): void;
}

/** The form of a licence round: checked while typing, refused values on their fields, conflicts shown and decided. */
export function LicenceForm({ licence, guard, onCancel, onSaved }: LicenceFormProps) {
  const { settings } = useViewer();
  const money = useCan('READ_MONEY');
  const [, create] = useMutation(CreateLicence);
  const [, update] = useMutation(UpdateLicence);
  const [labels, setLabels] = useState<Record<string, string>>(() => labelsOf(licence));
  const entity = useEntityForm<LicenceValues>({
    initial: licence ? valuesOf(licence) : newLicence(settings.today, settings.reportingCurrency),
    etag: licence?.etag ?? null,
    validate: (values) => validateLicence(values, settings.currencies),
    rename: licenceFields,
    onSaved: () => {
      guard.done();
      onSaved(licence ? 'Licence saved' : 'Licence added');
    },
    save: async (values, changed, etag) => {
      const context = { asOf: settings.today, money };
      const answer = licence && etag
        ? await update({ ...context, id: licence.id, etag, input: updateInput(values, changed) }, channel('FORM'))
        : await create({ ...context, input: createInput(values) }, channel('FORM'));
      const data = answer.data;
      const payload = data && ('updateLicense' in data ? data.updateLicense : data.createLicense);
      const row = getFragmentData(LicenceRow, payload?.license);
      if (row) setLabels((known) => ({ ...known, ...labelsOf(row) }));
      return { error: answer.error, userErrors: payload?.userErrors, row: row && { etag: row.etag, values: valuesOf(row) } };
    },
  });
  const { form } = entity;
  const pick = (field: 'owner' | 'product') => (value: string, label: string) => {
    setLabels((known) => ({ ...known, [value]: label }));
    form.setFieldValue(field, value);
  };
  return (
    <EntityFormFrame
      entity={entity} guard={guard} onCancel={onCancel} verb={licence ? 'Save changes' : 'Add licence'}
      name={licenceFieldWord} show={(field, value) => labels[value] ?? (value || (field === 'endDate' ? 'no end' : '–'))}
    >
      <div className={classes.wide}>
        <RemoteSelect
          label="Owner" placeholder="Search companies and partners" value={form.values.owner} valueLabel={labels[form.values.owner] ?? ''}
          onChange={pick('owner')} error={form.errors['owner']} useHits={useOwnerHits}
        />
      </div>
      <div className={classes.wide}>
        <RemoteSelect
          label="Product" placeholder="Search products" value={form.values.product} valueLabel={labels[form.values.product] ?? ''}
          onChange={pick('product')} error={form.errors['product']} useHits={useProductHits}
        />
      </div>
      <TextInput label="Start" type="date" required {...form.getInputProps('startDate')} />
      <TextInput label="End" type="date" description="Empty: perpetual" inputWrapperOrder={['label', 'input', 'description', 'error']} {...form.getInputProps('endDate')} />
      <TextInput label="Seats" inputMode="numeric" required {...form.getInputProps('seats')} />
      <Autocomplete
        label="Typed status" data={usualStatuses} required maxLength={20} openOnFocus={false} withScrollArea={false}
        comboboxProps={{ withinPortal: false, transitionProps: { duration: 0 } }} classNames={{ options: classes.options }} {...form.getInputProps('status')} />
      <TextInput label="Unit cost" inputMode="decimal" required description="One seat for one year" inputWrapperOrder={['label', 'input', 'description', 'error']} {...form.getInputProps('unitCost')} />
      <Select
        label="Currency" data={[...settings.currencies]} required allowDeselect={false} openOnFocus={false} withScrollArea={false}
        comboboxProps={{ withinPortal: false, transitionProps: { duration: 0 } }} classNames={{ options: classes.options }} {...form.getInputProps('currency')} />
    </EntityFormFrame>
  );
}

/** Names of the ids in the form, for the pickers and for a conflict. */
function labelsOf(licence: Licence | undefined): Record<string, string> {
  const labels: Record<string, string> = {};
  if (licence?.owner) labels[`${licence.owner.__typename}:${licence.owner.id}`] = licence.owner.name;
  if (licence?.product) labels[licence.product.id] = `${licence.product.label} (${licence.product.code})`;
  return labels;
}
