import type { ReactNode } from 'react';

import { Button } from '../../ui/Button';
import { useFilters } from '../../ui/filters/state';
import { noFilters, serializeFilters } from '../../ui/filters/urlState';
import { Empty } from '../../ui/states';

/** Nothing to show: because of the filters, which one press clears, or because there is nothing; `action` is the report's own way on. */
export function Nothing({ title, hint, action }: { title: string; hint?: string; action?: ReactNode }) {
  const [filters, setFilters] = useFilters();
  const filtered = serializeFilters(filters) !== serializeFilters(noFilters);
  return (
    <Empty
      title={title}
      hint={filtered ? 'No row passes the filters.' : (hint ?? 'Nothing is recorded for this day. Choose another day at the top.')}
      action={
        <>
          {action}
          {filtered && <Button onClick={() => setFilters(null)}>Clear filters</Button>}
        </>
      }
    />
  );
}
