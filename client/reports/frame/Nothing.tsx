import type { ReactNode } from 'react';

import { Button } from '../../ui/Button';
import { useFilters, useIsFiltered } from '../../ui/filters/state';
import { Empty } from '../../ui/states';

/**
 * Nothing to show: because of the filters, which one press clears, because of the report's own choice (`narrowed`, with
 * its `action`), or because there is nothing.
 */
export function Nothing({ title, hint, narrowed = false, action }: { title: string; hint?: string; narrowed?: boolean; action?: ReactNode }) {
  const [, setFilters] = useFilters();
  const filtered = useIsFiltered();
  return (
    <Empty
      title={title}
      hint={filtered || narrowed ? 'No row passes the filters.' : (hint ?? 'Nothing is recorded for this day. Choose another day at the top.')}
      action={
        <>
          {action}
          {filtered && <Button onClick={() => setFilters(null)}>Clear filters</Button>}
        </>
      }
    />
  );
}
