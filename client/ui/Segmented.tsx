import classes from './Segmented.module.css';

/** A few alternatives of which one holds. */
export function Segmented<Value extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly { value: Value; label: string }[];
  /** Null: none yet. */
  value: Value | null;
  onChange: (value: Value) => void;
}) {
  return (
    <div className={classes['group']} role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className={classes['option']}
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
