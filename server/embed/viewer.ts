import { isApiTokenOpen } from '../auth/api-token-store.js';
import { viewerOfToken } from '../auth/narrowing.js';
import { viewerFrom, type RowScope, type SignedInViewer } from '../auth/viewer.js';
import type { Config } from '../config.js';
import type { Database } from '../db/database.js';
import { embedPermissions, embedTokenHash, isSealed, type EmbedGrant } from './grant.js';
import { isCompanyOf, presentedEmbedToken } from './store.js';

/** A viewer who came with an embed token. */
export type EmbedViewer = SignedInViewer & { readonly credential: Extract<SignedInViewer['credential'], { kind: 'embed-token' }> };

/**
 * Who comes with an embed token: its grant, within what its maker may see and do at this moment. Null for a token that is none,
 * has ended, was revoked, is not as it was made, reaches beyond its maker's rows, or whose maker may no longer make any, be it an API token: a
 * token that is too wide is not narrowed, it opens nothing.
 */
export async function embedViewer(database: Database, config: Config, token: string, now: Date): Promise<EmbedViewer | null> {
  const tokenHash = embedTokenHash(token);
  const presented = tokenHash === null ? null : await presentedEmbedToken(database, tokenHash, now);
  if (tokenHash === null || presented === null) return null;
  const { id, grantJson, seal, expiresAt, maker } = presented;
  if (!isSealed(config.JWT_SECRET, seal, { tokenHash, accountId: maker.accountId, grantJson, expiresAt })) return null;
  const grant = JSON.parse(grantJson) as EmbedGrant;
  if (grant.apiTokenId !== undefined && !(await isApiTokenOpen(database, grant.apiTokenId, now))) return null;
  const makerNow = viewerFrom(maker, '', config);
  if (makerNow === null || !makerNow.permissions.has('EMBED_DASHBOARDS') || !(await reaches(database, makerNow.scope, grant))) return null;
  const { role, partnerId, companyId, dashboards, locked, origins } = grant;
  const credential = { kind: 'embed-token', id, dashboards, locked, origins, expiresAt } as const;
  const chosen = new Set(grant.permissions.filter((permission) => embedPermissions.includes(permission)));
  const viewer = viewerOfToken({ role, partnerId, companyId, permissions: chosen }, maker, credential, config);
  if (viewer === null) return null;
  // Whose token it is concerns nobody who looks at a dashboard in somebody's page.
  const permissions = new Set([...viewer.permissions].filter((permission) => chosen.has(permission)));
  return { ...viewer, permissions, email: `embed:${id}`, displayName: 'Embedded dashboard', credential };
}

/** True when all rows of the grant are rows of the scope. */
async function reaches(database: Database, scope: RowScope, { partnerId, companyId }: EmbedGrant): Promise<boolean> {
  switch (scope.kind) {
    case 'everything':
      return true;
    case 'partner':
      return companyId === null ? partnerId === scope.partnerId : isCompanyOf(database, companyId, scope.partnerId);
    case 'company':
      return companyId === scope.companyId;
    case 'all-of':
      return false;
  }
}

/** True for who came with an embed token. */
export function isEmbedViewer(viewer: SignedInViewer): viewer is EmbedViewer {
  return viewer.credential.kind === 'embed-token';
}
