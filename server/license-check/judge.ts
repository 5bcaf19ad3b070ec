import type { Config } from '../config.js';
import { changesByOthers, conversion, activation, reversal, type Change } from './conversion.js';
import { evaluate, type Verdict } from './evaluate.js';
import type { CheckInput } from './input.js';
import type { Ledger } from './ledger.js';
import type { PremiumLicenses } from './premium.js';
import type { ProviderQuestions } from './questions.js';
import { mayRun, type PremiumRow, type TrialRow } from './rows.js';
import type { Trials } from './trials.js';
import type { Units } from './units.js';

/** Where licences and their history are found. */
export interface Sources {
  trials: Trials;
  premium: PremiumLicenses;
  units: Units;
  ledger: Ledger;
  questions: ProviderQuestions;
  config: Config;
}

/** What a check comes to. */
export interface Judgement {
  verdict: Verdict;
  isPremium: boolean;
  /** What was seen running. */
  trial: TrialRow | null;
  license: PremiumRow | null;
  /** To be written before the answer. */
  changes: Change[];
}

interface Moment {
  now: Date;
  /** Today in REPORT_TIMEZONE. */
  today: string;
}

/**
 * Judges the licence that a site asks with; null: INVALID. Both kinds are looked for whatever the key, so that a key of
 * somebody else's takes as long as one that does not exist.
 */
export async function judge(sources: Sources, input: CheckInput, moment: Moment): Promise<Judgement | null> {
  const { licenseKey, host, productSlug } = input;
  const [trial, mirrored] = await Promise.all([sources.trials.matching(input), sources.premium.matching(licenseKey, host, productSlug)]);
  if (trial !== null) return trial.isActive ? judgeTrial(sources, trial, moment) : null;
  const isNew = !mirrored.isKnownKey && (await sources.questions.ask(input, moment.now));
  const { license } = isNew ? await sources.premium.matching(licenseKey, host, productSlug) : mirrored;
  return license === null ? null : judgePremium(sources, input, license, moment);
}

/** A trial. One that has converted is as good as the premium licence it names, where that is mirrored and holds. */
async function judgeTrial(sources: Sources, trial: TrialRow, { now, today }: Moment): Promise<Judgement> {
  const { config, premium, units } = sources;
  const own = evaluate(trial, config.GRACE_DAYS_TRIAL, today);
  const seen = { trial, license: null, changes: activation(trial, now) };
  if (trial.premiumKey === null && !trial.isConverted) return { ...seen, verdict: own, isPremium: false };
  const [{ license }, unit] = await Promise.all([
    trial.premiumKey === null ? { license: null } : premium.matching(trial.premiumKey, trial.host, trial.productSlug),
    units.of(trial.siteUrl, trial.productSlug),
  ]);
  const byOthers = changesByOthers(trial, license, unit, { now, timeZone: config.REPORT_TIMEZONE });
  const changes = [...seen.changes, ...(byOthers.length > 0 && (await isStillSo(sources, trial)) ? byOthers : [])];
  if (!trial.isConverted || license === null) return { ...seen, changes, verdict: own, isPremium: trial.isConverted };
  const verdict = verdictOf(license, config, today);
  if (!license.isEnabled || verdict.state === 'EXPIRED') return { ...seen, changes: sources.ledger.keepsFlags ? [...changes, reversal(trial, now)] : changes, verdict: own, isPremium: false };
  // The site runs the premium licence too, unless the licence has no place for it.
  return { ...seen, changes, verdict, isPremium: true, license: license.activationId === null && !license.isNamedSite ? null : license };
}

/** The row was read before its history: what looks like another application's doing may be a check that came in between. */
async function isStillSo({ trials, ledger }: Sources, trial: TrialRow): Promise<boolean> {
  const [row] = await trials.withIds([trial.id]);
  return row?.isConverted === trial.isConverted && (trial.isConverted || ledger.keepsFlags);
}

/** A premium licence at one of its sites, or at a new one that it has room for. Its site may have had a trial before. */
async function judgePremium(sources: Sources, input: CheckInput, license: PremiumRow, { now, today }: Moment): Promise<Judgement | null> {
  if (!license.isEnabled || !mayRun(license)) return null;
  const verdict = verdictOf(license, sources.config, today);
  const changes: Change[] = license.activationId === null ? [{ kind: 'SITE', license, host: input.host, siteUrl: input.siteUrl, occurredAt: now }] : [];
  if (verdict.state !== 'EXPIRED') changes.push(...(await conversionOf(sources, input, license, now)));
  return { verdict, isPremium: true, trial: null, license, changes };
}

async function conversionOf({ units, trials, ledger, config }: Sources, { host, productSlug }: CheckInput, license: PremiumRow, now: Date): Promise<Change[]> {
  const unit = await units.of(host, productSlug);
  if (unit.trialIds.length === 0) return [];
  const ofUnit = (await trials.withIds(unit.trialIds)).filter((trial) => trial.host === host && trial.productSlug === productSlug);
  // Where the row cannot say that it has converted, the history does, and saying it again would change nothing.
  if (!ledger.keepsFlags && [...unit.lastWords.values()].includes('CONVERTED')) return [];
  return conversion(ofUnit, license, unit, { now, timeZone: config.REPORT_TIMEZONE });
}

function verdictOf({ lastDay }: PremiumRow, config: Config, today: string): Verdict {
  return evaluate({ lastDay, ownGraceDay: null }, config.GRACE_DAYS_PREMIUM, today);
}
