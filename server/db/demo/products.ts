import type { Country } from './company-names.js';
import type { Random } from './random.js';

export interface Product {
  id: number;
  code: string;
  label: string;
  /** Price in euro of one seat for one year. */
  price: number;
  /** How often it is bought, against the others. */
  demand: number;
}

export const products: readonly Product[] = [
  { id: 1, code: 'SUB', label: 'Platform Subscription', price: 145, demand: 8 },
  { id: 2, code: 'REL', label: 'Release Manager', price: 260, demand: 4 },
  { id: 3, code: 'ADM', label: 'Administration Console', price: 380, demand: 2 },
  { id: 4, code: 'ENT', label: 'Enterprise Suite', price: 540, demand: 3 },
  { id: 5, code: 'USR', label: 'Named User', price: 89, demand: 6 },
  { id: 6, code: 'USR_LIC', label: 'Named User, Offline Use', price: 112, demand: 3 },
];

interface Tariff {
  currency: string;
  /** Units for one euro of the price list: a commercial rate, not that of a day. */
  factor: number;
  /** Prices are multiples of this. */
  step: number;
}

const euro: Tariff = { currency: 'EUR', factor: 1, step: 0.5 };
const dollar: Tariff = { currency: 'USD', factor: 1.15, step: 0.5 };
const pound: Tariff = { currency: 'GBP', factor: 0.88, step: 0.25 };
const tariffs: Readonly<Record<Country, Tariff>> = {
  GB: pound,
  US: dollar,
  CA: { currency: 'CAD', factor: 1.6, step: 0.5 },
  AU: { currency: 'AUD', factor: 1.65, step: 0.5 },
  JP: { currency: 'JPY', factor: 165, step: 100 },
  CH: { currency: 'CHF', factor: 0.98, step: 0.05 },
  SE: { currency: 'SEK', factor: 11, step: 5 },
  NO: { currency: 'NOK', factor: 11.5, step: 5 },
  DK: { currency: 'DKK', factor: 7.45, step: 1 },
  DE: euro, FR: euro, NL: euro, ES: euro, IT: euro, AT: euro, FI: euro, IE: euro, PL: euro,
};

/** The currency and the price steps of a country. */
export function homeTariff(country: Country): Tariff {
  return tariffs[country];
}

/** The currency that an owner pays in: mostly that of its country. */
export function tariffFor(country: Country, random: Random): Tariff {
  return random.chance(0.94) ? homeTariff(country) : random.pick([euro, dollar, pound]);
}

/** Above this a single-precision FLOAT loses cents, so that larger sums are quoted in whole units. */
const LARGE_SUM = 100_000;

/** A price as a price list would quote it: less for many seats, less in earlier years. */
export function quote(product: Product, tariff: Tariff, seats: number, yearsAgo: number, discount: number): number {
  const volume = seats >= 100 ? 0.8 : seats >= 40 ? 0.88 : seats >= 15 ? 0.95 : 1;
  const exact = product.price * tariff.factor * volume * (1 - discount) * 0.96 ** yearsAgo;
  const step = exact * seats > LARGE_SUM ? Math.max(1, tariff.step) : tariff.step;
  return Number((Math.round(exact / step) * step).toFixed(2));
}

/** Seats times price to the cent. */
export function totalOf(seats: number, unitCost: number): number {
  return Math.round(seats * Math.round(unitCost * 100)) / 100;
}
