import { useState } from 'react';

import type { DescribedField } from '../../ui/Term';
import type { Warning } from '../../ui/Warnings';
import classes from './frame.module.css';
import { usePrintPreparation } from './print';

/** Words and the field of the API that defines them. */
export type Note = readonly [words: string, field: DescribedField];

/** What paper cannot open: the warnings and the definitions, below the report. */
export function PrintNotes({ warnings, notes }: { warnings: readonly Warning[]; notes: readonly Note[] }) {
  const [texts, setTexts] = useState<Record<string, string> | null>(null);
  usePrintPreparation(async () => {
    const { descriptions } = await import('../../api/generated/descriptions');
    setTexts(descriptions);
  });
  return (
    <section className={`sw-print-only ${classes['notes']}`} aria-label="Notes">
      {warnings.length > 0 && (
        <ul>
          {warnings.map(({ code, message }) => (
            <li key={`${code} ${message}`}>{message}</li>
          ))}
        </ul>
      )}
      {texts && (
        <dl>
          {notes.map(([words, field]) => (
            <div key={words}>
              <dt>{words}</dt>
              <dd>{texts[field]}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
