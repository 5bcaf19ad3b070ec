import { TextInput } from '@mantine/core';
import { IconFileTypeCsv } from '@tabler/icons-react';
import { type FormEvent, useEffect, useId, useState } from 'react';
import type { CombinedError } from 'urql';

import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { format } from '../../ui/format';
import type { Guard } from '../forms/FormDrawer';
import forms from '../forms/forms.module.css';
import type { Refusal } from '../forms/userErrors';
import classes from './rates.module.css';
import { type WrongCell, wrongCells } from './wrongCells';

/** What the server said to a file. */
export interface LoadAnswer {
  error?: CombinedError;
  payload?: { rows: number; created: number; updated: number; userErrors: readonly Refusal[] };
}

interface LoadFormProps {
  guard: Guard;
  /** What a file has to look like. */
  layouts: readonly { words: string; example: string }[];
  /** Label of the field for who published it; absent: none is asked for. */
  publisher?: string;
  load(csv: string, source: string): Promise<LoadAnswer>;
  onLoaded(words: string): void;
}

/** The limit of the API, a little below what a megabyte is. */
const largest = 1_000_000;

const columns = [
  { key: 'row', header: 'Row', numeric: true, value: ({ row }: WrongCell) => row },
  { key: 'column', header: 'Column', value: ({ column }: WrongCell) => column },
  { key: 'message', header: 'What is wrong', value: ({ message }: WrongCell) => message, cell: ({ message }: WrongCell) => <span className={classes['message']}>{message}</span> },
];

function Problems({ cells }: { cells: readonly WrongCell[] }) {
  if (cells.length === 0) return null;
  return (
    <section className={classes['problems']} role="alert" aria-label="Wrong cells">
      <p>
        <strong>Nothing was loaded.</strong> {cells.length === 1 ? 'One cell is wrong.' : `${format.integer(cells.length)} cells are wrong.`} Correct the file, choose
        it again, and load it.
      </p>
      <DataTable columns={columns} rows={cells} caption="Wrong cells" maxHeight={320} />
    </section>
  );
}

/** Loads a file as a whole or not at all; every wrong cell is named, and what was chosen stays. */
export function LoadForm({ guard, layouts, publisher, load, onLoaded }: LoadFormProps) {
  const fileId = useId();
  const [file, setFile] = useState<{ name: string; text: string } | null>(null);
  const [source, setSource] = useState('');
  const [problem, setProblem] = useState('');
  const [cells, setCells] = useState<readonly WrongCell[]>([]);
  const [reading, setReading] = useState(false);
  const [busy, setBusy] = useState(false);
  useEffect(() => guard.setDirty(false));

  const choose = async (chosen: File | undefined) => {
    if (!chosen) return undefined;
    setFile(null);
    setCells([]);
    setProblem('');
    if (chosen.size > largest) return setProblem(`${chosen.name} is larger than 1 MB. Split it, then load the parts.`);
    setReading(true);
    try {
      setFile({ name: chosen.name, text: await chosen.text() });
    } catch {
      setProblem(`${chosen.name} could not be read. Choose it again.`);
    }
    return setReading(false);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!file) return setProblem('Choose a file.');
    if (publisher && source.trim() === '') return setProblem(`Enter who published the rates, for example ECB.`);
    setBusy(true);
    setProblem('');
    const { payload, error } = await load(file.text, source.trim());
    setBusy(false);
    if (!payload) return setProblem(`Nothing was loaded. ${error?.graphQLErrors[0]?.message ?? 'The server did not answer. Try again.'}`);
    setCells(wrongCells(payload.userErrors));
    if (payload.userErrors.length > 0) return undefined;
    guard.done();
    onLoaded(`${format.integer(payload.rows)} rows read: ${format.integer(payload.created)} new, ${format.integer(payload.updated)} changed`);
    return undefined;
  };

  return (
    <form className={forms.form} noValidate onSubmit={(event) => void submit(event)}>
      {problem && <div className={forms.problems} role="alert"><p>{problem}</p></div>}
      <div className={classes['load']}>
        <div className={classes['file']}>
          <input id={fileId} type="file" accept=".csv,text/csv" className="sw-visually-hidden" onChange={(event) => {
            void choose(event.currentTarget.files?.[0]);
            // So that the same file, corrected, can be chosen again.
            event.currentTarget.value = '';
          }} />
          <label htmlFor={fileId}><IconFileTypeCsv aria-hidden size={24} stroke={1.5} />{file ? 'Choose another file' : 'Choose a CSV file'}</label>
          <p>{file ? `${file.name} · ${format.integer(file.text.split(/\r?\n/).filter((line) => line.trim() !== '').length)} lines with the header` : 'At most 1 MB. All rows are loaded, or none.'}</p>
        </div>
        {publisher && (
          <TextInput label={publisher} required maxLength={64} value={source} onChange={(event) => setSource(event.currentTarget.value)} description="Shown with every figure that uses them, for example ECB" inputWrapperOrder={['label', 'input', 'description', 'error']} />
        )}
        <Problems cells={cells} />
        <div className={classes['layouts']}>
          {layouts.map(({ words, example }) => (
            <div key={words}>
              <p>{words}</p>
              <pre tabIndex={0} role="region" aria-label={words}>{example}</pre>
            </div>
          ))}
        </div>
      </div>
      <footer className={forms.footer}>
        <Button onClick={guard.done}>Cancel</Button>
        <Button kind="primary" type="submit" disabled={busy || reading}>{busy ? 'Loading' : 'Load'}</Button>
      </footer>
    </form>
  );
}
