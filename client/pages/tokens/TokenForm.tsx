import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from 'urql';

import { channel } from '../../api/channel';
import type { Permission, Role } from '../../api/generated/graphql';
import { useViewer } from '../../api/session';
import { CheckList } from '../../ui/filters/CheckList';
import { Segmented } from '../../ui/Segmented';
import { roleWord } from '../../ui/words';
import { useCompanyHits } from '../accounts/AccountForm';
import { roleHint } from '../accounts/words';
import { EntityFormFrame } from '../forms/EntityFormFrame';
import type { Guard } from '../forms/FormDrawer';
import classes from '../forms/forms.module.css';
import { usePartnerHits } from '../forms/pickers';
import { RemoteSelect } from '../forms/RemoteSelect';
import { useEntityForm } from '../forms/useEntityForm';
import { CreateApiToken } from './queries';
import own from './tokens.module.css';
import { permissionWord } from './words';

/** `permissions`: names with commas between, when `limits` says that only some are meant. */
type TokenValues = { name: string; role: string; partner: string; company: string; expiresInDays: string; limits: string; permissions: string };

const fieldWord: Record<string, string> = { name: 'Name', role: 'Role', partner: 'Partner', company: 'Company', expiresInDays: 'Expires', permissions: 'Permissions' };
const order = ['label', 'input', 'description', 'error'] as const;
const longestName = 100;
const lives = [['7', '7 days'], ['30', '30 days'], ['90', '90 days'], ['180', '180 days'], ['365', 'a year']] as const;
const limitOptions = [{ value: 'role', label: 'All that the role holds' }, { value: 'some', label: 'Only some' }] as const;

const chosen = ({ permissions }: TokenValues) => permissions.split(',').filter(Boolean) as Permission[];

/** A role that a token may be given, with what such a token may do. */
export interface TokenRole {
  role: Role;
  permissions: readonly Permission[];
}

interface TokenFormProps {
  roles: readonly TokenRole[];
  guard: Guard;
  /** The token is there, and this is it. */
  onMade(name: string, token: string): void;
}

/** The form of a new API token. */
export function TokenForm({ roles, guard, onMade }: TokenFormProps) {
  const viewer = useViewer();
  const [, create] = useMutation(CreateApiToken);
  const [names, setNames] = useState<Record<string, string>>({});
  const needs = (role: string, kind: 'PARTNER' | 'COMPANY') => role === kind && viewer.role !== kind;
  const entity = useEntityForm<TokenValues>({
    initial: { name: '', role: roles.find(({ role }) => role === 'VIEWER')?.role ?? viewer.role, partner: '', company: '', expiresInDays: '90', limits: 'role', permissions: '' },
    etag: null,
    validate: (values) => ({
      ...(values.name.trim() === '' ? { name: 'Enter a name.' } : {}),
      ...([...values.name.trim()].length > longestName ? { name: `At most ${longestName} characters.` } : {}),
      ...(needs(values.role, 'PARTNER') && !values.partner ? { partner: 'Choose the partner.' } : {}),
      ...(needs(values.role, 'COMPANY') && !values.company ? { company: 'Choose the company.' } : {}),
      ...(values.limits === 'some' && chosen(values).length === 0 ? { permissions: 'Choose at least one.' } : {}),
    }),
    rename: { partnerId: 'partner', companyId: 'company' },
    onSaved: () => guard.done(),
    save: async (values) => {
      const role = values.role as Role;
      const input = {
        name: values.name.trim(), role, expiresInDays: Number(values.expiresInDays),
        ...(needs(role, 'PARTNER') ? { partnerId: values.partner } : {}), ...(needs(role, 'COMPANY') ? { companyId: values.company } : {}),
        ...(values.limits === 'some' ? { permissions: chosen(values) } : {}),
      };
      const { data, error } = await create({ input }, channel('FORM'));
      if (data?.createApiToken.token) onMade(input.name, data.createApiToken.token);
      return { error, userErrors: data?.createApiToken.userErrors };
    },
  });
  const { form } = entity;
  const { values } = form;
  const held = roles.find(({ role }) => role === values.role)?.permissions.filter((permission) => permission !== 'SEE_ONESELF') ?? [];
  const select = {
    allowDeselect: false, openOnFocus: false, withScrollArea: false, comboboxProps: { withinPortal: false, transitionProps: { duration: 0 } }, classNames: { options: classes.options },
    inputWrapperOrder: [...order],
  };
  const picker = (kind: 'partner' | 'company', label: string, useHits: typeof usePartnerHits) => (
    <div className={classes.wide}>
      <RemoteSelect
        label={label} placeholder={`Search ${label.toLowerCase()}`} value={values[kind]} valueLabel={names[values[kind]] ?? ''} error={form.errors[kind]} useHits={useHits}
        onChange={(value, text) => {
          setNames((known) => ({ ...known, [value]: text }));
          form.setFieldValue(kind, value);
        }}
      />
    </div>
  );
  return (
    <EntityFormFrame entity={entity} guard={guard} onCancel={guard.done} verb="Make token" name={(field) => fieldWord[field] ?? field}>
      <TextInput
        className={classes.wide} label="Name" description="Of the machine or program that will use it" autoComplete="off" required maxLength={200} data-autofocus
        inputWrapperOrder={[...order]} {...form.getInputProps('name')}
      />
      <Select
        className={classes.wide} label="Role" required data={roles.map(({ role }) => ({ value: role, label: roleWord[role] }))}
        description={roleHint[values.role as Role]} {...select} {...form.getInputProps('role')}
        onChange={(role: string | null) => form.setValues({ role: role ?? values.role, partner: '', company: '', permissions: '' })}
      />
      {needs(values.role, 'PARTNER') && picker('partner', 'Partner', usePartnerHits)}
      {needs(values.role, 'COMPANY') && picker('company', 'Company', useCompanyHits)}
      <Select
        className={classes.wide} label="Expires in" required data={lives.map(([value, label]) => ({ value, label }))} {...select} {...form.getInputProps('expiresInDays')}
      />
      <fieldset className={`${classes.wide} ${own['permissions']}`}>
        <legend>What it may do</legend>
        <Segmented label="Permissions" options={limitOptions} value={values.limits as 'role' | 'some'} onChange={(limits) => form.setFieldValue('limits', limits)} />
        {values.limits === 'some' && (
          <CheckList
            label="Permissions" options={held.map((permission) => ({ value: permission, label: permissionWord(permission) }))} selected={chosen(values)}
            onChange={(next) => form.setFieldValue('permissions', held.filter((permission) => next.includes(permission)).join(','))}
          />
        )}
        {form.errors['permissions'] && <p className={own['wrong']} role="alert">{form.errors['permissions']}</p>}
      </fieldset>
      <p className={`${classes.wide} ${own['muted']}`}>It never does more than your account may at that moment, and never changes accounts, passwords or tokens.</p>
    </EntityFormFrame>
  );
}
