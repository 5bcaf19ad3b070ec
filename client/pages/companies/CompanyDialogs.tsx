import { useMutation } from 'urql';

import { channel } from '../../api/channel';
import { graphql } from '../../api/generated';
import { EntityDialogs, type Task } from '../forms/EntityDialogs';
import type { Company } from './company';
import { CompanyForm } from './CompanyForm';

const DeleteCompany = graphql(`
  mutation DeleteCompany($id: ID!, $etag: String!) {
    deleteCompany(id: $id, etag: $etag) {
      deletedId
      userErrors {
        field
        code
        message
      }
    }
  }
`);

/** What a page asks for: a new company, a change, a deletion. */
export type CompanyTask = Task<Company>;

interface CompanyDialogsProps {
  task: CompanyTask | null;
  onClose(): void;
  onDone(task: CompanyTask): void;
}

/** Adding, changing and deleting a company, over whichever page asked for it. */
export function CompanyDialogs({ task, onClose, onDone }: CompanyDialogsProps) {
  const [, remove] = useMutation(DeleteCompany);
  return (
    <EntityDialogs
      noun="company" task={task} nameOf={(row) => row.name} etagOf={(row) => row.etag} onClose={onClose} onDone={onDone}
      form={(row, guard, onSaved) => <CompanyForm company={row} guard={guard} onCancel={guard.done} onSaved={onSaved} />}
      loses={() => <p>Only a company without licences and users can be deleted. Its last state stays in the audit log.</p>}
      remove={async ({ id, etag }) => {
        const { data, error } = await remove({ id, etag }, channel('FORM'));
        return { error, userErrors: data?.deleteCompany.userErrors };
      }}
    />
  );
}
