import '@mantine/core/styles/Popover.layer.css';

import { Popover } from '@mantine/core';
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { IconColumns3 } from '@tabler/icons-react';
import { useMemo } from 'react';

import { Button } from '../Button';
import classes from './grid.module.css';
import type { GridColumn } from './types';

/** The columns a reader chose, kept per list; frozen ones always stay. */
export function useChosenColumns<Row>(list: string, columns: readonly GridColumn<Row>[]) {
  const [chosen, setChosen] = useLocalStorage<Record<string, boolean>>({
    key: `sw-columns-${list}`, defaultValue: {}, getInitialValueInEffect: false,
  });
  const visible = useMemo(
    () => columns.filter((column) => column.frozen || (chosen[column.key] ?? !column.optional)),
    [columns, chosen],
  );
  const toggle = (key: string, on: boolean) => setChosen({ ...chosen, [key]: on });
  return { visible, toggle };
}

interface ColumnChooserProps<Row> {
  columns: readonly GridColumn<Row>[];
  visible: readonly GridColumn<Row>[];
  onToggle(key: string, on: boolean): void;
}

/** Which columns the grid shows; nothing on a phone, where rows are cards. */
export function ColumnChooser<Row>({ columns, visible, onToggle }: ColumnChooserProps<Row>) {
  const narrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  if (narrow) return null;
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus classNames={{ dropdown: classes.layer }}>
      <Popover.Target>
        <Button><IconColumns3 aria-hidden size={16} />Columns</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns">
        <div className={classes.chooser}>
          {columns.filter((column) => !column.frozen).map((column) => (
            <label key={column.key} className={classes.choice}>
              <input
                type="checkbox"
                checked={visible.includes(column)}
                onChange={(event) => onToggle(column.key, event.currentTarget.checked)}
              />
              {column.header}
            </label>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
