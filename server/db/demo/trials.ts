import { addDays, daysBetween } from './calendar.js';
import { localPools, worldPool } from './people-names.js';
import { PREMIUM_LICENCES, premiumKey, premiumLicence, premiumProduct, premiumSite } from './premium.js';
import { at, randomFor, type Random } from './random.js';
import { dayWeight } from './rhythm.js';
import { siteWords } from './site-words.js';
import { lifeOf, type Attempt, type TrialEventRow, type TrialRow } from './trial-life.js';

/** A host and product with the number that its events name. */
export interface TrialUnitRow {
  id: number;
  host: string;
  productSlug: string;
}

export interface DemoTrials {
  rows: TrialRow[];
  units: TrialUnitRow[];
  events: (TrialEventRow & { unitId: number; trialId: number })[];
}

export const TRIALS = 3000;
/** Eighteen months. */
const DAYS = 548;
/** Twice as many start a day at the end as at the beginning. */
const GROWTH = 1;
const products = [['fluent-forms', 38], ['fluent-crm', 30], ['fluent-booking', 19], ['fluent-boards', 13]] as const;

/** Trials of the eighteen months that end with `today`, and their whole history, as if it had been recorded all along. */
export function trials(today: string): DemoTrials {
  const random = randomFor('trials');
  const converting = conversions(today, random);
  const others = sites(TRIALS - converting.length, today, random);
  const lives = [...converting, ...others].map((attempt) => lifeOf(attempt, today, random));
  lives.sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0));
  const units = new Map<string, TrialUnitRow>();
  const events: DemoTrials['events'] = [];
  const rows = lives.map(({ events: own, ...life }, index): TrialRow => {
    const id = index + 1;
    const host = hostOf(life.siteUrl);
    const name = `${host} ${life.productSlug}`;
    const unit = units.get(name) ?? { id: units.size + 1, host, productSlug: life.productSlug };
    units.set(name, unit);
    events.push(...own.map((event) => ({ ...event, unitId: unit.id, trialId: id })));
    return { id, licenseKey: keyOf(id), ...life };
  });
  return { rows, units: [...units.values()], events };
}

/** Trials that led to a licence of the demo's provider, on its site, and some to one that it does not know. */
function conversions(today: string, random: Random): Attempt[] {
  const attempts: Attempt[] = [];
  for (let n = 1; n <= PREMIUM_LICENCES; n += 1) {
    const bought = premiumLicence(n, today)[0]?.purchase_date ?? today;
    const startedOn = addDays(bought, -daysToConvert(random));
    if (!random.chance(0.55) || bought >= today || daysBetween(startedOn, today) > DAYS) continue;
    attempts.push({
      productSlug: premiumProduct(n), siteUrl: premiumSite(n), person: personAt(premiumSite(n), random), startedOn,
      conversion: { day: bought, premiumKey: random.chance(0.95) ? premiumKey(n) : null },
    });
  }
  return attempts;
}

/** Most decide in the fortnight of the trial, some in grace, and a few long after. */
function daysToConvert(random: Random): number {
  return random.weighted([[random.int(0, 6), 30], [random.int(7, 14), 44], [random.int(15, 21), 15], [random.int(22, 75), 11]]);
}

/** Trials that led nowhere so far; a site in twelve tries another product, or the same again. */
function sites(count: number, today: string, random: Random): Attempt[] {
  const startDay = startPicker(today, random);
  const attempts: Attempt[] = [];
  while (attempts.length < count) {
    const before = random.chance(0.08) && attempts.length > 0 ? at(attempts, random.int(0, attempts.length - 1)) : null;
    const siteUrl = before === null ? siteFor(attempts.length, random) : `https://${hostOf(before.siteUrl)}`;
    const productSlug = before !== null && random.chance(0.5) ? before.productSlug : random.weighted(products);
    const person = before?.person ?? personAt(siteUrl, random);
    attempts.push({ productSlug, siteUrl, person, startedOn: startDay(), conversion: null });
  }
  return attempts;
}

/** Draws a day: later ones and working days more often. */
function startPicker(today: string, random: Random): () => string {
  const days = Array.from({ length: DAYS }, (_, index) => addDays(today, index - DAYS + 1));
  const weights = days.map((day, index) => [day, (0.25 + dayWeight(day)) * (1 + (GROWTH * index) / DAYS) * (day === today ? 0.2 : 1)] as const);
  return () => random.weighted(weights);
}

function siteFor(index: number, random: Random): string {
  const host = `${random.pick(siteWords.first)}-${random.pick(siteWords.second)}-${(index + 1).toString(36)}.example`;
  const typed = random.weighted([[`https://${host}`, 50], [`https://${host}/`, 25], [`https://www.${host}/`, 13], [`http://${host}`, 8], [host, 4]]);
  return random.chance(0.03) ? `${typed.replace(/\/$/, '')}/shop` : typed;
}

function personAt(siteUrl: string, random: Random): Attempt['person'] {
  const pool = random.chance(0.3) ? worldPool : at(Object.values(localPools), random.int(0, Object.values(localPools).length - 1));
  const mailbox = random.weighted([['info', 30], ['hello', 22], ['office', 20], ['web', 16], ['admin', 12]]);
  return { name: `${random.pick(pool.first)} ${random.pick(pool.last)}`, email: `${mailbox}@${hostOf(siteUrl)}` };
}

function keyOf(id: number): string {
  const random = randomFor(`trial key ${id}`);
  const group = (): string => random.int(0, 0xffff).toString(16).toUpperCase().padStart(4, '0');
  return `TR-${group()}-${group()}-${id.toString(36).toUpperCase().padStart(4, '0')}`;
}

/** The host of an address as it was typed. */
function hostOf(siteUrl: string): string {
  return new URL(siteUrl.includes('://') ? siteUrl : `https://${siteUrl}`).hostname.replace(/^www\./, '');
}
