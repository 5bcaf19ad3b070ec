import type { LifecycleStatus } from '../../api/generated/graphql';

const running: readonly LifecycleStatus[] = ['ACTIVE', 'PERPETUAL', 'EXPIRES_TODAY'];
const saysRunning = /^(active|valid|running|current|enabled|live)$/i;
const saysOver = /^(expired|ended|inactive|cancel+ed|closed|terminated|disabled|revoked)$/i;

/**
 * Why the typed status and the one derived from the dates disagree; null when they agree or the word says neither. Only
 * the display depends on it: figures follow the dates.
 */
export function statusHint(typed: string, derived: LifecycleStatus): string | null {
  const word = typed.trim();
  if (saysRunning.test(word) && derived === 'INVALID') return `Typed “${word}”, but the round is invalid and counts in no figure.`;
  if (saysRunning.test(word) && !running.includes(derived)) return `Typed “${word}”, but by its dates it is not in force.`;
  if (saysOver.test(word) && running.includes(derived)) return `Typed “${word}”, but by its dates it is in force.`;
  if (saysOver.test(word) && derived === 'SCHEDULED') return `Typed “${word}”, but by its dates it has not started.`;
  return null;
}
