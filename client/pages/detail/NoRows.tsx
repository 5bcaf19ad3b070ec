import { Button } from '../../ui/Button';
import { Empty } from '../../ui/states';

interface NoRowsProps {
  one: string;
  many: string;
  /** A filter is set, so that clearing it may help. */
  filtered: boolean;
  onClear(): void;
}

/** Why a list is empty: nothing passes its filters, or there is nothing at all. */
export function NoRows({ one, many, filtered, onClear }: NoRowsProps) {
  if (!filtered) return <Empty title={`There are no ${many} you may see`} />;
  return <Empty title={`No ${one} matches`} hint="Nothing passes all of the filters." action={<Button onClick={onClear}>Clear filters</Button>} />;
}
