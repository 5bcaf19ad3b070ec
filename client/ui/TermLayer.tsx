import '@mantine/core/styles/Popover.layer.css';

import { Popover } from '@mantine/core';

import { descriptions } from '../api/generated/descriptions';
import type { DescribedField } from './Term';
import classes from './Term.module.css';

/** The definition itself; loaded with all definitions when the first is asked for. */
export default function TermLayer({ id, field }: { id: string; field: DescribedField }) {
  return (
    <Popover opened width={300} position="bottom-start" offset={6} withRoles={false} closeOnEscape={false}>
      <Popover.Target>
        <span aria-hidden className={classes['target']} />
      </Popover.Target>
      <Popover.Dropdown id={id} role="tooltip" className={classes['definition']}>
        {descriptions[field]}
      </Popover.Dropdown>
    </Popover>
  );
}
