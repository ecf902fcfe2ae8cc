import type { OwnProfile, PublicProfile, Sender, Tokens } from '../contract.ts';
import { limits } from '../contract.ts';
import { refuse, refuseField } from './refusal.ts';
import type { Rooms } from './rooms.ts';
import { byText, lengthOf, pageOf, sorted } from './lists.ts';
import type { RouteTable } from './routes.ts';
import type { Account, State } from './state.ts';

/** Milliseconds for which a refresh whose answer was lost can be repeated, and a refresh token is valid. */
const REPEATABLE = 24 * 3_600_000;
const REFRESH_LIFETIME = 7 * REPEATABLE;

function ownProfile({ id, email, settings, ...account }: Account): OwnProfile {
  const { addableBy, presence, readReceipts } = settings;
  return {
    id,
    email,
    displayName: account.displayName,
    bio: account.bio,
    avatarUrl: account.avatarUrl,
    ...(addableBy && addableBy !== 'everyone' && { addableBy }),
    ...(presence && presence !== 'everyone' && { presence }),
    ...(readReceipts === false && { readReceipts }),
    createdAt: account.createdAt,
    updatedAt: account.updatedAt,
  };
}

const publicProfile = ({ id, displayName, bio, avatarUrl, createdAt }: Account): PublicProfile => ({
  id,
  displayName,
  bio,
  avatarUrl,
  createdAt,
});

export const senderOf = ({ id, displayName, avatarUrl }: Account): Sender => ({ id, displayName, avatarUrl });

export interface Accounts {
  readonly routes: RouteTable;
  /** Who a token speaks for. */
  authenticate(accessToken: string): { user: Account; sessionId: string; expiresAt: number };
  signUp(email: string, password: string, displayName: string): Account;
  logIn(account: Account): Tokens;
  find(id: string): Account;
  endSession(id: string): void;
}

