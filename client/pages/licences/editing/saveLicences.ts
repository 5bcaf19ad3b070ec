import type { Client } from 'urql';

import { channel } from '../../../api/channel';
import { getFragmentData, graphql } from '../../../api/generated';
import type { ChangeLicencesMutation, LicenseChange } from '../../../api/generated/graphql';
import type { RowChange, RowResult, SaveResult } from '../../../ui/grid/editing/types';
import { type Licence, LicenceRow } from '../licenceRow';
import { createInput, licenceFields, type LicenceValues, updateInput } from '../licenceValues';

const ChangeLicences = graphql(`
  mutation ChangeLicences($changes: [LicenseChange!]!, $asOf: Date, $money: Boolean!) {
    changeLicenses(changes: $changes) {
      saved
      results {
        key
        license {
          ...LicenceRow
        }
        lastChange {
          at
          by
          byName
        }
        userErrors {
          field
          code
          message
        }
      }
      userErrors {
        message
      }
    }
  }
`);

type Result = ChangeLicencesMutation['changeLicenses']['results'][number];

function changeOf({ rowId, row, values, changed, remove }: RowChange<Licence>): LicenseChange {
  const licence = values as LicenceValues;
  if (!row) return { key: rowId, create: createInput(licence) };
  const which = { key: rowId, id: row.id, etag: row.etag };
  return remove ? { ...which, delete: true } : { ...which, update: updateInput(licence, changed as (keyof LicenceValues)[]) };
}

const renamed: Record<string, string> = licenceFields;

function resultOf({ key, license, lastChange, userErrors }: Result): RowResult<Licence> {
  const row = getFragmentData(LicenceRow, license) ?? null;
  const conflict = userErrors.some(({ code }) => code === 'CONFLICT') && row !== null;
  const refusals = userErrors.filter(({ code }) => !(conflict && code === 'CONFLICT')).map(({ field, message }) => {
    const last = field.length > 1 ? field.at(-1) ?? '' : '';
    return { field: last === '' ? null : renamed[last] ?? last, message };
  });
  return { rowId: key, row, refusals, ...(conflict ? { conflict: { by: lastChange?.byName ?? lastChange?.by ?? null, at: lastChange?.at ?? null } } : {}) };
}

/** Saves changes of licences in one transaction, all or none; the history tells a save from one that takes it back. */
export async function saveLicences(
  client: Client, changes: readonly RowChange<Licence>[], back: boolean, shown: { asOf: string; money: boolean },
): Promise<SaveResult<Licence>> {
  const variables = { changes: changes.map(changeOf), ...shown };
  const { data, error } = await client.mutation(ChangeLicences, variables, channel(back ? 'HISTORY' : 'GRID')).toPromise();
  if (!data) return { saved: false, rows: [], problems: [`Nothing was saved. ${error?.graphQLErrors[0]?.message ?? 'The server did not answer. Try again.'}`] };
  const { saved, results, userErrors } = data.changeLicenses;
  return { saved, rows: results.map(resultOf), problems: userErrors.map(({ message }) => `Nothing was saved. ${message}`) };
}
