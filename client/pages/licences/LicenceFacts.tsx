import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { format, type MoneyLike } from '../../ui/format';
import { type DescribedField, Term } from '../../ui/Term';
import classes from '../detail/detail.module.css';
import type { Licence } from './licenceRow';
import licences from './licences.module.css';
import { LicenceStatus } from './LicenceStatus';
import { statusHint } from './statusHint';

interface LicenceFactsProps {
  licence: Licence;
  total: MoneyLike | null | undefined;
  disagrees: boolean;
}

function Fact({ label, field, children }: { label: string; field: DescribedField; children: ReactNode }) {
  return <div><dt><Term field={field}>{label}</Term></dt><dd>{children}</dd></div>;
}

function Warning({ children }: { children: ReactNode }) {
  return <p className={licences.warning}><IconAlertTriangle aria-hidden size={16} />{children}</p>;
}

/** Everything a round says of itself, with what disagrees. */
export function LicenceFacts({ licence, total, disagrees }: LicenceFactsProps) {
  const hint = statusHint(licence.status, licence.lifecycleStatus);
  const days = licence.daysRemaining;
  return (
    <>
      <dl className={classes.facts}>
        <Fact label="Status" field="License.lifecycleStatus"><LicenceStatus typed={licence.status} derived={licence.lifecycleStatus} /></Fact>
        <Fact label="Product" field="License.product">{licence.product ? `${licence.product.label} (${licence.product.code})` : '–'}</Fact>
        <Fact label="Seats" field="License.seats">{format.integer(licence.seats)}</Fact>
        <Fact label="Start" field="License.startDate">{format.date(licence.startDate)}</Fact>
        <Fact label="End" field="License.endDate">{licence.endDate ? format.date(licence.endDate) : 'No end'}</Fact>
        <Fact label="Days remaining" field="License.daysRemaining">{days == null ? '– (perpetual)' : format.days(days)}</Fact>
        <Fact label="Grace until" field="License.graceEndDate">{licence.graceEndDate ? format.date(licence.graceEndDate) : '–'}</Fact>
        {licence.unitCost !== undefined && (
          <>
            <Fact label="Unit cost" field="License.unitCost">{format.money(licence.unitCost, { code: true })}</Fact>
            <Fact label="Annual value" field="License.annualValue">{format.money(licence.annualValue, { code: true })}</Fact>
            <Fact label="Total as stored" field="License.totalCost">{format.money(total, { code: true })}</Fact>
          </>
        )}
        <Fact label="Currency" field="License.currency">{licence.currency}</Fact>
      </dl>
      {hint && <Warning>{hint} Figures follow the dates.</Warning>}
      {disagrees && <Warning>The stored total differs from seats × unit cost. Figures use seats × unit cost.</Warning>}
    </>
  );
}
