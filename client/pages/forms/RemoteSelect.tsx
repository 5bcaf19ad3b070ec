import { type ComboboxData, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';

import classes from './forms.module.css';

/** One thing to pick. */
export interface Choice {
  value: string;
  label: string;
}

/** Choices under a heading. */
export interface ChoiceGroup {
  group: string;
  items: Choice[];
}

interface RemoteSelectProps {
  label: string;
  placeholder: string;
  value: string;
  /** The label of the value, which may not be among the hits. */
  valueLabel: string;
  onChange(value: string, label: string): void;
  error?: ReactNode;
  /** None is an answer too: the choice can be cleared. */
  optional?: boolean;
  /** The hits of a search; called as a hook with the settled text. */
  useHits(search: string): { groups: ChoiceGroup[]; fetching: boolean };
}

/** Picks one of many: the server searches, the first 20 hits are listed. */
export function RemoteSelect({ label, placeholder, value, valueLabel, onChange, error, optional = false, useHits }: RemoteSelectProps) {
  const [text, setText] = useState(valueLabel);
  // The text of the chosen value is no search: opening the list again shows the first hits.
  const [search] = useDebouncedValue(text === valueLabel ? '' : text.trim(), 200);
  const { groups, fetching } = useHits(search);
  const known = groups.some((group) => group.items.some((item) => item.value === value));
  const data: ComboboxData = value && !known ? [{ group: 'Chosen', items: [{ value, label: valueLabel }] }, ...groups] : groups;
  return (
    <Select
      label={label} placeholder={placeholder} required={!optional} clearable={optional} allowDeselect={optional} searchable error={error} data={data}
      value={value || null} searchValue={text} onSearchChange={setText}
      filter={({ options }) => options}
      onChange={(next, option) => onChange(next ?? '', option?.label ?? '')}
      nothingFoundMessage={fetching ? 'Searching' : 'Nothing matches'}
      comboboxProps={{ transitionProps: { duration: 0 }, withinPortal: false }} openOnFocus={false}
      // The list itself scrolls, not a box around it that no key reaches.
      withScrollArea={false} classNames={{ options: classes.options }}
    />
  );
}
