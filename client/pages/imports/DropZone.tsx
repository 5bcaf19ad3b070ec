import { IconFileImport } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';

import classes from './imports.module.css';

/** Takes a file that is dropped on it, or chosen from it by click or key. */
export function DropZone({ title, children, onFile }: { title: string; children?: ReactNode; onFile(file: File): void }) {
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file) onFile(file);
  };
  return (
    <div className={classes['drop']}>
      <input
        id={id} type="file" accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain" className="sw-visually-hidden"
        onChange={(event) => {
          take(event.currentTarget.files);
          // So that the same file, corrected, can be chosen again.
          event.currentTarget.value = '';
        }}
      />
      <label
        htmlFor={id} data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
      >
        <IconFileImport aria-hidden size={28} stroke={1.5} />
        <span><strong>{title}</strong></span>
        {children && <span className={classes['limits']}>{children}</span>}
      </label>
    </div>
  );
}
