import type { TestApp } from '../app.js';

/** How a mutation is called so that it changes something, once. */
export interface AuditedMutation {
  /** Makes what must be there first; the answer are the variables of the call. */
  prepare?(admin: Admin, app: TestApp): Promise<Record<string, unknown>>;
  /** The call, aliased as `result`, with its `userErrors`. */
  query: string;
  /** Kind of the thing that its entry is about. */
  entity: string;
}

/** Asks as the administrator and answers `result`; fails on errors and userErrors. */
export type Admin = (query: string, variables?: Record<string, unknown>) => Promise<any>;

export function adminOf(app: TestApp): Admin {
  return async (query, variables) => {
    const { data, errors } = await app.ask('admin', query, variables);
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    if (data.result?.userErrors?.length > 0) throw new Error(JSON.stringify(data.result.userErrors));
    return data.result;
  };
}
