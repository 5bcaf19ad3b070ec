import { ToneBadge } from '../../reports/frame/Badge';
import { format } from '../../ui/format';
import type { GridColumn } from '../../ui/grid/types';
import type { ImportLine } from './queries';
import { stateLook, subjectWord } from './words';

/** State with the share of what runs. */
function State({ line: { state, progress } }: { line: ImportLine }) {
  const { word, ...look } = stateLook[state];
  return <ToneBadge {...look} word={progress?.share == null ? word : `${word} ${format.percent(progress.share)}`} />;
}

const count = (key: 'rows' | 'new' | 'changed' | 'errorRows', header: string): GridColumn<ImportLine> => ({
  key, header, numeric: true, ...(key === 'rows' ? { card: 'field' as const } : {}), value: ({ check }) => check?.[key] ?? null, cell: ({ check }) => format.integer(check?.[key]),
});

/** The columns of the list of imports. */
export function importColumns(timezone: string): GridColumn<ImportLine>[] {
  return [
    { key: 'file', header: 'File', card: 'title', value: ({ fileName }) => fileName },
    { key: 'subject', header: 'Holds', card: 'field', value: ({ subject }) => subjectWord[subject].title },
    { key: 'state', header: 'State', card: 'badge', value: ({ state }) => stateLook[state].word, cell: (line) => <State line={line} /> },
    count('rows', 'Rows'), count('new', 'New'), count('changed', 'Changed'), count('errorRows', 'With errors'),
    { key: 'size', header: 'Size', numeric: true, value: ({ byteSize }) => byteSize, cell: ({ byteSize }) => format.bytes(byteSize) },
    { key: 'by', header: 'Brought by', value: ({ createdBy }) => createdBy },
    { key: 'at', header: 'Came in', card: 'field', value: ({ createdAt }) => createdAt, cell: ({ createdAt }) => format.instant(createdAt, timezone) },
  ];
}
