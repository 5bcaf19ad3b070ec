import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';

import { Button } from '../Button';
import { useReachable } from '../embedding';
import classes from './grid.module.css';
import type { GridColumn } from './types';

interface CardsProps<Row> {
  label: string;
  columns: readonly GridColumn<Row>[];
  rows: readonly Row[];
  rowKey(row: Row): string;
  rowHref?: ((row: Row) => string | undefined) | undefined;
  /** A tap on the card edits its row; the row's page has a link of its own then. */
  onEdit?: ((row: Row) => void) | undefined;
  /** Show so many until asked for all: a list within a page must not bury what follows it. */
  few?: number;
  /** The end of the list came into view. */
  onEnd(): void;
}

const shown = <Row,>(column: GridColumn<Row>, row: Row) => (column.cell ? column.cell(row) : column.value(row) ?? '–');
/** The title is the card's one link already; a link within it would be a link in a link. */
const plain = <Row,>(column: GridColumn<Row>, row: Row) => column.value(row) ?? '–';

interface TitleProps {
  href: string | undefined;
  onEdit: (() => void) | undefined;
  children: ReactNode;
}

function Title({ href, onEdit, children }: TitleProps) {
  if (onEdit) return <button type="button" onClick={onEdit}><span className="sw-visually-hidden">Edit </span>{children}</button>;
  return href ? <Link to={href}>{children}</Link> : children;
}

/** The rows as cards, for screens too narrow for columns. */
export function Cards<Row>({ label, columns, rows, rowKey, rowHref: hrefOf, onEdit, few, onEnd }: CardsProps<Row>) {
  const reachable = useReachable();
  const rowHref = hrefOf && ((row: Row) => reachable(hrefOf(row)));
  const [all, setAll] = useState(few === undefined);
  const end = useRef<HTMLDivElement>(null);
  const latest = useRef(onEnd);
  latest.current = onEnd;
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) latest.current();
    }, { rootMargin: '600px' });
    if (end.current) observer.observe(end.current);
    return () => observer.disconnect();
  }, [rows.length, all]);
  const title = columns.find((column) => column.card === 'title');
  const badge = columns.find((column) => column.card === 'badge');
  const fields = columns.filter((column) => column.card === 'field');
  return (
    <>
      <ul className={classes.cards} aria-label={label}>
        {(all ? rows : rows.slice(0, few)).map((row) => (
          <li key={rowKey(row)} className={classes.card}>
            <div className={classes.cardHead}>
              <span className={classes.cardTitle}><Title href={rowHref?.(row)} onEdit={onEdit && (() => onEdit(row))}>{title ? plain(title, row) : rowKey(row)}</Title></span>
              {badge && shown(badge, row)}
              {onEdit && rowHref?.(row) && <Link className={classes.cardLink} to={rowHref(row) ?? ''} aria-label={`Open ${rowKey(row)}`}><IconChevronRight aria-hidden size={18} /></Link>}
            </div>
            {fields.length > 0 && (
              <dl className={classes.fields}>
                {fields.map((column) => (
                  <div key={column.key}><dt>{column.header}</dt><dd>{shown(column, row)}</dd></div>
                ))}
              </dl>
            )}
          </li>
        ))}
      </ul>
      {!all && rows.length > (few ?? 0) && <Button onClick={() => setAll(true)}>Show more</Button>}
      {all && <div ref={end} />}
    </>
  );
}
