import { useMutation } from 'urql';

import { channel } from '../../api/channel';
import { graphql } from '../../api/generated';
import { format } from '../../ui/format';
import { EntityDialogs, type Task } from '../forms/EntityDialogs';
import { LicenceForm } from './LicenceForm';
import { type Licence, licenceName } from './licenceRow';

const DeleteLicence = graphql(`
  mutation DeleteLicence($id: ID!, $etag: String!) {
    deleteLicense(id: $id, etag: $etag) {
      deletedId
      userErrors {
        field
        code
        message
      }
    }
  }
`);

/** What a page asks for: a new licence, a change, a deletion. */
export type LicenceTask = Task<Licence>;

const term = (licence: Licence) =>
  (licence.endDate ? format.range(licence.startDate, licence.endDate) : `from ${format.date(licence.startDate)}, no end`);

interface LicenceDialogsProps {
  task: LicenceTask | null;
  onClose(): void;
  onDone(task: LicenceTask): void;
}

/** Adding, changing and deleting a licence, over whichever page asked for it. */
export function LicenceDialogs({ task, onClose, onDone }: LicenceDialogsProps) {
  const [, remove] = useMutation(DeleteLicence);
  return (
    <EntityDialogs
      noun="licence" task={task} nameOf={(row) => row.id} etagOf={(row) => row.etag} onClose={onClose} onDone={onDone}
      form={(row, guard, onSaved) => <LicenceForm licence={row} guard={guard} onCancel={guard.done} onSaved={onSaved} />}
      loses={(row) => (
        <p>
          {licenceName(row)}, {format.integer(row.seats)} seats, {term(row)}. Figures that count these seats change at once. Its last
          state stays in the audit log.
        </p>
      )}
      remove={async ({ id, etag }) => {
        const { data, error } = await remove({ id, etag }, channel('FORM'));
        return { error, userErrors: data?.deleteLicense.userErrors };
      }}
    />
  );
}
