/** Figures as an English reader sees them, written without the client's own formats, which are under test. */

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

interface Money {
  amount: string;
  currency: string;
}

export const integer = (value: number) => whole.format(value);

/** From 10,000 up: 12.3K. */
export const compact = (value: number) => (value < 10_000 ? whole : short).format(value);

export const percent = (ratio: number | null) =>
  ratio === null ? '–' : new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: ratio > 0.1 ? 0 : 1 }).format(ratio);

/** The exact amount with its currency code. */
export const money = ({ amount, currency }: Money) =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency, currencyDisplay: 'code' }).format(amount as `${number}`);

/** The exact amount with its symbol. */
export const symbolMoney = ({ amount, currency }: Money) =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(amount as `${number}`);

/** €1.2M, for amounts from 10,000 up. */
export const compactMoney = ({ amount, currency }: Money) =>
  new Intl.NumberFormat('en-GB', {
    style: 'currency', currency, currencyDisplay: 'narrowSymbol', notation: 'compact', maximumFractionDigits: 1, minimumFractionDigits: 0,
  }).format(amount as `${number}`);

export const date = (value: string) => day.format(new Date(`${value}T00:00:00Z`));
