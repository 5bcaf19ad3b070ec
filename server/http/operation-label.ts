import { persistedDocuments } from '../persisted.generated.js';

const named = new Set(Object.values(persistedDocuments).map(({ name }) => name));

/** What stands for anybody else's operations. */
export const OTHER = 'other';

/** An operation's name for metrics and traces: the client's own. Everybody else names theirs freely, and each would be a series for ever. */
export function operationLabel(name: string | null | undefined): string {
  return name != null && named.has(name) ? name : OTHER;
}
