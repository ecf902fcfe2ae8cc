import { forgeToken, UNKNOWN_ID, UNKNOWN_THREAD } from '../http/support.js';
import type { TestServer } from '../../support/test-server.js';
import { UNKNOWN_TOKEN } from './operation-context.js';
import type { Account } from './canaries.js';
import { type Belongings, logIn, succeed, type World } from './world.js';

/** The callers. `expired` and `revoked` send the owner's own token, in which only that is wrong. */
export const PERSONAS = ['nobody', 'expired', 'revoked', 'stranger', 'member', 'owner', 'deleted'] as const;
export type Persona = (typeof PERSONAS)[number];

/**
 * The owners of the id that is sent. `other`: data of the owner, or for the owner data of a user with whom nobody
 * shares anything. `deleted`: data of the deleted account.
 */
export type IdKind = 'own' | 'other' | 'unknown' | 'malformed' | 'deleted';

export const ACCOUNT_OF: Readonly<Record<Persona, Account>> = {
  nobody: 'owner',
  expired: 'owner',
  revoked: 'owner',
  stranger: 'stranger',
  member: 'member',
  owner: 'owner',
  deleted: 'deleted',
};

/** Callers with a valid token. */
const LOGGED_IN = ['stranger', 'member', 'owner'] as const satisfies readonly Persona[];
export type LoggedIn = (typeof LOGGED_IN)[number];
export const isLoggedIn = (persona: Persona): persona is LoggedIn =>
  LOGGED_IN.some((name) => name === persona);

const OUTSIDERS: Readonly<Record<'unknown' | 'malformed', Belongings>> = {
  unknown: {
    user: UNKNOWN_ID,
    email: 'unknown@test.example',
    session: UNKNOWN_ID,
    conversation: UNKNOWN_ID,
    ownConversation: UNKNOWN_ID,
    message: UNKNOWN_ID,
    thread: UNKNOWN_THREAD,
    invite: UNKNOWN_TOKEN,
    privatePost: UNKNOWN_ID,
    publicPost: UNKNOWN_ID,
    avatar: `${UNKNOWN_ID}.png`,
    accessToken: 'unknown',
    refreshToken: 'x'.repeat(43),
  },
  malformed: {
    user: 'malformed',
    email: 'malformed',
    session: 'malformed',
    conversation: 'malformed',
    ownConversation: 'malformed',
    message: 'malformed',
    thread: 'malformed',
    invite: 'malformed',
    privatePost: 'malformed',
    publicPost: 'malformed',
    avatar: 'malformed',
    accessToken: '',
    refreshToken: '?',
  },
};

/** The account to which the id of a cell belongs. */
export function belongingsFor(world: World, persona: Persona, id: IdKind): Belongings {
  if (id === 'unknown' || id === 'malformed') return OUTSIDERS[id];
  if (id === 'deleted') return world.deleted;
  const account = ACCOUNT_OF[persona];
  if (id === 'own') return world[account];
  return account === 'owner' ? world.hermit : world.owner;
}

export type Tokens = Readonly<Record<Persona, { access?: string; refresh: string }>>;

/** The tokens of each persona: an access token, if any, and the refresh token that was issued with it. */
export async function tokensOf(server: TestServer, world: World): Promise<Tokens> {
  const past = Math.floor(Date.now() / 1_000) - 60;
  const { user, email, accessToken, refreshToken } = world.owner;
  const left = await logIn(server, 'owner');
  await succeed(server, 'POST', '/auth/logout', { token: left.accessToken });
  const claims = { sid: world.owner.session, iat: past - 900, exp: past };
  const expired = await forgeToken(server, { id: user, email, token: accessToken }, { claims });
  const activeTokens = (account: Account) => ({
    access: world[account].accessToken,
    refresh: world[account].refreshToken,
  });
  return {
    nobody: { refresh: refreshToken },
    expired: { access: expired, refresh: refreshToken },
    revoked: { access: left.accessToken, refresh: left.refreshToken },
    stranger: activeTokens('stranger'),
    member: activeTokens('member'),
    owner: activeTokens('owner'),
    deleted: activeTokens('deleted'),
  };
}
