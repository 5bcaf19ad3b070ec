import { IconChevronDown, IconDownload, IconFileSpreadsheet, IconFileTypeCsv, IconX } from '@tabler/icons-react';

import { useCan } from '../../api/session';
import { Button } from '../Button';
import menu from '../chart/ChartCard.module.css';
import type { FileFormat } from '../files';
import { Floating } from '../Floating';

/** Where a download stands, in words. */
export type ExportProgress = { kind: 'idle' } | { kind: 'running' | 'done' | 'failed'; words: string };

/** Nothing was asked for yet. */
export const idle: ExportProgress = { kind: 'idle' };

const formats = [
  { format: 'csv', label: 'CSV', icon: IconFileTypeCsv },
  { format: 'xlsx', label: 'XLSX', icon: IconFileSpreadsheet },
] as const;

function Progress({ progress }: { progress: ExportProgress }) {
  const words = progress.kind === 'done' || progress.kind === 'failed' ? progress.words : '';
  return <span role="status" className={progress.kind === 'failed' ? undefined : 'sw-visually-hidden'}>{words}</span>;
}

/** Saves the filtered rows as CSV or as a workbook, shows how far that is, and stops it. */
export function ExportMenu({ progress = idle, of, onChoose, onStop }: {
  progress?: ExportProgress;
  /** What is saved, where a page has several tables: "Users". */
  of?: string;
  onChoose(format: FileFormat): void;
  onStop?(): void;
}) {
  const may = useCan('EXPORT_DATA');
  if (!may) return null;
  if (progress.kind === 'running') {
    return <Button onClick={onStop} title="Stop the download"><IconX aria-hidden size={16} />{progress.words} · Stop</Button>;
  }
  return (
    <>
      <Floating
        label={of === undefined ? 'Export' : `Export ${of}`} align="end" width={160}
        trigger={(props) => (
          <Button title="Save the filtered rows as a file" {...props}>
            <IconDownload aria-hidden size={16} />Export<IconChevronDown aria-hidden size={14} />
          </Button>
        )}
      >
        {(close) => (
          <ul className={menu['menu']}>
            {formats.map(({ format, label, icon: Icon }) => (
              <li key={format}>
                <button
                  type="button" className={menu['item']}
                  onClick={() => {
                    close();
                    onChoose(format);
                  }}
                >
                  <Icon aria-hidden size={18} stroke={1.6} />{label}
                </button>
              </li>
            ))}
          </ul>
        )}
      </Floating>
      <Progress progress={progress} />
    </>
  );
}
