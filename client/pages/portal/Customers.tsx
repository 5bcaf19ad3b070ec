import { useId } from 'react';

import { Card } from '../../ui/Card';
import { Empty } from '../../ui/states';
import { useExtremes } from '../overview/useOverview';
import { UtilizationCard } from '../overview/UtilizationCard';
import { CompaniesCard } from '../partners/CompaniesCard';
import classes from './portal.module.css';

interface CustomersProps {
  /** The partner. */
  id: string;
  /** How many companies it serves; undefined while that is not known. */
  count: number | undefined;
}

/** Who of a partner's customers uses more or fewer seats than they hold, and all of them. */
export function Customers({ id, count }: CustomersProps) {
  const labelId = useId();
  if (count === 0) {
    return (
      <div className={classes['full']}>
        <Card title="Customers" labelId={labelId}>
          <Empty title="You have no customers yet" hint="A company appears here as soon as it is assigned to you, with its seats, users and utilisation." />
        </Card>
      </div>
    );
  }
  return (
    <>
      <div className={classes['full']}>
        <Extremes />
      </div>
      <div className={classes['full']}>
        <CompaniesCard id={id} title="Customers" />
      </div>
    </>
  );
}

/** Asked for only where there are customers. */
function Extremes() {
  return <UtilizationCard extremes={useExtremes()} title="Which customers are over- or under-licensed?" />;
}
