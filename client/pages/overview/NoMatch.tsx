import { Button } from '../../ui/Button';
import { useFilters, useIsFiltered } from '../../ui/filters/state';
import { Empty } from '../../ui/states';

/** Nothing to draw: because of the filters, which one press clears, or because there is nothing yet. */
export function NoMatch({ title }: { title: string }) {
  const [filters, setFilters] = useFilters();
  const filtered = useIsFiltered();
  if (!filtered) return <Empty title={title} hint="Nothing is recorded for this day. Choose another day at the top." />;
  return (
    <Empty
      title={title}
      hint="No row passes the filters."
      action={
        <>
          {filters.dates && <Button onClick={() => setFilters({ dates: null })}>Show all time</Button>}
          <Button onClick={() => setFilters(null)}>Clear filters</Button>
        </>
      }
    />
  );
}
