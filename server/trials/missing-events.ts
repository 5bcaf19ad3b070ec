import type { Difference } from './differences.js';
import type { TrialEvent } from './history.js';

/** What the events that are missing depend on, beside the trial. */
interface Knowledge {
  now: Date;
  /** When the premium licence was bought, by the mirror of the providers. */
  purchasedAt: Date | null;
}

/** What happened to a trial that its history does not hold, in the order in which it happened. */
export function missingEvents(trial: Difference & { createdAt: Date }, { now, purchasedAt }: Knowledge): TrialEvent[] {
  const { createdAt, recorded } = trial;
  const event = (kind: TrialEvent['kind'], occurredAt: Date | null, estimated = occurredAt !== null): TrialEvent => ({
    host: trial.siteUrl, productSlug: trial.productSlug, trialId: trial.trialId, kind, occurredAt, estimated, observedAt: now, expiresOn: null, graceUntil: null,
  });
  const term = (kind: TrialEvent['kind'], occurredAt: Date): TrialEvent => ({
    ...event(kind, occurredAt, false), expiresOn: trial.expiresOn, graceUntil: trial.graceUntil,
  });
  const events: TrialEvent[] = [];
  if (!recorded.started) events.push(term('STARTED', createdAt));
  // The row tells of the latest check-in only, so that the first is somewhere before.
  if (!recorded.activated && trial.checkedInAt !== null && trial.checkedInAt > createdAt) events.push(event('ACTIVATED', trial.checkedInAt));
  const wasExtended = recorded.expiresOn !== trial.expiresOn || recorded.graceUntil !== trial.graceUntil;
  const everConverted = trial.isConverted || trial.premiumId !== '';
  if (recorded.started && recorded.lastWord === null && !everConverted && wasExtended) events.push(term('EXTENDED', now));
  return [...events, ...conversions(trial, { now, purchasedAt }, event)];
}

/**
 * Conversions and reversals. The flag has no date: the day on which the premium licence was bought stands in, else the
 * last change of the row. A date before the start or after now is not believed.
 */
function conversions(
  trial: Difference & { createdAt: Date },
  { now, purchasedAt }: Knowledge,
  event: (kind: TrialEvent['kind'], occurredAt: Date | null) => TrialEvent,
): TrialEvent[] {
  const possible = (date: Date | null, from: Date): Date | null => (date !== null && date >= from && date <= now ? date : null);
  const changed = possible(trial.updatedAt, trial.createdAt);
  const { lastWord, isConcluded, revertedAt } = trial.recorded;
  if (lastWord === null) {
    if (!trial.isConverted && trial.premiumId === '') return [];
    const converted = possible(purchasedAt, trial.createdAt) ?? changed;
    if (trial.isConverted) return [event('CONVERTED', converted)];
    return [event('CONVERTED', converted), event('REVERTED', possible(changed, converted ?? trial.createdAt))];
  }
  if (lastWord === 'REVERTED') {
    const isNews = trial.updatedAt !== null && revertedAt !== null && trial.updatedAt > revertedAt;
    return trial.isConverted && isNews ? [event('CONVERTED', changed)] : [];
  }
  return trial.isConverted || (trial.premiumId === '' && !isConcluded) ? [] : [event('REVERTED', changed)];
}
