import { TextInput } from '@mantine/core';
import { useMutation } from 'urql';

import { channel } from '../../api/channel';
import { useViewer } from '../../api/session';
import { EntityFormFrame } from '../forms/EntityFormFrame';
import type { Guard } from '../forms/FormDrawer';
import { useEntityForm } from '../forms/useEntityForm';
import { type Rate, SetRate } from './rateQueries';
import { rateFieldWord, rateInput, rateValues, type RateValues, validateRate } from './rateValues';

const order = ['label', 'input', 'description', 'error'] as const;

interface RateFormProps {
  /** The rate to change; absent: a new one. */
  rate: Rate | undefined;
  guard: Guard;
  onSaved(words: string): void;
}

/** The form of one rate; setting a day and currency that are there replaces the rate, so that both are fixed when changing one. */
export function RateForm({ rate, guard, onSaved }: RateFormProps) {
  const { settings } = useViewer();
  const [, set] = useMutation(SetRate);
  const entity = useEntityForm<RateValues>({
    initial: rateValues(rate, settings.today),
    etag: rate ? 'set' : null,
    validate: (values) => validateRate(values, settings.today),
    onSaved: () => {
      guard.done();
      onSaved(rate ? 'Rate changed' : 'Rate set');
    },
    save: async (values) => {
      const { data, error } = await set({ input: rateInput(values) }, channel('FORM'));
      return { error, userErrors: data?.setExchangeRate.userErrors };
    },
  });
  const { form } = entity;
  return (
    <EntityFormFrame entity={entity} guard={guard} onCancel={guard.done} verb={rate ? 'Save changes' : 'Set rate'} name={rateFieldWord}>
      <TextInput label="Day" type="date" required disabled={rate !== undefined} max={settings.today} {...form.getInputProps('rateDate')} />
      <TextInput label="Currency" required maxLength={3} disabled={rate !== undefined} autoCapitalize="characters" {...form.getInputProps('currency')} />
      <TextInput label="Units for one euro" required inputMode="decimal" description="As published, for example 1.0837" inputWrapperOrder={[...order]} {...form.getInputProps('unitsPerEuro')} />
      <TextInput label="Published by" required maxLength={64} description="Shown with every figure that uses it" inputWrapperOrder={[...order]} {...form.getInputProps('source')} />
    </EntityFormFrame>
  );
}
