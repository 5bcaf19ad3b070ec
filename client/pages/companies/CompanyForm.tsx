import '@mantine/core/styles/Switch.layer.css';

import { Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from 'urql';

import { channel } from '../../api/channel';
import { getFragmentData, graphql } from '../../api/generated';
import { useCan } from '../../api/session';
import { EntityFormFrame } from '../forms/EntityFormFrame';
import type { Guard } from '../forms/FormDrawer';
import classes from '../forms/forms.module.css';
import { usePartnerHits } from '../forms/pickers';
import { RemoteSelect } from '../forms/RemoteSelect';
import { useEntityForm } from '../forms/useEntityForm';
import { nameProblem } from '../forms/validateName';
import { type Company, CompanyCore } from './company';

const CreateCompany = graphql(`
  mutation CreateCompany($input: CreateCompanyInput!) {
    createCompany(input: $input) {
      company {
        ...CompanyCore
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

const UpdateCompany = graphql(`
  mutation UpdateCompany($id: ID!, $etag: String!, $input: UpdateCompanyInput!) {
    updateCompany(id: $id, etag: $etag, input: $input) {
      company {
        ...CompanyCore
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

type CompanyValues = { name: string; active: string; partner: string };

const on = 'switched on';
const off = 'switched off';
const words: Record<string, string> = { name: 'Name', active: 'State', partner: 'Partner' };

const valuesOf = (company: Company): CompanyValues => ({ name: company.name, active: company.active ? on : off, partner: company.partner?.id ?? '' });

interface CompanyFormProps {
  company?: Company;
  guard: Guard;
  onCancel(): void;
  onSaved(words: string): void;
}

/** The form of a company. */
export function CompanyForm({ company, guard, onCancel, onSaved }: CompanyFormProps) {
  const [, create] = useMutation(CreateCompany);
  const [, update] = useMutation(UpdateCompany);
  const mayReadPartners = useCan('READ_PARTNERS');
  const [partners, setPartners] = useState<Record<string, string>>(company?.partner ? { [company.partner.id]: company.partner.name } : {});
  const entity = useEntityForm<CompanyValues>({
    initial: company ? valuesOf(company) : { name: '', active: on, partner: '' },
    etag: company?.etag ?? null,
    validate: ({ name }) => ({ name: nameProblem(name) }),
    rename: { partnerId: 'partner' },
    onSaved: () => {
      guard.done();
      onSaved(company ? 'Company saved' : 'Company added');
    },
    save: async (values, changed, etag) => {
      const input = { name: values.name.trim(), active: values.active === on, partnerId: values.partner || null };
      const part = {
        ...(changed.includes('name') ? { name: input.name } : {}),
        ...(changed.includes('active') ? { active: input.active } : {}),
        ...(changed.includes('partner') ? { partnerId: input.partnerId } : {}),
      };
      const answer = company && etag ? await update({ id: company.id, etag, input: part }, channel('FORM')) : await create({ input }, channel('FORM'));
      const payload = answer.data && ('updateCompany' in answer.data ? answer.data.updateCompany : answer.data.createCompany);
      const row = getFragmentData(CompanyCore, payload?.company);
      if (row?.partner) setPartners((known) => ({ ...known, [row.partner?.id ?? '']: row.partner?.name ?? '' }));
      return { error: answer.error, userErrors: payload?.userErrors, row: row && { etag: row.etag, values: valuesOf(row) } };
    },
  });
  const { form } = entity;
  return (
    <EntityFormFrame
      entity={entity} guard={guard} onCancel={onCancel} verb={company ? 'Save changes' : 'Add company'}
      name={(field) => words[field] ?? field} show={(_, value) => partners[value] ?? (value || 'none')}
    >
      <TextInput className={classes.wide} label="Name" required maxLength={300} {...form.getInputProps('name')} />
      {mayReadPartners && (
        <div className={classes.wide}>
          <RemoteSelect
            label="Partner" placeholder="No partner" optional value={form.values.partner} valueLabel={partners[form.values.partner] ?? ''}
            onChange={(value, label) => {
              setPartners((known) => ({ ...known, [value]: label }));
              form.setFieldValue('partner', value);
            }}
            error={form.errors['partner']} useHits={usePartnerHits}
          />
        </div>
      )}
      <Switch
        className={classes.wide} label="Switched on in the portal" checked={form.values.active === on}
        onChange={(event) => form.setFieldValue('active', event.currentTarget.checked ? on : off)}
      />
    </EntityFormFrame>
  );
}
