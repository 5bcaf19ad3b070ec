import type { UtilizationPartsFragment } from '../../api/generated/graphql';
import { BandBadge } from '../../ui/Badge';
import { format } from '../../ui/format';
import type { GridColumn } from '../../ui/grid/types';
import { bandWord } from '../../ui/words';

interface WithUtilization {
  utilization?: UtilizationPartsFragment | null;
}

/** Seats against users, as columns of a list of owners. */
export function utilizationColumns<Row extends WithUtilization>(): GridColumn<Row>[] {
  const count = (key: string, header: string, of: (figures: UtilizationPartsFragment) => number, card?: 'field'): GridColumn<Row> => ({
    key, header, width: 128, numeric: true, card,
    value: ({ utilization }) => (utilization ? of(utilization) : null),
    cell: ({ utilization }) => format.integer(utilization && of(utilization)),
  });
  return [
    count('seats', 'Seats in force', (figures) => figures.seatsInForce, 'field'),
    count('registered', 'Registered users', (figures) => figures.registeredUsers),
    count('active', 'Active users', (figures) => figures.activeUsers, 'field'),
    {
      key: 'ratio', header: 'Utilisation', width: 112, numeric: true, card: 'field',
      value: ({ utilization }) => utilization?.ratio.value ?? null, cell: ({ utilization }) => format.percent(utilization?.ratio.value),
    },
    count('unused', 'Unused seats', (figures) => figures.unusedSeats),
    {
      key: 'band', header: 'Band', width: 136, card: 'badge',
      value: ({ utilization }) => (utilization?.band ? bandWord[utilization.band] : null), cell: ({ utilization }) => <BandBadge band={utilization?.band} />,
    },
  ];
}
