import { startOfDay } from '../reports/shapes/days.js';
import type { PremiumRow, TrialRow } from './rows.js';
import type { Unit } from './units.js';

/** Something that a check brings to light and that must not be lost. */
export type Change =
  /** The first check-in of a trial after its start. */
  | { kind: 'ACTIVATED'; trial: TrialRow; occurredAt: Date }
  /** `premiumKey` is what the trial's row is to name; null: the row says so already. */
  | { kind: 'CONVERTED'; trial: TrialRow; occurredAt: Date | null; estimated: boolean; premiumKey: string | null }
  | { kind: 'REVERTED'; trial: TrialRow; occurredAt: Date | null; estimated: boolean; clearsFlag: boolean }
  /** A site that the licence was not known to run on. */
  | { kind: 'SITE'; license: PremiumRow; host: string; siteUrl: string; occurredAt: Date };

interface Moment {
  now: Date;
  timeZone: string;
}

/** The first check-in of a trial, if this is one: what came before its start is not its own. */
export function activation(trial: TrialRow, now: Date): Change[] {
  const start = trial.createdAt;
  const isFirst = trial.lastCheckIn === null || (start !== null && trial.lastCheckIn <= start);
  return isFirst && (start === null || now > start) ? [{ kind: 'ACTIVATED', trial, occurredAt: now }] : [];
}

/** What another application did to the row: it sets the flag, and takes it back, without leaving a date. */
export function changesByOthers(trial: TrialRow, premium: PremiumRow | null, { lastWords }: Unit, moment: Moment): Change[] {
  const lastWord = lastWords.get(trial.id);
  if (trial.isConverted && lastWord !== 'CONVERTED') {
    return [{ kind: 'CONVERTED', trial, occurredAt: estimatedConversion(trial, premium, moment), estimated: true, premiumKey: null }];
  }
  if (!trial.isConverted && trial.premiumKey !== null && lastWord === 'CONVERTED') {
    return [{ kind: 'REVERTED', trial, occurredAt: trial.updatedAt ?? moment.now, estimated: true, clearsFlag: false }];
  }
  return [];
}

/** A site asks with the key of its trial although the row says that it has converted: the premium licence no longer holds. */
export function reversal(trial: TrialRow, now: Date): Change {
  return { kind: 'REVERTED', trial, occurredAt: now, estimated: false, clearsFlag: true };
}

/** A site asks with a premium key for the product it had a trial of: the newest trial has converted, unless one has already. */
export function conversion(trials: readonly TrialRow[], premium: PremiumRow, unit: Unit, moment: Moment): Change[] {
  const newest = [...trials].sort((a, b) => b.id - a.id)[0];
  if (newest === undefined) return [];
  const converted = trials.find(({ isConverted }) => isConverted);
  if (converted !== undefined) return changesByOthers(converted, premium, unit, moment);
  return [
    ...changesByOthers(newest, premium, unit, moment),
    { kind: 'CONVERTED', trial: newest, occurredAt: moment.now, estimated: false, premiumKey: premium.licenseKey },
  ];
}

/** The day on which the premium licence was bought, where that is known and within the trial's life, else the row's last change. */
function estimatedConversion({ createdAt, updatedAt }: TrialRow, premium: PremiumRow | null, { now, timeZone }: Moment): Date | null {
  if (premium?.purchaseDate == null) return updatedAt;
  const bought = new Date(`${startOfDay(premium.purchaseDate, timeZone).replace(' ', 'T')}Z`);
  return bought > now || (createdAt !== null && bought < createdAt) ? (updatedAt ?? createdAt) : bought;
}
