import { weekday } from './calendar.js';
import type { Country } from './company-names.js';
import { at, type Random } from './random.js';

/** No day weighs more than this. */
export const HEAVIEST_DAY = 1.08;
/** Share of a day's work that is in the log when the log ends that morning. */
export const UNFINISHED_DAY = 0.2;

/** How much is worked on a day: Monday to Friday, and less over the turn of the year and in August. */
export function dayWeight(day: string): number {
  const ofWeek = at([1, HEAVIEST_DAY, 1.05, 1, 0.82, 0.1, 0.07], weekday(day) - 1);
  const monthAndDay = day.slice(5);
  if (monthAndDay >= '12-23' || monthAndDay <= '01-02') return ofWeek * 0.2;
  return monthAndDay.startsWith('08') ? ofWeek * 0.75 : ofWeek;
}

const hourWeights = [1, 1, 1, 1, 1, 2, 6, 20, 60, 95, 100, 85, 55, 75, 95, 90, 75, 45, 20, 10, 8, 6, 4, 2].map(
  (weight, hour) => [hour, weight] as const,
);

/** Hours from local time to UTC, near enough. */
const hoursToUtc: Readonly<Record<Country, number>> = {
  GB: 0, IE: 0, US: 6, CA: 5, JP: -9, AU: -10, FI: -2,
  DE: -1, FR: -1, CH: -1, SE: -1, NO: -1, DK: -1, NL: -1, ES: -1, IT: -1, AT: -1, PL: -1,
};

/** Second of the UTC day at which somebody in a country sits down to work. */
export function startOfVisit(country: Country, random: Random): number {
  const hour = random.weighted(hourWeights) + hoursToUtc[country];
  return ((hour + 24) % 24) * 3600 + random.int(0, 3599);
}
