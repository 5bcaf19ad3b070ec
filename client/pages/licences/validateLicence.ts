import { isDay } from '../../ui/filters/presets';
import { type LicenceValues, normalDecimal } from './licenceValues';

/** The largest number of seats the API's Int can hold. */
const mostSeats = 2_147_483_647;
const longestStatus = 10;

/** How many decimals an amount may have: none for JPY. */
export function decimalsOf(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

function seatsProblem(text: string): string | undefined {
  if (text.trim() === '') return 'Enter the number of seats.';
  if (!/^\d+$/.test(text.trim())) return 'Seats are a whole number, without separators.';
  const seats = Number.parseInt(text, 10);
  if (seats < 1) return 'At least 1 seat.';
  return seats > mostSeats ? 'At most 2,147,483,647 seats.' : undefined;
}

function costProblem(text: string, currency: string): string | undefined {
  const amount = normalDecimal(text);
  if (amount === '') return 'Enter the price of one seat for one year; 0 if it is free.';
  if (/^-/.test(amount)) return 'The price can’t be negative.';
  if (!/^\d+(\.\d+)?$/.test(amount)) return 'Enter an amount such as 49.90, without separators.';
  const decimals = amount.split('.')[1]?.length ?? 0;
  const allowed = decimalsOf(currency);
  if (decimals <= allowed) return undefined;
  return allowed === 0 ? `${currency} has no decimals.` : `${currency} has at most ${allowed} decimals.`;
}

function endProblem(values: LicenceValues): string | undefined {
  if (values.endDate === '') return undefined;
  if (!isDay(values.endDate)) return 'Enter a calendar day.';
  return isDay(values.startDate) && values.endDate < values.startDate ? 'The end is before the start.' : undefined;
}

/** What is wrong with a licence as typed; the server checks again. */
export function validateLicence(values: LicenceValues, currencies: readonly string[]): Partial<Record<keyof LicenceValues, string>> {
  return {
    owner: values.owner === '' ? 'Choose the owner.' : undefined,
    product: values.product === '' ? 'Choose the product.' : undefined,
    startDate: isDay(values.startDate) ? undefined : 'Enter the first day.',
    endDate: endProblem(values),
    seats: seatsProblem(values.seats),
    unitCost: costProblem(values.unitCost, values.currency),
    currency: currencies.includes(values.currency) ? undefined : 'Choose a currency.',
    status: values.status.trim() === '' ? 'Enter a status.' : values.status.trim().length > longestStatus ? `At most ${longestStatus} characters.` : undefined,
  };
}
