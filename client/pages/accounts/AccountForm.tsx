import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';

import { channel } from '../../api/channel';
import { getFragmentData } from '../../api/generated';
import type { Role } from '../../api/generated/graphql';
import { roleWord } from '../../ui/words';
import { EntityFormFrame } from '../forms/EntityFormFrame';
import type { Guard } from '../forms/FormDrawer';
import classes from '../forms/forms.module.css';
import { usePartnerHits } from '../forms/pickers';
import { RemoteSelect } from '../forms/RemoteSelect';
import { useEntityForm } from '../forms/useEntityForm';
import { nameProblem } from '../forms/validateName';
import own from './accounts.module.css';
import { newPassword } from './password';
import { type Account, AccountFields, CompanyHits, CreateAccount, UpdateAccount } from './queries';
import { roleHint, roles } from './words';

type AccountValues = { email: string; displayName: string; role: string; partner: string; company: string };

const fieldWord: Record<string, string> = { email: 'E-mail', displayName: 'Name', role: 'Role', partner: 'Partner', company: 'Company' };
const order = ['label', 'input', 'description', 'error'] as const;

const valuesOf = ({ email, displayName, role, partner, company }: Account): AccountValues =>
  ({ email, displayName, role, partner: partner?.id ?? '', company: company?.id ?? '' });

function problems({ email, displayName, role, partner, company }: AccountValues): Partial<Record<keyof AccountValues, string>> {
  const name = nameProblem(displayName);
  return {
    ...(/^\S+@\S+$/.test(email.trim()) ? {} : { email: 'Enter an e-mail address.' }),
    ...(name ? { displayName: name } : {}),
    ...(role === 'PARTNER' && !partner ? { partner: 'Choose the partner.' } : {}),
    ...(role === 'COMPANY' && !company ? { company: 'Choose the company.' } : {}),
  };
}

/** Companies that somebody, or something, may be confined to. */
export function useCompanyHits(search: string) {
  const [{ data, fetching }] = useQuery({ query: CompanyHits, variables: { search: search || null } });
  const items = (data?.companies.nodes ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return { groups: items.length > 0 ? [{ group: 'Companies', items }] : [], fetching };
}

interface AccountFormProps {
  /** The account to change; absent: a new one. */
  account: Account | undefined;
  guard: Guard;
  onSaved(words: string): void;
  /** A new account is there, with this password. */
  onCreated(account: Account, password: string): void;
}

/** The form of an account. A new one gets a password made here, which is shown once. */
export function AccountForm({ account, guard, onSaved, onCreated }: AccountFormProps) {
  const [, create] = useMutation(CreateAccount);
  const [, update] = useMutation(UpdateAccount);
  const [names, setNames] = useState<Record<string, string>>({
    ...(account?.partner ? { [`partner${account.partner.id}`]: account.partner.name } : {}),
    ...(account?.company ? { [`company${account.company.id}`]: account.company.name } : {}),
  });
  const entity = useEntityForm<AccountValues>({
    initial: account ? valuesOf(account) : { email: '', displayName: '', role: 'VIEWER', partner: '', company: '' },
    // Accounts have no version: the last change of a field wins.
    etag: account ? '' : null,
    validate: problems,
    rename: { partnerId: 'partner', companyId: 'company' },
    onSaved: () => {
      guard.done();
      onSaved(account ? 'Account saved' : 'Account added');
    },
    save: async (values, changed) => {
      const role = values.role as Role;
      const scope = { ...(role === 'PARTNER' ? { partnerId: values.partner } : {}), ...(role === 'COMPANY' ? { companyId: values.company } : {}) };
      const displayName = values.displayName.trim();
      if (account) {
        const moved = changed.some((field) => field === 'role' || field === 'partner' || field === 'company');
        const input = { ...(changed.includes('displayName') ? { displayName } : {}), ...(moved ? { role, ...scope } : {}) };
        const { data, error } = await update({ id: account.id, input }, channel('FORM'));
        return { error, userErrors: data?.updateAccount.userErrors };
      }
      const password = newPassword();
      const { data, error } = await create({ input: { email: values.email.trim(), displayName, role, ...scope, password } }, channel('FORM'));
      const created = getFragmentData(AccountFields, data?.createAccount.account);
      if (created) onCreated(created, password);
      return { error, userErrors: data?.createAccount.userErrors };
    },
  });
  const { form } = entity;
  const picker = (kind: 'partner' | 'company', label: string, useHits: typeof usePartnerHits) => (
    <div className={classes.wide}>
      <RemoteSelect
        label={label} placeholder={`Search ${label.toLowerCase()}`} value={form.values[kind]} valueLabel={names[`${kind}${form.values[kind]}`] ?? ''} error={form.errors[kind]}
        onChange={(value, text) => {
          setNames((known) => ({ ...known, [`${kind}${value}`]: text }));
          form.setFieldValue(kind, value);
        }}
        useHits={useHits}
      />
    </div>
  );
  return (
    <EntityFormFrame entity={entity} guard={guard} onCancel={guard.done} verb={account ? 'Save changes' : 'Add account'} name={(field) => fieldWord[field] ?? field}>
      {account
        ? <dl className={`${classes.wide} ${own['fixed']}`}><dt>E-mail</dt><dd>{account.email}</dd></dl>
        : <TextInput className={classes.wide} label="E-mail" type="email" autoComplete="off" required maxLength={300} data-autofocus {...form.getInputProps('email')} />}
      <TextInput className={classes.wide} label="Name" autoComplete="off" required maxLength={300} {...form.getInputProps('displayName')} />
      <Select
        className={classes.wide} label="Role" required allowDeselect={false} openOnFocus={false} withScrollArea={false} data={roles.map((value) => ({ value, label: roleWord[value] }))}
        disabled={account?.isViewer ?? false} description={account?.isViewer ? 'Your own role: another administrator can change it.' : roleHint[form.values.role as Role]} inputWrapperOrder={[...order]}
        comboboxProps={{ withinPortal: false, transitionProps: { duration: 0 } }} classNames={{ options: classes.options }} {...form.getInputProps('role')}
      />
      {form.values.role === 'PARTNER' && picker('partner', 'Partner', usePartnerHits)}
      {form.values.role === 'COMPANY' && picker('company', 'Company', useCompanyHits)}
      {!account && <p className={`${classes.wide} ${own['muted']}`}>A password is made and shown once, when the account is there.</p>}
    </EntityFormFrame>
  );
}
