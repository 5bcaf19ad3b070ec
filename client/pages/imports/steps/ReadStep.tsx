import { useEffect, useState } from 'react';

import { Button, ButtonLink } from '../../../ui/Button';
import { Card } from '../../../ui/Card';
import { DataTable } from '../../../ui/DataTable';
import { Choice } from '../Choice';
import classes from '../imports.module.css';
import { ConfigureImport } from '../mutations';
import { Notice } from '../Notice';
import type { Import } from '../queries';
import { isOpen } from '../words';
import type { StepProps } from './types';

type Reading = NonNullable<Import['reading']>;

const encodings = [
  { value: 'UTF-8', label: 'UTF-8' },
  { value: 'UTF-16LE', label: 'UTF-16, little-endian' },
  { value: 'UTF-16BE', label: 'UTF-16, big-endian' },
  { value: 'windows-1252', label: 'Windows-1252 (Western European)' },
];
const delimiters = [
  { value: ',', label: 'Comma ,' }, { value: ';', label: 'Semicolon ;' }, { value: '\t', label: 'Tab' }, { value: '|', label: 'Vertical bar |' },
  { value: ':', label: 'Colon :' }, { value: '^', label: 'Caret ^' }, { value: '~', label: 'Tilde ~' },
];
const quotes = [{ value: '"', label: 'Double quote "' }, { value: "'", label: "Single quote '" }, { value: '', label: 'None' }];

/** The options with the present value among them, whatever it is. */
const withPresent = (options: typeof quotes, value: string) => (options.some((option) => option.value === value) ? options : [...options, { value, label: value }]);

/** The row of the names is typed, so it is sent when it has been left or confirmed. */
function HeaderRow({ value, disabled, onChange }: { value: number; disabled: boolean; onChange(row: number): void }) {
  const [text, setText] = useState(String(value));
  useEffect(() => setText(String(value)), [value]);
  const send = () => {
    const row = Number(text);
    if (/^\d{1,4}$/.test(text) && row !== value) onChange(row);
    else setText(String(value));
  };
  return (
    <div className={classes['choice']}>
      <label htmlFor="header-row">Row with the names</label>
      <input
        id="header-row" inputMode="numeric" value={text} disabled={disabled} aria-describedby="header-row-hint" onBlur={send}
        onChange={(event) => setText(event.currentTarget.value)} onKeyDown={(event) => event.key === 'Enter' && send()}
      />
      <p id="header-row-hint" className={classes['hint']}>As a spreadsheet counts; 0: there is none</p>
    </div>
  );
}

function Sample({ job: { columns, sample } }: { job: Import }) {
  const shown = columns.map(({ index, name }) => ({ key: String(index), header: name, value: (row: readonly string[]) => row[index] ?? '' }));
  if (columns.length === 0) return null;
  if (sample.length === 0) return <p className={classes['hint']}>There is no row below the names.</p>;
  return (
    <div className={classes['sample']}>
      <DataTable columns={shown} rows={sample} caption="First rows of the file" maxHeight={420} />
      <p className={classes['hint']}>The first {sample.length === 1 ? 'row' : `${sample.length} rows`} below the names, {columns.length === 1 ? '1 column' : `${columns.length} columns`}.</p>
    </div>
  );
}

/** How the bytes of the file become rows, with the first of them to judge by. */
export function ReadStep({ job, act }: StepProps) {
  const { reading } = job;
  if (!reading) return null;
  const fixed = !isOpen(job) || act.busy;
  const set = (input: Partial<Omit<Reading, 'doubtful'>>) => void act.run(ConfigureImport, { id: job.id, input });
  return (
    <Card labelId="step" title="How is it read?" hint="Found out from the beginning of the file. Change what is wrong; the columns are then suggested anew.">
      <div className={classes['step']}>
        <div className={classes['choices']}>
          <Choice label="Encoding" value={reading.encoding} options={encodings} disabled={fixed} onChange={(encoding) => set({ encoding })} />
          <Choice label="Delimiter" value={reading.delimiter} options={withPresent(delimiters, reading.delimiter)} disabled={fixed} onChange={(delimiter) => set({ delimiter })} />
          <Choice label="Quote" value={reading.quote} options={withPresent(quotes, reading.quote)} disabled={fixed} onChange={(quote) => set({ quote })} />
          <HeaderRow value={reading.headerRow} disabled={fixed} onChange={(headerRow) => set({ headerRow })} />
        </div>
        {reading.doubtful && job.columns.length > 0 && <Notice tone="doubt"><p>The encoding or the delimiter is doubtful. Look whether the names and the letters below are right.</p></Notice>}
        <div className={classes['loaded']} data-stale={act.busy || undefined} aria-busy={act.busy}><Sample job={job} /></div>
        <div className={classes['steps']}>
          <ButtonLink to="?step=file">Back</ButtonLink>
          {job.columns.length > 0
            ? <ButtonLink kind="primary" to="?step=columns">Continue to columns</ButtonLink>
            : <Button kind="primary" disabled>Continue to columns</Button>}
        </div>
      </div>
    </Card>
  );
}
