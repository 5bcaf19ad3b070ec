import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

import classes from './FilterBar.module.css';

/** Free text of a page's rows; the URL follows 300 ms after the last key. */
export function SearchBox({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  const settle = useDebouncedCallback(onChange, 300);
  useEffect(() => setText(value), [value]);
  return (
    <label className={classes['search']}>
      <IconSearch aria-hidden size={16} />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          settle(event.target.value.trim());
        }}
      />
    </label>
  );
}
