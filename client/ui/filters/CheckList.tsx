import type { KeyboardEvent } from 'react';

import classes from './pickers.module.css';

export interface Option {
  value: string;
  label: string;
}

/** Moves the focus with the arrow keys, from box to box. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];
  const at = boxes.findIndex((box) => box === document.activeElement);
  boxes[at + step]?.focus();
  event.preventDefault();
}

/** Any number of options, each a box to tick. */
export function CheckList({
  label,
  options,
  selected,
  onChange,
}: {
  label: string;
  options: Option[];
  selected: string[];
  onChange: (selected: string[]) => void;
}) {
  const toggle = (value: string, on: boolean) =>
    onChange(on ? [...selected, value] : selected.filter((other) => other !== value));
  return (
    <ul className={classes['list']} role="group" aria-label={label} onKeyDown={moveFocus}>
      {options.map(({ value, label: text }) => (
        <li key={value} role="presentation">
          <label className={classes['option']}>
            <input
              type="checkbox"
              checked={selected.includes(value)}
              onChange={(event) => toggle(value, event.target.checked)}
            />
            <span className={classes['optionText']}>{text}</span>
          </label>
        </li>
      ))}
    </ul>
  );
}
