import '../dates.css';

import { DatePicker } from '@mantine/dates';
import { useState } from 'react';

import { Button } from '../Button';
import { format } from '../format';
import classes from './pickers.module.css';
import { type DateChoice, daysOf, presetNames, presetWords } from './presets';

type Ends = [string | null, string | null];

/** Rows of these days: a named range that moves with the calendar, or two days. `note` says what the days are of. */
export function DatesPicker({
  note = 'Rounds in force on at least one of these days',
  value,
  asOf,
  onChange,
  onClose,
}: {
  note?: string;
  value: DateChoice | null;
  asOf: string;
  onChange: (dates: DateChoice | null) => void;
  onClose: () => void;
}) {
  const days = value ? daysOf(value, asOf) : { from: null, to: null };
  const [ends, setEnds] = useState<Ends>([days.from, days.to]);
  const preset = value && 'preset' in value ? value.preset : null;
  return (
    <div className={classes['picker']}>
      <p className={classes['note']}>{note}</p>
      <div className={classes['choices']}>
        <button type="button" className={classes['choice']} aria-pressed={value === null} onClick={() => onChange(null)}>
          All time
        </button>
        {presetNames.map((name) => (
          <button
            key={name}
            type="button"
            className={classes['choice']}
            aria-pressed={preset === name}
            title={format.range(daysOf({ preset: name }, asOf).from, daysOf({ preset: name }, asOf).to)}
            onClick={() => {
              const range = daysOf({ preset: name }, asOf);
              setEnds([range.from, range.to]);
              onChange({ preset: name });
            }}
          >
            {presetWords[name]}
          </button>
        ))}
      </div>
      <DatePicker
        type="range"
        allowSingleDateInRange
        value={ends}
        defaultDate={days.to ?? asOf}
        onChange={(next) => {
          setEnds(next);
          const [from, to] = next;
          if (from && to) onChange({ from, to });
        }}
        locale="en"
        firstDayOfWeek={1}
        weekendDays={[]}
        fullWidth
        size="sm"
      />
      <Button onClick={onClose}>Done</Button>
    </div>
  );
}
