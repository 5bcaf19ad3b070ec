import type { BulkAction, BulkLicenseInput } from '../../../api/generated/graphql';
import { format } from '../../../ui/format';

/** As many rounds as the server takes at once. */
export const MOST_ROWS = 1000;

/** What the form of a bulk action holds, as typed. */
export interface Draft {
  /** `own`: as long as each round ran; else a number of months. */
  term: 'own' | '12' | '24' | '36' | 'other';
  months: string;
  status: string;
  /** `Company:12` or `Partner:3`. */
  owner: string;
}

/** The form as it opens. */
export const emptyDraft: Draft = { term: 'own', months: '', status: '', owner: '' };

/** The action as the API takes it; null while the form is not filled in. */
export function inputOf(action: BulkAction, ids: readonly string[], draft: Draft): BulkLicenseInput | null {
  const chosen = { ids: [...ids], action };
  switch (action) {
    case 'RENEW': {
      const months = monthsOf(draft);
      return months === undefined ? null : { ...chosen, months };
    }
    case 'SET_STATUS':
      return draft.status.trim() === '' ? null : { ...chosen, status: draft.status.trim() };
    case 'SET_OWNER': {
      const [kind, id] = draft.owner.split(':');
      if (!id) return null;
      return kind === 'Partner' ? { ...chosen, partnerId: id } : { ...chosen, companyId: id };
    }
    case 'DELETE':
      return chosen;
  }
}

/** Months of the new term; null: as long as the round's own. Undefined while they are no number from 1 to 120. */
function monthsOf({ term, months }: Draft): number | null | undefined {
  if (term === 'own') return null;
  const text = term === 'other' ? months.trim() : term;
  const number = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= 120 ? number : undefined;
}

/** "1 licence", "12 licences". */
export const licences = (count: number) => `${format.integer(count)} ${count === 1 ? 'licence' : 'licences'}`;

/** What an action is called on its button, over its dialog, on the button that does it, and afterwards. */
interface ActionWords {
  button: string;
  title(count: number): string;
  verb(count: number): string;
  done(count: number): string;
  /** What happens to the rows that are not skipped. */
  effect: string;
  /** What the action does, where its name does not say it all. */
  lead?: string;
}

export const actionWords: Readonly<Record<BulkAction, ActionWords>> = {
  RENEW: {
    button: 'Renew', title: (count) => `Renew ${licences(count)}`, verb: (count) => `Renew ${licences(count)}`, done: (count) => `${licences(count)} renewed`, effect: 'Renewed',
    lead: 'Adds a licence for each: same owner, product, seats and price, from the day after the last day on. The licences themselves stay as they are.',
  },
  SET_STATUS: {
    button: 'Change status', title: (count) => `Change the status of ${licences(count)}`, verb: (count) => `Change ${licences(count)}`, done: (count) => `Status of ${licences(count)} changed`, effect: 'Changed',
    lead: 'The typed status only: figures follow the dates.',
  },
  SET_OWNER: {
    button: 'Change owner', title: (count) => `Change the owner of ${licences(count)}`, verb: (count) => `Change ${licences(count)}`, done: (count) => `Owner of ${licences(count)} changed`, effect: 'Changed',
  },
  DELETE: {
    button: 'Delete', title: (count) => `Delete ${licences(count)}?`, verb: (count) => `Delete ${licences(count)}`, done: (count) => `${licences(count)} deleted`, effect: 'Deleted',
    lead: 'Figures that count these seats change at once. Each can be restored from the history.',
  },
};
