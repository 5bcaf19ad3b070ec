import { Autocomplete, TextInput } from '@mantine/core';
import { useState } from 'react';

import type { BulkAction } from '../../../api/generated/graphql';
import { Segmented } from '../../../ui/Segmented';
import formClasses from '../../forms/forms.module.css';
import { useOwnerHits } from '../../forms/pickers';
import { RemoteSelect } from '../../forms/RemoteSelect';
import type { Draft } from './actions';
import classes from './bulk.module.css';

const terms: { value: Draft['term']; label: string }[] = [
  { value: 'own', label: 'As long as each ran' }, { value: '12', label: '12 months' }, { value: '24', label: '24 months' }, { value: '36', label: '36 months' }, { value: 'other', label: 'Other' },
];
const usualStatuses = ['Active', 'Inactive', 'Expired', 'Trial'];

interface BulkFormProps {
  action: BulkAction;
  draft: Draft;
  onChange(draft: Draft): void;
}

/** What an action needs to know; nothing for a deletion. */
export function BulkForm({ action, draft, onChange }: BulkFormProps) {
  const [ownerName, setOwnerName] = useState('');
  const set = (changed: Partial<Draft>) => onChange({ ...draft, ...changed });
  switch (action) {
    case 'RENEW':
      return (
        <div className={classes.term}>
          <span aria-hidden className={classes.label}>New term</span>
          <Segmented label="New term" options={terms} value={draft.term} onChange={(term) => set({ term })} />
          {draft.term === 'other' && (
            <TextInput
              label="Months" inputMode="numeric" required maxLength={3} data-autofocus className={classes.months} value={draft.months}
              error={draft.months !== '' && !/^([1-9]\d?|1[01]\d|120)$/.test(draft.months.trim()) ? 'A whole number from 1 to 120' : undefined}
              onChange={({ currentTarget }) => set({ months: currentTarget.value })}
            />
          )}
        </div>
      );
    case 'SET_STATUS':
      return (
        <Autocomplete
          label="New status" placeholder="For example Expired" data={usualStatuses.filter((status) => status !== draft.status)} required maxLength={10} openOnFocus={false} withScrollArea={false} data-autofocus
          comboboxProps={{ withinPortal: false, transitionProps: { duration: 0 } }} classNames={{ options: formClasses.options }}
          className={classes.field} value={draft.status} onChange={(status) => set({ status })}
        />
      );
    case 'SET_OWNER':
      return (
        <div className={classes.field}>
          <RemoteSelect
            label="New owner" placeholder="Search companies and partners" value={draft.owner} valueLabel={ownerName} useHits={useOwnerHits}
            onChange={(owner, label) => {
              setOwnerName(label);
              set({ owner });
            }}
          />
        </div>
      );
    case 'DELETE':
      return null;
  }
}
