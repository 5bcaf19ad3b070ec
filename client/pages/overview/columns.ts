import type { OverviewQuery, UtilizationLineFieldsFragment } from '../../api/generated/graphql';
import type { Column } from '../../ui/columns';
import { format } from '../../ui/format';
import { bandWord, statusWord } from '../../ui/words';
import type { TimelineRound } from './useTimeline';

export type OwnerLine = UtilizationLineFieldsFragment;
export type Revenue = NonNullable<OverviewQuery['dashboard']['revenue']>[number];

/** Owners against their seats: the rows of the scatter and of the bars. */
export const ownerColumns: Column<OwnerLine>[] = [
  { key: 'owner', header: 'Owner', value: (line) => line.ownerName },
  { key: 'kind', header: 'Kind', value: (line) => (line.ownerType === 'COMPANY' ? 'Company' : 'Partner') },
  { key: 'id', header: 'Id', value: (line) => line.ownerId },
  {
    key: 'seats',
    header: 'Seats in force',
    numeric: true,
    value: (line) => line.figures.seatsInForce,
    cell: (line) => format.integer(line.figures.seatsInForce),
  },
  {
    key: 'registered',
    header: 'Registered users',
    numeric: true,
    value: (line) => line.figures.registeredUsers,
    cell: (line) => format.integer(line.figures.registeredUsers),
  },
  {
    key: 'active',
    header: 'Active users',
    numeric: true,
    value: (line) => line.figures.activeUsers,
    cell: (line) => format.integer(line.figures.activeUsers),
  },
  {
    key: 'ratio',
    header: 'Utilisation',
    numeric: true,
    value: (line) => line.figures.ratio.value ?? null,
    cell: (line) => format.percent(line.figures.ratio.value),
  },
  { key: 'band', header: 'Band', value: (line) => (line.figures.band ? bandWord[line.figures.band] : null) },
  {
    key: 'unused',
    header: 'Unused seats',
    numeric: true,
    value: (line) => line.figures.unusedSeats,
    cell: (line) => format.integer(line.figures.unusedSeats),
  },
];

/** Revenue, one line a currency; amounts exact. */
export const revenueColumns: Column<Revenue>[] = [
  { key: 'currency', header: 'Currency', value: (figure) => figure.currency },
  {
    key: 'annual',
    header: 'Annual value',
    numeric: true,
    value: (figure) => figure.annualValue.amount,
    cell: (figure) => format.money(figure.annualValue, { code: true }),
  },
  {
    key: 'average',
    header: 'Average cost per licence',
    numeric: true,
    value: (figure) => figure.averageCost?.amount ?? null,
    cell: (figure) => format.money(figure.averageCost, { code: true }),
  },
  {
    key: 'seats',
    header: 'Seats',
    numeric: true,
    value: (figure) => figure.seats,
    cell: (figure) => format.integer(figure.seats),
  },
  {
    key: 'rounds',
    header: 'Rounds',
    numeric: true,
    value: (figure) => figure.rounds,
    cell: (figure) => format.integer(figure.rounds),
  },
  {
    key: 'converted',
    header: 'Converted',
    numeric: true,
    value: (figure) => figure.converted?.money.amount ?? null,
    cell: (figure) => (figure.converted ? `≈ ${format.money(figure.converted.money, { code: true })}` : '–'),
  },
  { key: 'into', header: 'Into', value: (figure) => figure.converted?.money.currency ?? null },
  { key: 'rate', header: 'Rate', numeric: true, value: (figure) => figure.converted?.rate ?? null },
  { key: 'rateDate', header: 'Rate of', value: (figure) => figure.converted?.rateDate ?? null },
  { key: 'source', header: 'Source', value: (figure) => figure.converted?.source ?? null },
];

/** Rounds of the timeline. */
export const timelineColumns: Column<TimelineRound>[] = [
  { key: 'owner', header: 'Owner', value: (round) => round.ownerName },
  { key: 'product', header: 'Product', value: (round) => round.productLabel },
  { key: 'start', header: 'Start', value: (round) => round.startDate, cell: (round) => format.date(round.startDate) },
  { key: 'end', header: 'End', value: (round) => round.endDate, cell: (round) => format.date(round.endDate) },
  { key: 'grace', header: 'Grace until', value: (round) => round.graceEndDate, cell: (round) => format.date(round.graceEndDate) },
  { key: 'days', header: 'Days remaining', numeric: true, value: (round) => round.daysRemaining },
  { key: 'seats', header: 'Seats', numeric: true, value: (round) => round.seats, cell: (round) => format.integer(round.seats) },
  { key: 'status', header: 'Status', value: (round) => statusWord[round.lifecycleStatus] },
  { key: 'id', header: 'Round', value: (round) => round.id },
];
