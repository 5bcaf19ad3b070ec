import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs';
import { useCallback, useEffect } from 'react';

const parser = parseAsArrayOf(parseAsString).withDefault([]);

/** Whether a card shows its table; kept in the URL under `table`, toggled by the key `t` for all cards of a page. */
export function useTableView(id: string): [boolean, (table: boolean) => void] {
  const [tables, setTables] = useQueryState('table', parser);
  const set = useCallback(
    (table: boolean) => {
      void setTables((old) => (table ? [...old.filter((other) => other !== id), id] : old.filter((other) => other !== id)));
    },
    [id, setTables],
  );
  const shown = tables.includes(id);
  useEffect(() => {
    const toggle = () => set(!shown);
    window.addEventListener('seatwise:table', toggle);
    return () => window.removeEventListener('seatwise:table', toggle);
  }, [set, shown]);
  return [shown, set];
}
