import { useEffect, useMemo, useState } from 'react';

import { useViewer } from '../../../api/session';
import { format } from '../../../ui/format';
import { EditableGrid } from '../../../ui/grid/EditableGrid';
import { EditingLayers } from '../../../ui/grid/editing/EditingLayers';
import { useSaving } from '../../../ui/grid/editing/useSaving';
import { useStaged } from '../../../ui/grid/editing/useStaged';
import type { GridColumn, Sort } from '../../../ui/grid/types';
import type { Pages } from '../../../ui/grid/usePages';
import { BulkBar } from '../bulk/BulkBar';
import { type Licence, licenceHref } from '../licenceRow';
import { useLicenceEditing } from './useLicenceEditing';

interface LicenceGridProps {
  columns: readonly GridColumn<Licence>[];
  pages: Pages<Licence>;
  asOf: string;
  sort: Sort;
  onSort(sort: Sort | null): void;
  /** Something is staged, or nothing any more. */
  onDirty(dirty: boolean): void;
}

const rowKey = (row: Licence) => row.id;

/** The licences for those who may change them: edited in cells, chosen for bulk actions. */
export default function LicenceGrid({ columns, pages, asOf, sort, onSort, onDirty }: LicenceGridProps) {
  const { settings } = useViewer();
  const { editing, withEdits } = useLicenceEditing(asOf);
  const shown = useMemo(() => withEdits(columns), [withEdits, columns]);
  const edits = useStaged(pages.nodes, rowKey, editing);
  const saving = useSaving(edits, editing, pages, rowKey);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const dirty = edits.cells > 0;
  useEffect(() => onDirty(dirty), [dirty, onDirty]);
  // In the order of the grid, and without rows that a new filter has taken out of sight.
  const chosen = useMemo(() => (dirty ? [] : pages.nodes.map(rowKey).filter((id) => selected.has(id))), [dirty, pages.nodes, selected]);
  return (
    <>
      {edits.rows.length > 0 && (
        <EditableGrid
          label="Licences" columns={shown} pages={pages} rowKey={rowKey} rowHref={licenceHref} sort={sort} onSort={onSort}
          edits={edits} editing={editing} selected={selected} onSelected={setSelected}
        />
      )}
      <BulkBar ids={chosen} onDone={() => { setSelected(new Set()); pages.reload(); }} onClear={() => setSelected(new Set())} />
      <EditingLayers edits={edits} editing={editing} saving={saving} when={(at) => format.instant(at, settings.timezone)} />
    </>
  );
}
