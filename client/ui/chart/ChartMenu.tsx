import { IconDots, IconExternalLink, IconFileSpreadsheet, IconFileTypeCsv, IconPhoto } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { Link } from 'react-router';

import { IconButton } from '../Button';
import type { Column } from '../columns';
import { useReachable } from '../embedding';
import { saveRows } from '../files';
import { Floating } from '../Floating';
import classes from './ChartCard.module.css';

/** Saves the chart as it is drawn, on the surface's colour: a transparent picture is unreadable on half of all slides. */
function downloadPng(name: string, body: HTMLElement): void {
  const drawn = body.querySelector('canvas');
  if (!drawn) return;
  const copy = document.createElement('canvas');
  copy.width = drawn.width;
  copy.height = drawn.height;
  const context = copy.getContext('2d');
  if (!context) return;
  const surface = body.closest('section');
  context.fillStyle = surface ? getComputedStyle(surface).backgroundColor : '#ffffff';
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(drawn, 0, 0);
  const link = document.createElement('a');
  link.href = copy.toDataURL('image/png');
  link.download = `${name}.png`;
  link.click();
}

const files = [
  { format: 'csv', label: 'Download CSV', icon: IconFileTypeCsv },
  { format: 'xlsx', label: 'Download XLSX', icon: IconFileSpreadsheet },
] as const;

/** What can be done with a chart: its rows as a file, its picture, the rows themselves. */
export function ChartMenu<Row>({
  title,
  csvName,
  columns,
  rows,
  body,
  rowsHref: wanted,
}: {
  title: string;
  csvName: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  body: RefObject<HTMLDivElement | null>;
  rowsHref?: string;
}) {
  const rowsHref = useReachable()(wanted);
  return (
    <Floating
      label={title}
      align="end"
      width={220}
      trigger={(props) => (
        <IconButton label={`More: ${title}`} {...props}>
          <IconDots size={18} stroke={1.6} />
        </IconButton>
      )}
    >
      {(close) => (
        <ul className={classes['menu']}>
          {files.map(({ format, label, icon: Icon }) => (
            <li key={format}>
              <button
                type="button"
                className={classes['item']}
                disabled={rows.length === 0}
                onClick={() => {
                  void saveRows(format, csvName, columns, rows);
                  close();
                }}
              >
                <Icon aria-hidden size={18} stroke={1.6} />
                {label}
              </button>
            </li>
          ))}
          <li>
            <button
              type="button"
              className={classes['item']}
              // As a table, or not drawn yet, there is nothing to take a picture of.
              disabled={!body.current?.querySelector('canvas')}
              onClick={() => {
                if (body.current) downloadPng(csvName, body.current);
                close();
              }}
            >
              <IconPhoto aria-hidden size={18} stroke={1.6} />
              Download picture
            </button>
          </li>
          {rowsHref !== undefined && (
            <li>
              <Link className={classes['item']} to={rowsHref} onClick={close}>
                <IconExternalLink aria-hidden size={18} stroke={1.6} />
                Open the rows
              </Link>
            </li>
          )}
        </ul>
      )}
    </Floating>
  );
}
