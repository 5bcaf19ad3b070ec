import { useId, useState } from 'react';

import { format } from '../format';
import classes from './pickers.module.css';

const CHOICES = [7, 14, 30, 60, 90, 365];

/** The length of the activity window: a usual one, or any number of days. */
export function WindowPicker({
  value,
  standard,
  onChange,
}: {
  value: number | null;
  standard: number;
  onChange: (days: number | null) => void;
}) {
  const id = useId();
  const [text, setText] = useState(String(value ?? standard));
  const choose = (days: number) => {
    setText(String(days));
    onChange(days === standard ? null : days);
  };
  const choices = [...new Set([...CHOICES, standard])].sort((a, b) => a - b);
  return (
    <div className={classes['picker']}>
      <p className={classes['note']}>A user is active who did something in the last …</p>
      <div className={classes['choices']}>
        {choices.map((days) => (
          <button
            key={days}
            type="button"
            className={classes['choice']}
            aria-pressed={(value ?? standard) === days}
            onClick={() => choose(days)}
          >
            {format.days(days)}
          </button>
        ))}
      </div>
      <label htmlFor={id} className={classes['label']}>
        Days, 1 to 3660
      </label>
      <input
        id={id}
        className={classes['input']}
        type="number"
        inputMode="numeric"
        min={1}
        max={3660}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          if (event.target.validity.valid && event.target.value !== '') choose(event.target.valueAsNumber);
        }}
      />
    </div>
  );
}
