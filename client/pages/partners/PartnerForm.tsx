import { TextInput } from '@mantine/core';
import { useMutation } from 'urql';

import { channel } from '../../api/channel';
import { getFragmentData, graphql } from '../../api/generated';
import { EntityFormFrame } from '../forms/EntityFormFrame';
import type { Guard } from '../forms/FormDrawer';
import classes from '../forms/forms.module.css';
import { useEntityForm } from '../forms/useEntityForm';
import { nameProblem } from '../forms/validateName';
import { type Partner, PartnerCore } from './partner';

const CreatePartner = graphql(`
  mutation CreatePartner($input: CreatePartnerInput!) {
    createPartner(input: $input) {
      partner {
        ...PartnerCore
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

const UpdatePartner = graphql(`
  mutation UpdatePartner($id: ID!, $etag: String!, $input: UpdatePartnerInput!) {
    updatePartner(id: $id, etag: $etag, input: $input) {
      partner {
        ...PartnerCore
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

interface PartnerFormProps {
  partner?: Partner;
  guard: Guard;
  onCancel(): void;
  onSaved(words: string): void;
}

/** The form of a partner: its name. */
export function PartnerForm({ partner, guard, onCancel, onSaved }: PartnerFormProps) {
  const [, create] = useMutation(CreatePartner);
  const [, update] = useMutation(UpdatePartner);
  const entity = useEntityForm<{ name: string }>({
    initial: { name: partner?.name ?? '' },
    etag: partner?.etag ?? null,
    validate: ({ name }) => ({ name: nameProblem(name) }),
    onSaved: () => {
      guard.done();
      onSaved(partner ? 'Partner saved' : 'Partner added');
    },
    save: async (values, _, etag) => {
      const input = { name: values.name.trim() };
      const answer = partner && etag ? await update({ id: partner.id, etag, input }, channel('FORM')) : await create({ input }, channel('FORM'));
      const payload = answer.data && ('updatePartner' in answer.data ? answer.data.updatePartner : answer.data.createPartner);
      const row = getFragmentData(PartnerCore, payload?.partner);
      return { error: answer.error, userErrors: payload?.userErrors, row: row && { etag: row.etag, values: { name: row.name } } };
    },
  });
  return (
    <EntityFormFrame entity={entity} guard={guard} onCancel={onCancel} verb={partner ? 'Save changes' : 'Add partner'} name={() => 'Name'}>
      <TextInput className={classes.wide} label="Name" required maxLength={300} {...entity.form.getInputProps('name')} />
    </EntityFormFrame>
  );
}
