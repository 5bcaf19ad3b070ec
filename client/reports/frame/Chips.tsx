import classes from './Chips.module.css';

/** A few alternatives of which any number may hold; none means all. */
export function Chips<Value extends string>({
  label,
  options,
  selected,
  onChange,
}: {
  label: string;
  options: readonly { value: Value; label: string }[];
  selected: readonly Value[];
  onChange: (selected: Value[]) => void;
}) {
  const toggle = (value: Value) => onChange(selected.includes(value) ? selected.filter((other) => other !== value) : [...selected, value]);
  return (
    <div className={classes['chips']} role="group" aria-label={label}>
      {options.map(({ value, label: text }) => (
        <button key={value} type="button" className={classes['chip']} aria-pressed={selected.includes(value)} onClick={() => toggle(value)}>
          {text}
        </button>
      ))}
    </div>
  );
}