/** Accounts, sessions and tokens. @param expiresIn seconds for which an access token is valid */
export function createAccounts(state: State, rooms: Rooms, expiresIn: number): Accounts {
  const { accounts, sessions, ended, grants, accessTokens } = state;
  let tokens = 0;

  function find(id: string): Account {
    return accounts.get(id) ?? refuse('USER_NOT_FOUND');
  }

  function signUp(email: string, password: string, displayName: string): Account {
    if (!/^[^\s@]+@[^\s@]+$/.test(email)) refuseField('email', 'Is not an address.');
    checkPassword(password);
    checkName(displayName);
    if (byEmail(email)) refuse('EMAIL_ALREADY_USED');
    const createdAt = state.time();
    const account: Account = {
      id: state.newId(),
      email: email.toLowerCase(),
      password,
      displayName,
      bio: null,
      avatarUrl: null,
      createdAt,
      updatedAt: createdAt,
      version: state.now() * 1_000,
      settings: {},
      blocks: new Map(),
    };
    accounts.set(account.id, account);
    return account;
  }

  function byEmail(email: string): Account | undefined {
    return [...accounts.values()].find((account) => account.email === email.toLowerCase());
  }

  function issueAccess(refreshToken: string, user: Account): Tokens {
    tokens += 1;
    const accessToken = `access-${tokens}`;
    accessTokens.set(accessToken, { refreshToken, expiresAt: state.now() + expiresIn * 1_000 });
    return { accessToken, refreshToken, tokenType: 'Bearer', expiresIn, user: ownProfile(user) };
  }

  function grant(sessionId: string): string {
    tokens += 1;
    const token = `refresh-${tokens}`;
    grants.set(token, { sessionId, issuedAt: state.now(), isUsed: false, rotatedAt: null, successor: null });
    return token;
  }

  function logIn(user: Account): Tokens {
    const time = state.time();
    const id = state.newId();
    sessions.set(id, { id, userId: user.id, createdAt: time, lastUsedAt: time });
    return issueAccess(grant(id), user);
  }

  /** Who has lost an answer gets the same successor again, until that is used. */
  function refresh(token: string): Tokens {
    const found = grants.get(token);
    const session = found && sessions.get(found.sessionId);
    if (!found || !session || state.now() - found.issuedAt >= REFRESH_LIFETIME) {
      return refuse('REFRESH_TOKEN_INVALID');
    }
    const user = find(session.userId);
    found.isUsed = true;
    const next = found.successor === null ? undefined : grants.get(found.successor);
    if (!next || found.rotatedAt === null) {
      session.lastUsedAt = state.time();
      found.rotatedAt = state.now();
      found.successor = grant(session.id);
    } else if (next.isUsed || state.now() - found.rotatedAt >= REPEATABLE) {
      endSession(session.id);
      refuse('REFRESH_TOKEN_REUSED');
    }
    return issueAccess(found.successor ?? '', user);
  }

  function endSession(id: string): void {
    sessions.delete(id);
    ended.add(id);
    rooms.endSession(id);
  }

  function authenticate(token: string): { user: Account; sessionId: string; expiresAt: number } {
    if (token === '') refuse('TOKEN_MISSING');
    const access = accessTokens.get(token) ?? refuse('TOKEN_INVALID');
    const used = grants.get(access.refreshToken) ?? refuse('TOKEN_INVALID');
    if (access.expiresAt <= state.now()) refuse('TOKEN_EXPIRED');
    const session = sessions.get(used.sessionId) ?? refuse('SESSION_REVOKED');
    used.isUsed = true;
    return { user: find(session.userId), sessionId: session.id, expiresAt: access.expiresAt };
  }

  const sessionsOf = (userId: string) =>
    [...sessions.values()].filter((session) => session.userId === userId);

  return {
    authenticate,
    signUp,
    logIn,
    find,
    endSession,
    routes: {
      'GET /health': () => ({ status: 'ok', timestamp: state.time() }),
      'POST /auth/signup': ({ body }) => logIn(signUp(body.email, body.password, body.displayName)),
      'POST /auth/login': ({ body, setStatus }) => {
        setStatus(200);
        return logIn(checkCredentials(byEmail(body.email), body.password));
      },
      'POST /auth/refresh': ({ body, setStatus }) => {
        setStatus(200);
        return refresh(body.refreshToken);
      },
      'POST /auth/logout': ({ sessionId }) => endSession(sessionId),
      'POST /auth/change-password': ({ user, body }) => {
        checkCredentials(user, body.currentPassword);
        checkPassword(body.newPassword, 'newPassword');
        user.password = body.newPassword;
        for (const { id } of sessionsOf(user.id)) endSession(id);
      },
      'GET /auth/sessions': ({ user, sessionId, query }) =>
        pageOf(
          sorted(sessionsOf(user.id), (a, b) => byText(b.lastUsedAt, a.lastUsedAt) || byText(b.id, a.id)).map(
            ({ id, createdAt, lastUsedAt }) => ({
              id,
              createdAt,
              lastUsedAt,
              userAgent: null,
              ip: null,
              current: id === sessionId,
            }),
          ),
          query,
        ),
      'DELETE /auth/sessions/:id': ({ user, params: { id } }) => {
        if (sessions.get(id)?.userId !== user.id) refuse('SESSION_NOT_FOUND');
        endSession(id);
      },
      'GET /users/me': ({ user }) => ownProfile(user),
      'PUT /users/me': ({ user, body: { displayName, bio, ...settings } }) => {
        if (displayName !== undefined) checkName(displayName);
        const isShown = displayName !== undefined && displayName !== user.displayName;
        user.displayName = displayName ?? user.displayName;
        if (bio !== undefined) user.bio = bio;
        user.settings = { ...user.settings, ...settings };
        user.updatedAt = state.time();
        user.version += 1;
        if (isShown) tellOfProfile(user);
        return ownProfile(user);
      },
      'POST /users/me/avatar': ({ user, setStatus }) => {
        setStatus(200);
        setAvatar(user, `/uploads/avatars/${state.newId()}.webp`);
        return ownProfile(user);
      },
      'DELETE /users/me/avatar': ({ user }) => setAvatar(user, null),
      'GET /users/:id': ({ params }) => publicProfile(find(params.id)),
      'GET /users': ({ query }) => {
        const wanted = query.search.toLowerCase();
        const matching = [...accounts.values()].filter(({ displayName }) =>
          displayName.toLowerCase().startsWith(wanted),
        );
        const found = sorted(
          matching,
          (a, b) => a.displayName.localeCompare(b.displayName) || byText(a.id, b.id),
        );
        return pageOf(found.map(publicProfile), query);
      },
    },
  };

  function setAvatar(user: Account, avatarUrl: string | null): void {
    Object.assign(user, { avatarUrl, updatedAt: state.time(), version: user.version + 1 });
    tellOfProfile(user);
  }

  /** Those who share a conversation with the user, and have joined it. */
  function tellOfProfile({ id, displayName, avatarUrl, version, blocks }: Account): void {
    const payload = { userId: id, displayName, avatarUrl, version };
    rooms.emitToSockets('user_updated', payload, ({ userId, joined }) => {
      if (userId === id) return true;
      const isBlocked = blocks.has(userId) || accounts.get(userId)?.blocks.has(id) === true;
      return !isBlocked && [...joined.keys()].some((room) => state.conversations.get(room)?.members.has(id));
    });
  }
}

function checkPassword(password: string, path = 'password'): void {
  const { min, max } = limits.password;
  if (password.length < min || password.length > max) refuseField(path, `Has ${min} to ${max} characters.`);
}

function checkName(name: string): void {
  if (name.trim() === '' || lengthOf(name) > limits.displayName.max)
    refuseField('displayName', 'Is not a name.');
}

function checkCredentials(account: Account | undefined, password: string): Account {
  return account?.password === password ? account : refuse('INVALID_CREDENTIALS');
}
