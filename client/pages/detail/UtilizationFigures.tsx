import { getFragmentData, graphql } from '../../api/generated';
import type { FragmentType } from '../../api/generated';
import { BandBadge } from '../../ui/Badge';
import { FigureCard } from '../../ui/FigureCard';
import { format } from '../../ui/format';
import classes from './detail.module.css';

export const UtilizationParts = graphql(`
  fragment UtilizationParts on Utilization {
    seatsInForce
    roundsInForce
    registeredUsers
    activeUsers
    ratio {
      numerator
      denominator
      value
    }
    band
    unusedSeats
  }
`);

interface UtilizationFiguresProps {
  utilization: FragmentType<typeof UtilizationParts> | null | undefined;
  /** The window in words: "last 14 days to 21 Nov 2026". */
  window: string;
  /** Where the seats and the users lead. */
  rounds: string;
  users: string;
}

/** Where one owner stands between its seats and its users; null while it is loading. */
export function UtilizationFigures({ utilization, window, rounds, users }: UtilizationFiguresProps) {
  const figures = getFragmentData(UtilizationParts, utilization);
  const loading = !figures;
  return (
    <section aria-label="Key figures" className={classes.figures}>
      <FigureCard
        label="Seats in force" field="Utilization.seatsInForce" to={rounds} loading={loading}
        value={format.compact(figures?.seatsInForce)} exact={format.integer(figures?.seatsInForce)}
        context={`in ${format.integer(figures?.roundsInForce)} ${figures?.roundsInForce === 1 ? 'round' : 'rounds'}`}
      />
      <FigureCard
        label="Active users" field="Utilization.activeUsers" to={users} loading={loading}
        value={format.compact(figures?.activeUsers)} exact={format.integer(figures?.activeUsers)}
        context={<>of {format.integer(figures?.registeredUsers)} registered<br />{window}</>}
      />
      <FigureCard
        label="Utilisation" field="Utilization.ratio" to={rounds} loading={loading} value={format.percent(figures?.ratio.value)}
        context={figures && (
          <>
            {format.integer(figures.ratio.numerator)} active users on {format.integer(figures.ratio.denominator)} seats
            <br /><span className={classes.band}><BandBadge band={figures.band} /></span>
          </>
        )}
      />
      <FigureCard
        label="Unused seats" field="Utilization.unusedSeats" to={rounds} loading={loading} value={format.integer(figures?.unusedSeats)}
        context={figures && (figures.unusedSeats < 0 ? 'seats are missing' : figures.unusedSeats === 0 ? 'every seat is used' : 'seats stand idle')}
      />
    </section>
  );
}
