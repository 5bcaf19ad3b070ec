import { IconDownload, IconX } from '@tabler/icons-react';

import { Button } from '../Button';
import { format } from '../format';
import type { CsvProgress } from './useCsv';

function outcome(progress: CsvProgress): string {
  switch (progress.kind) {
    case 'failed': return `CSV failed: ${progress.message}`;
    case 'done': return progress.cut ? `The first ${format.integer(progress.rows)} rows were saved.` : `${format.integer(progress.rows)} rows were saved.`;
    default: return '';
  }
}

/** Starts the download of the filtered rows, shows how far it is, and stops it. */
export function CsvButton({ progress, onClick }: { progress: CsvProgress; onClick(): void }) {
  const running = progress.kind === 'running';
  return (
    <>
      <Button onClick={onClick} title={running ? 'Stop the download' : 'Download the filtered rows'}>
        {running ? <IconX aria-hidden size={16} /> : <IconDownload aria-hidden size={16} />}
        {running ? `${format.integer(progress.rows)} rows · Stop` : 'CSV'}
      </Button>
      <span role="status" className={progress.kind === 'failed' ? undefined : 'sw-visually-hidden'}>{outcome(progress)}</span>
    </>
  );
}
