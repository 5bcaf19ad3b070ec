import type { ExchangeRateInput } from '../../api/generated/graphql';
import { isDay } from '../../ui/filters/presets';
import { normalDecimal } from '../licences/licenceValues';
import type { Rate } from './rateQueries';

/** The form of a rate, as typed. */
export type RateValues = { rateDate: string; currency: string; unitsPerEuro: string; source: string };

const words: Record<string, string> = { rateDate: 'Day', currency: 'Currency', unitsPerEuro: 'Units for one euro', source: 'Published by' };

/** A field of the form in words. */
export const rateFieldWord = (field: string) => words[field] ?? field;

/** A rate as the form holds it; a new one is today's. */
export function rateValues(rate: Rate | undefined, today: string): RateValues {
  return rate ? { ...pickValues(rate) } : { rateDate: today, currency: '', unitsPerEuro: '', source: '' };
}

const pickValues = ({ rateDate, currency, unitsPerEuro, source }: Rate): RateValues => ({ rateDate, currency, unitsPerEuro, source });

/** The form as the API takes it. */
export function rateInput(values: RateValues): ExchangeRateInput {
  return { rateDate: values.rateDate, currency: values.currency.trim().toUpperCase(), unitsPerEuro: normalDecimal(values.unitsPerEuro), source: values.source.trim() };
}

function unitsProblem(text: string): string | undefined {
  const units = normalDecimal(text);
  if (units === '') return 'Enter how many units one euro is worth.';
  if (!/^\d{1,12}(\.\d{1,12})?$/.test(units)) return 'Enter a number such as 1.0837, without separators: at most 12 digits before and after the point.';
  return /[1-9]/.test(units) ? undefined : 'The rate must be above 0.';
}

/** What is wrong with a rate as typed; the server checks again. */
export function validateRate(values: RateValues, today: string): Partial<Record<keyof RateValues, string>> {
  const code = values.currency.trim().toUpperCase();
  const source = values.source.trim();
  return {
    rateDate: !isDay(values.rateDate) ? 'Enter the day of publication.' : values.rateDate > today ? 'The day is after today.' : undefined,
    currency: !/^[A-Z]{3}$/.test(code) ? 'Enter a currency code such as USD.' : code === 'EUR' ? 'The euro is what rates are against.' : undefined,
    unitsPerEuro: unitsProblem(values.unitsPerEuro),
    source: source === '' ? 'Enter who published the rate, for example ECB.' : source.length > 64 ? 'At most 64 characters.' : undefined,
  };
}
