import { isDemoAccount } from '../../auth/demo-accounts.js';
import { AccountEntity, type AccountRecord } from '../../auth/entity.js';
import { endSessionsOf } from '../../auth/open-sessions.js';
import { hashPassword, passwordsAreBusy } from '../../auth/passwords.js';
import type { Context } from '../../context.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import type { CreateAccountInput, UpdateAccountInput } from '../../graphql.generated.js';
import { recordChange } from '../audit/service.js';
import { changedOnly, refusable, type Outcome } from '../change/change.js';
import { checkText, idOf } from '../change/checks.js';
import { Faults, Refusal } from '../change/refusal.js';
import { lockAdministrators } from './administrators.js';
import { checkEmail, checkPassword, checkScope } from './checks.js';
import { ACCOUNT, recordedAccount, type ListedAccount } from './entity.js';
import { accountById, emailIsTaken } from './store.js';

const MAX_NAME_LENGTH = 255;

export async function createAccount(context: Context, input: CreateAccountInput): Promise<Outcome<ListedAccount>> {
  const passwordHash = await hashed(input.password);
  if (passwordHash === null) return busy;
  return refusable(context, async (tx) => {
    await lockAdministrators(context, tx);
    const faults = new Faults();
    const email = checkEmail(faults, input.email, context.config);
    const displayName = checkText(faults, 'displayName', 'Name', input.displayName, MAX_NAME_LENGTH);
    const scope = await checkScope(tx, faults, input.role, input, { partnerId: null, companyId: null });
    checkPassword(faults, 'password', input.password);
    if (await emailIsTaken(tx, email)) faults.add('email', 'DUPLICATE', 'An account with this e-mail address exists.');
    faults.refuseIfAny();
    const values = { email, displayName, role: input.role, ...scope, disabled: 0, createdAt: context.now };
    const inserted = await tx.manager.insert(AccountEntity, { ...values, passwordHash });
    const id = Number(inserted.identifiers[0]?.['id']);
    const after = await accountById(context, tx, id);
    await recordChange(context, tx, { action: 'create', entity: ACCOUNT, entityId: id, before: null, after: after && recordedAccount(after) });
    return after;
  });
}

export function updateAccount(context: Context, givenId: string | number, input: UpdateAccountInput): Promise<Outcome<ListedAccount>> {
  return change(context, givenId, async (tx, before, administrators) => {
    const faults = new Faults();
    const values = await checkedValues(context, tx, faults, before, input);
    const staysAdministrator = values.role === 'ADMIN' && !values.disabled;
    if (before.id === context.signedIn().accountId) refuseOwn(faults, before, values);
    else if (!staysAdministrator && [...administrators].every((id) => id === before.id)) {
      faults.add('role', 'INVALID', 'This is the last administrator who can sign in. Make another one first.');
    }
    faults.refuseIfAny();
    const { disabled, ...columns } = changedOnly<Partial<ListedAccount>>(before, values);
    const changed: Partial<AccountRecord> = { ...columns as Partial<AccountRecord>, ...(disabled === undefined ? {} : { disabled: Number(disabled) }) };
    const endsSessions = 'role' in columns || 'partnerId' in columns || 'companyId' in columns || disabled === true;
    return { changed, ends: endsSessions ? 'account-changed' : null };
  });
}

export async function resetPassword(context: Context, givenId: string | number, newPassword: string): Promise<Outcome<ListedAccount>> {
  const passwordHash = await hashed(newPassword);
  if (passwordHash === null) return busy;
  return change(context, givenId, async (_tx, { id }) => {
    const faults = new Faults([]);
    // Whoever finds an open browser could otherwise keep the account by a password of his own.
    if (id === context.signedIn().accountId) faults.add('id', 'INVALID', 'Change your own password on your profile: it asks for the current one.');
    checkPassword(faults, 'newPassword', newPassword);
    faults.refuseIfAny();
    return { changed: { passwordHash, credentialsChangedAt: context.now }, ends: 'password-changed' };
  });
}

interface Decision {
  changed: Partial<AccountRecord>;
  /** Why all its sessions end; null: they go on. */
  ends: 'account-changed' | 'password-changed' | null;
}

type Decide = (tx: ScopedTransaction, before: ListedAccount, administrators: ReadonlySet<number>) => Promise<Decision>;

/** Changes one account, ends its sessions where that follows, and makes the server forget who it was. */
async function change(context: Context, givenId: string | number, decide: Decide): Promise<Outcome<ListedAccount>> {
  const id = idOf(givenId);
  const outcome = await refusable(context, async (tx) => {
    const administrators = await lockAdministrators(context, tx);
    const before = id === null ? null : await accountById(context, tx, id, true);
    if (before === null) throw new Refusal([{ field: ['id'], code: 'NOT_FOUND', message: 'There is no account with this id.' }]);
    const { changed, ends } = await decide(tx, before, administrators);
    if (Object.keys(changed).length === 0) return before;
    await tx.manager.update(AccountEntity, { id: before.id }, changed);
    const endedSessions = ends === null ? 0 : await endSessionsOf(tx.manager, { accountId: before.id, reason: ends }, context.now);
    const after = await accountById(context, tx, before.id, true);
    await recordChange(context, tx, {
      action: 'update', entity: ACCOUNT, entityId: before.id, before: { ...recordedAccount(before), endedSessions: 0 },
      after: after && { ...recordedAccount(after), endedSessions },
    });
    return after;
  });
  if (id !== null) context.sessions.forgetAccount(id);
  return outcome;
}

type Values = Pick<ListedAccount, 'displayName' | 'role' | 'partnerId' | 'companyId' | 'disabled'>;

async function checkedValues(context: Context, tx: ScopedTransaction, faults: Faults, before: ListedAccount, input: UpdateAccountInput): Promise<Values> {
  const displayName = checkText(faults, 'displayName', 'Name', input.displayName === undefined ? before.displayName : input.displayName, MAX_NAME_LENGTH);
  if (input.role === null) faults.add('role', 'REQUIRED', 'Role is required.');
  if (input.disabled === null) faults.add('disabled', 'REQUIRED', 'Disabled must be true or false.');
  const [role, disabled] = [input.role ?? before.role, input.disabled ?? before.disabled];
  if (!disabled && !context.config.DEMO && isDemoAccount(before.email)) {
    faults.add('disabled', 'INVALID', 'This is an account of the demo, whose password everybody knows: it opens nothing outside the demo.');
  }
  // Another role needs its scope anew.
  const now = role === before.role ? before : { partnerId: null, companyId: null };
  return { displayName, role, disabled, ...(await checkScope(tx, faults, role, input, now)) };
}

/** Nobody gives himself rights, and nobody shuts himself out by mistake. */
function refuseOwn(faults: Faults, before: ListedAccount, values: Values): void {
  const own = 'This is your own account: another administrator can change this.';
  if (values.role !== before.role) faults.add('role', 'INVALID', own);
  if (values.disabled !== before.disabled) faults.add('disabled', 'INVALID', own);
}

const busy: Outcome<ListedAccount> = {
  row: null, userErrors: [{ field: [], code: 'THROTTLED', message: 'Too many sign-ins at this moment. Try again in a few seconds.' }],
};

/**
 * The hash of a password, made before the transaction so that nobody waits for it there; null when too many are waiting. One
 * that is refused anyway gets none.
 */
async function hashed(password: string): Promise<string | null> {
  if (passwordsAreBusy()) return null;
  const faults = new Faults();
  checkPassword(faults, 'password', password);
  return faults.errors.length > 0 ? '' : hashPassword(password);
}
