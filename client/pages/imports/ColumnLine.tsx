import type { ImportColumnInput } from '../../api/generated/graphql';
import { Choice } from './Choice';
import classes from './imports.module.css';
import type { Field, ImportColumn } from './queries';
import { dateFormats, numberFormats } from './words';

interface ColumnLineProps {
  column: ImportColumn;
  /** All columns, to say which field another one fills. */
  columns: readonly ImportColumn[];
  fields: readonly Field[];
  fixed: boolean;
  onSet(column: ImportColumnInput): void;
}

const numeric = (kind: Field['kind'] | undefined) => kind === 'INTEGER' || kind === 'DECIMAL';

/** How the values of a column are written; what fits several formats demands an answer. */
function Format({ column, kind, fixed, onSet }: Pick<ColumnLineProps, 'column' | 'fixed' | 'onSet'> & { kind: Field['kind'] | undefined }) {
  const { index, name, dateFormat, numberFormat, ambiguous, samples } = column;
  const common = {
    label: `Format of ${name}`, quiet: true, disabled: fixed, wanted: ambiguous,
    hint: ambiguous ? `${samples[0] ?? 'Its values'} can be read in several ways. Choose one.` : undefined,
  };
  const unset = { value: '', label: ambiguous ? 'Choose' : 'Not chosen' };
  if (kind === 'DATE') {
    return (
      <Choice
        {...common} value={ambiguous ? '' : (dateFormat ?? '')} options={dateFormat && !ambiguous ? dateFormats : [unset, ...dateFormats]}
        onChange={(value) => onSet({ index, dateFormat: dateFormats.find((one) => one.value === value)?.value ?? null })}
      />
    );
  }
  if (!numeric(kind)) return <span className={classes['none']}>–</span>;
  return (
    <Choice
      {...common} value={ambiguous ? '' : (numberFormat ?? '')} options={numberFormat && !ambiguous ? numberFormats : [unset, ...numberFormats]}
      onChange={(value) => onSet({ index, numberFormat: numberFormats.find((one) => one.value === value)?.value ?? null })}
    />
  );
}

/** One column of the file: its name, its first values, the field it fills, how its values are written. */
export function ColumnLine({ column, columns, fields, fixed, onSet }: ColumnLineProps) {
  const { index, name, samples, field, suggested } = column;
  const options = [
    { value: '', label: 'Leave out' },
    ...fields.map((one) => {
      const taken = columns.find((other) => other.field === one.name && other.index !== index);
      return { value: one.name, label: `${one.label}${one.required ? ' *' : ''}${taken ? ` (now: ${taken.name})` : ''}` };
    }),
  ];
  return (
    <tr data-used={field != null || undefined}>
      <th scope="row">{name}</th>
      <td data-label="First values"><ul className={classes['samples']}>{samples.map((value) => <li key={value} title={value}>{value}</li>)}</ul></td>
      <td data-label="Field">
        <Choice
          label={`Field of ${name}`} quiet value={field ?? ''} options={options} disabled={fixed} hint={suggested && field != null ? 'Suggested by its name' : undefined}
          onChange={(value) => onSet({ index, field: value === '' ? null : value })}
        />
      </td>
      <td data-label="Written as"><Format column={column} kind={fields.find((one) => one.name === field)?.kind} fixed={fixed} onSet={onSet} /></td>
    </tr>
  );
}
