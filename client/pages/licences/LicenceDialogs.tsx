import { useState } from 'react';
import { useMutation } from 'urql';

import { graphql } from '../../api/generated';
import { format } from '../../ui/format';
import { DeleteDialog } from '../forms/DeleteDialog';
import { FormDrawer } from '../forms/FormDrawer';
import { Toast, useToast } from '../forms/Toast';
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
export type LicenceTask = { kind: 'add' } | { kind: 'edit' | 'delete'; licence: Licence };

interface LicenceDialogsProps {
  task: LicenceTask | null;
  onClose(): void;
  /** Something was added, changed or deleted. */
  onDone(task: LicenceTask): void;
}

/** The form and the question before deleting, over whichever page asked for them. */
export function LicenceDialogs({ task, onClose, onDone }: LicenceDialogsProps) {
  const [, remove] = useMutation(DeleteLicence);
  const [toast, say] = useToast();
  // Layers fade out: until they are gone they still show what they were opened for.
  const [last, setLast] = useState<LicenceTask | null>(task);
  if (task && task !== last) setLast(task);
  const licence = last && last.kind !== 'add' ? last.licence : undefined;
  const finish = (words: string) => {
    say(words);
    if (last) onDone(last);
  };
  return (
    <>
      <FormDrawer opened={task !== null && task.kind !== 'delete'} title={licence ? `Edit licence ${licence.id}` : 'Add licence'} onClose={onClose}>
        {(guard) => (
          <LicenceForm key={licence?.etag ?? 'new'} licence={licence} guard={guard} onCancel={guard.done} onSaved={finish} />
        )}
      </FormDrawer>
      {licence && (
        <DeleteDialog
          opened={task?.kind === 'delete'} title={`Delete licence ${licence.id}?`} verb="Delete licence" onClose={onClose}
          onDelete={async () => {
            const { data, error } = await remove({ id: licence.id, etag: licence.etag });
            return { error, userErrors: data?.deleteLicense.userErrors };
          }}
          onDeleted={() => {
            onClose();
            finish('Licence deleted');
          }}
        >
          <p>
            {licenceName(licence)}, {format.integer(licence.seats)} seats,{' '}
            {licence.endDate ? format.range(licence.startDate, licence.endDate) : `from ${format.date(licence.startDate)}, no end`}.
            All figures lose these seats at once. Its last state stays in the audit log.
          </p>
        </DeleteDialog>
      )}
      <Toast text={toast} />
    </>
  );
}
