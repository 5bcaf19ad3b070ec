import { useMutation } from 'urql';

import { channel } from '../../api/channel';
import { graphql } from '../../api/generated';
import { EntityDialogs, type Task } from '../forms/EntityDialogs';
import type { Partner } from './partner';
import { PartnerForm } from './PartnerForm';

const DeletePartner = graphql(`
  mutation DeletePartner($id: ID!, $etag: String!) {
    deletePartner(id: $id, etag: $etag) {
      deletedId
      userErrors {
        field
        code
        message
      }
    }
  }
`);

/** What a page asks for: a new partner, a change, a deletion. */
export type PartnerTask = Task<Partner>;

interface PartnerDialogsProps {
  task: PartnerTask | null;
  onClose(): void;
  onDone(task: PartnerTask): void;
}

/** Adding, changing and deleting a partner, over whichever page asked for it. */
export function PartnerDialogs({ task, onClose, onDone }: PartnerDialogsProps) {
  const [, remove] = useMutation(DeletePartner);
  return (
    <EntityDialogs
      noun="partner" task={task} nameOf={(row) => row.name} etagOf={(row) => row.etag} onClose={onClose} onDone={onDone}
      form={(row, guard, onSaved) => <PartnerForm partner={row} guard={guard} onCancel={guard.done} onSaved={onSaved} />}
      loses={() => <p>Only a partner without companies, licences and users can be deleted. Its last state stays in the audit log.</p>}
      remove={async ({ id, etag }) => {
        const { data, error } = await remove({ id, etag }, channel('FORM'));
        return { error, userErrors: data?.deletePartner.userErrors };
      }}
    />
  );
}
