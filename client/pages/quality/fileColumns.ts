import type { GridColumn } from '../../ui/grid/types';
import type { Finding } from './queries';
import { kindWord } from './words';

/** The columns of findings in a file. */
export const fileColumns: readonly GridColumn<Finding>[] = [
  { key: 'kind', header: 'finding', value: ({ kind }) => kindWord[kind] },
  { key: 'license', header: 'licence', value: ({ license }) => license?.id ?? null },
  { key: 'other', header: 'other_licence', value: ({ otherLicense }) => otherLicense?.id ?? null },
  { key: 'owner', header: 'owner', value: ({ owner }) => owner?.name ?? null },
  { key: 'user', header: 'user_id', value: ({ user }) => user?.id ?? null },
  { key: 'site', header: 'site', value: ({ siteHost }) => siteHost ?? null },
  { key: 'rows', header: 'rows', value: ({ rows }) => rows },
  { key: 'message', header: 'what_is_wrong', value: ({ message }) => message },
  { key: 'field', header: 'fix_field', value: ({ fix }) => fix?.field ?? null },
  { key: 'before', header: 'fix_before', value: ({ fix }) => fix?.before ?? null },
  { key: 'after', header: 'fix_after', value: ({ fix }) => fix?.after ?? null },
];
