import type { Context } from '../../context.js';
import { EMBED_TOKEN, EmbedTokenEntity } from '../../embed/entity.js';
import { embedPermissions, embedTokenHash, newEmbedToken, sealOf, type EmbedGrant } from '../../embed/grant.js';
import type { MutationCreateEmbedTokenArgs, UserError } from '../../graphql.generated.js';
import { recordChange } from '../audit/service.js';
import { refusable, type Outcome } from '../change/change.js';
import { checkText, idOf } from '../change/checks.js';
import { Faults, Refusal } from '../change/refusal.js';
import { checkDashboards, checkExpiry, checkLocks, checkOrigins, checkScope } from './checks.js';
import { embedTokenById, isOpenToken, recordedEmbedToken, type EmbedTokenRow } from './store.js';

const MAX_NAME_LENGTH = 100;
/** The default of the SDL. */
const AN_HOUR = 3600;

/** A new token with its text, or why there is none. */
export interface CreatedEmbedToken {
  token: string | null;
  row: EmbedTokenRow | null;
  userErrors: UserError[];
}

/** Makes a token that shows dashboards elsewhere: never wider than its maker, who may hold less than his role. */
export async function createEmbedToken(context: Context, input: MutationCreateEmbedTokenArgs): Promise<CreatedEmbedToken> {
  const viewer = context.signedIn();
  const token = newEmbedToken();
  const tokenHash = embedTokenHash(token) ?? '';
  const { row, userErrors } = await refusable(context, async (tx) => {
    const faults = new Faults([]);
    const dashboards = checkDashboards(faults, input.dashboards);
    const origins = checkOrigins(faults, input.allowedOrigins);
    const seconds = checkExpiry(faults, input.expiresIn ?? AN_HOUR, context.config.EMBED_TOKEN_HOURS);
    const scope = await checkScope(tx, faults, viewer, input.scope);
    const locked = await checkLocks(tx, faults, input.lockedFilters, dashboards);
    const name = checkText(faults, 'name', 'Name', input.name ?? (dashboards.join(', ').toLowerCase() || '–'), MAX_NAME_LENGTH);
    faults.refuseIfAny();
    const permissions = embedPermissions.filter((permission) => viewer.permissions.has(permission));
    const { credential } = viewer;
    const grant: EmbedGrant = { ...scope, permissions, dashboards, locked, origins, ...(credential.kind === 'api-token' ? { apiTokenId: credential.id } : {}) };
    const made = { tokenHash, accountId: viewer.accountId, grantJson: JSON.stringify(grant), expiresAt: new Date(context.now.getTime() + seconds * 1000) };
    const inserted = await tx.manager.insert(EmbedTokenEntity, {
      ...made, name, seal: sealOf(context.config.JWT_SECRET, made), createdAt: context.now, revokedAt: null, lastShownAt: null,
    });
    const created = await embedTokenById(context, tx, Number(inserted.identifiers[0]?.['id']));
    if (created === null) throw new Error('A new embed token is not its maker\'s.');
    await recordChange(context, tx, { action: 'create', entity: EMBED_TOKEN, entityId: created.id, before: null, after: recordedEmbedToken(created) });
    return created;
  });
  return { token: row === null ? null : token, row, userErrors };
}

/** Ends a token for good: without its seal it opens nothing, whatever else its row says. */
export function revokeEmbedToken(context: Context, id: string | number): Promise<Outcome<EmbedTokenRow>> {
  return refusable(context, async (tx) => {
    const key = idOf(id);
    const before = key === null ? null : await embedTokenById(context, tx, key, true);
    if (key === null || before === null || !isOpenToken(before, context.now)) {
      throw new Refusal([{ field: ['id'], code: 'NOT_FOUND', message: 'There is no open embed token with this id.' }]);
    }
    await tx.manager.update(EmbedTokenEntity, { id: key }, { revokedAt: context.now, seal: '' });
    const after = { ...before, revokedAt: context.now.toISOString() };
    await recordChange(context, tx, { action: 'update', entity: EMBED_TOKEN, entityId: key, before: recordedEmbedToken(before), after: recordedEmbedToken(after) });
    return after;
  });
}
