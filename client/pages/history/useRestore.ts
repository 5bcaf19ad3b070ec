import { type TypedDocumentNode, useClient } from 'urql';
import { useState } from 'react';

import { channel } from '../../api/channel';
import type { Permission } from '../../api/generated/graphql';
import { useViewer } from '../../api/session';
import type { Refusal } from '../forms/userErrors';
import { type Entry, RestoreCompany, RestoreLicence, RestorePartner, RestoreProduct } from './queries';

type Restoration = TypedDocumentNode<{ result: { userErrors: readonly Refusal[] } }, { id: string }>;

/** What can be restored: by which mutation, with which permission. */
const kinds: Readonly<Record<string, { mutation: Restoration; permission: Permission }>> = {
  License: { mutation: RestoreLicence, permission: 'WRITE_LICENSES' },
  Company: { mutation: RestoreCompany, permission: 'WRITE_COMPANIES' },
  Partner: { mutation: RestorePartner, permission: 'WRITE_PARTNERS' },
  Product: { mutation: RestoreProduct, permission: 'WRITE_PRODUCTS' },
};

/** Bringing back what was deleted: whether the viewer may, how, and what was refused. */
export function useRestore(onRestored: (entry: Entry) => void) {
  const client = useClient();
  const { permissions } = useViewer();
  const [busy, setBusy] = useState<string | null>(null);
  const [refused, setRefused] = useState<{ id: string; words: string } | null>(null);
  const may = ({ restorable, entity }: Entry) => {
    const kind = kinds[entity];
    return restorable && kind !== undefined && permissions.includes(kind.permission);
  };
  const restore = async (entry: Entry) => {
    const kind = kinds[entry.entity];
    if (!kind) return;
    setBusy(entry.id);
    const { data, error } = await client.mutation(kind.mutation, { id: entry.entityId }, channel('HISTORY')).toPromise();
    setBusy(null);
    const words = error ? `Nothing was restored. ${error.graphQLErrors[0]?.message ?? 'The server did not answer. Try again.'}` : data?.result.userErrors.map(({ message }) => message).join(' ');
    setRefused(words ? { id: entry.id, words } : null);
    if (!words) onRestored(entry);
  };
  return { may, restore, busy, refused };
}
