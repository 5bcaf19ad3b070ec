import type { GridColumn } from '../../ui/grid/types';
import type { Entry } from './queries';
import { actionWord, changeForFile, channelWord, kindOf } from './words';

/** The columns of the history in a file. */
export const fileColumns: readonly GridColumn<Entry>[] = [
  { key: 'at', header: 'at', value: ({ at }) => at },
  { key: 'by', header: 'by', value: ({ by }) => by ?? null },
  { key: 'byName', header: 'by_name', value: ({ byName }) => byName ?? null },
  { key: 'action', header: 'done', value: ({ action }) => actionWord[action] },
  { key: 'entity', header: 'kind', value: kindOf },
  { key: 'entityId', header: 'id', value: ({ entityId }) => entityId },
  { key: 'label', header: 'name', value: ({ label }) => label ?? null },
  { key: 'changes', header: 'changes', value: ({ changes }) => changes.map(changeForFile).join('\n') },
  { key: 'via', header: 'through', value: ({ via }) => channelWord[via] },
  { key: 'token', header: 'token', value: ({ token }) => token ?? null },
  { key: 'importId', header: 'import', value: ({ importId }) => importId ?? null },
  { key: 'requestId', header: 'request', value: ({ requestId }) => requestId },
];
