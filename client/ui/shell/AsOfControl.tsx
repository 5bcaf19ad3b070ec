import { IconCalendarEvent } from '@tabler/icons-react';
import { useQueryState } from 'nuqs';
import { lazy } from 'react';

import { useViewer } from '../../api/session';
import { parseAsDay } from '../filters/urlState';
import { Floating } from '../Floating';
import { format } from '../format';
import classes from './AsOfControl.module.css';

const AsOfPicker = lazy(() => import('./AsOfPicker'));

/** The day that every figure of the page speaks of; in the URL unless it is today. */
export function AsOfControl() {
  const { settings } = useViewer();
  const [asOf, setAsOf] = useQueryState('asOf', { ...parseAsDay, history: 'push' });
  const today = asOf === null || asOf === settings.today;
  return (
    <Floating
      label="As of"
      align="end"
      width={280}
      trigger={(props) => (
        <button type="button" className={classes['control']} data-past={!today || undefined} {...props}>
          <IconCalendarEvent aria-hidden size={16} stroke={1.8} />
          <span>
            <span className={classes['label']}>As of </span>
            {format.date(asOf ?? settings.today)}
          </span>
        </button>
      )}
    >
      {(close) => (
        <AsOfPicker
          value={asOf ?? settings.today}
          today={settings.today}
          timezone={settings.timezone}
          onChange={(day) => {
            void setAsOf(day === settings.today ? null : day);
            close();
          }}
        />
      )}
    </Floating>
  );
}
