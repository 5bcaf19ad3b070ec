import { Select, TextInput } from '@mantine/core';
import { useMutation } from 'urql';

import { channel } from '../../api/channel';
import { getFragmentData } from '../../api/generated';
import { useViewer } from '../../api/session';
import { EntityFormFrame } from '../forms/EntityFormFrame';
import type { Guard } from '../forms/FormDrawer';
import classes from '../forms/forms.module.css';
import { useEntityForm } from '../forms/useEntityForm';
import { CreatePrice, type Price, PriceFields, UpdatePrice } from './priceQueries';
import { newPrice, priceChanges, priceFieldWord, priceInput, type PriceValues, validatePrice, valuesOfPrice } from './priceValues';

const order = ['label', 'input', 'description', 'error'] as const;
const blank: Record<string, string> = { validTo: 'open', intervalMonths: 'paid once', variation: 'any' };

interface PriceFormProps {
  /** The price to change; absent: a new one. */
  price: Price | undefined;
  guard: Guard;
  onSaved(words: string): void;
}

/** The form of a price: checked while typing, refused values on their fields, conflicts shown and decided. */
export function PriceForm({ price, guard, onSaved }: PriceFormProps) {
  const { settings } = useViewer();
  const [, create] = useMutation(CreatePrice);
  const [, update] = useMutation(UpdatePrice);
  const entity = useEntityForm<PriceValues>({
    initial: price ? valuesOfPrice(price) : newPrice(settings.today, settings.reportingCurrency),
    etag: price?.etag ?? null,
    validate: (values) => validatePrice(values, settings.currencies),
    onSaved: () => {
      guard.done();
      onSaved(price ? 'Price saved' : 'Price added');
    },
    save: async (values, changed, etag) => {
      const answer = price && etag
        ? await update({ id: price.id, etag, input: priceChanges(values, changed) }, channel('FORM'))
        : await create({ input: priceInput(values) }, channel('FORM'));
      const data = answer.data;
      const payload = data && ('updatePrice' in data ? data.updatePrice : data.createPrice);
      const row = getFragmentData(PriceFields, payload?.price);
      return { error: answer.error, userErrors: payload?.userErrors, row: row && { etag: row.etag, values: valuesOfPrice(row) } };
    },
  });
  const { form } = entity;
  return (
    <EntityFormFrame
      entity={entity} guard={guard} onCancel={guard.done} verb={price ? 'Save changes' : 'Add price'} name={priceFieldWord}
      show={(field, value) => value || (blank[field] ?? '–')}
    >
      <TextInput label="Product" required description="Slug as the provider names it" inputWrapperOrder={[...order]} {...form.getInputProps('productSlug')} />
      <TextInput label="Variation" description="Empty: any" inputWrapperOrder={[...order]} {...form.getInputProps('variation')} />
      <TextInput label="Price" required inputMode="decimal" description="One licence for one interval" inputWrapperOrder={[...order]} {...form.getInputProps('amount')} />
      <Select
        label="Currency" data={[...settings.currencies]} required allowDeselect={false} openOnFocus={false} withScrollArea={false}
        comboboxProps={{ withinPortal: false, transitionProps: { duration: 0 } }} classNames={{ options: classes.options }} {...form.getInputProps('currency')} />
      <TextInput label="Billed every, months" inputMode="numeric" description="Empty: paid once, with no ARR" inputWrapperOrder={[...order]} {...form.getInputProps('intervalMonths')} />
      <span />
      <TextInput label="Valid from" type="date" required {...form.getInputProps('validFrom')} />
      <TextInput label="Valid until" type="date" description="Empty: open" inputWrapperOrder={[...order]} {...form.getInputProps('validTo')} />
    </EntityFormFrame>
  );
}
