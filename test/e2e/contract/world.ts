import { decodeJwt } from 'jose';
import { form, upload } from '../../fakes/avatar-client.js';
import { PNG } from '../../fakes/avatar-images.js';
import type { AnswerBody } from '../../support/answer-body.js';
import type { TestServer } from '../../support/test-server.js';
import { type Account, ACCOUNTS, canary } from './canaries.js';

export const PASSWORD = 'correct horse battery';

/** The data of one account, by id or name. */
export interface Belongings {
  readonly user: string;
  readonly email: string;
  readonly session: string;
  readonly conversation: string;
  /** A second one, which nobody else is in. */
  readonly ownConversation: string;
  /** The message of the conversation. */
  readonly message: string;
  /** The thread of the message. */
  readonly thread: string;
  /** The token of an invite to a third one. */
  readonly invite: string;
  readonly privatePost: string;
  readonly publicPost: string;
  readonly avatar: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

export type World = Readonly<Record<Account, Belongings>>;

/**
 * Every account has a conversation, posts and an avatar, with canaries in every text. The member belongs to the
 * owner's conversation, and the deleted account did.
 */
export async function populate(server: TestServer): Promise<World> {
  const entered = await Promise.all(ACCOUNTS.map((account) => signUp(server, account)));
  const of = (account: Account) => entered[ACCOUNTS.indexOf(account)]?.user.id;
  const guests = { owner: [of('member'), of('deleted')] };
  const entries = await Promise.all(
    ACCOUNTS.map(async (account, index) => {
      const memberIds = account === 'owner' ? guests.owner : [];
      return [account, await furnish(server, account, entered[index] as AnswerBody, memberIds)] as const;
    }),
  );
  const world = Object.fromEntries(entries) as Record<Account, Belongings>;
  const token = world.deleted.accessToken;
  await succeed(server, 'DELETE', '/users/me', { token, body: { password: PASSWORD } });
  return world;
}

/** Logs in from a device whose name is a canary. */
export async function logIn({ url }: TestServer, account: Account): Promise<AnswerBody> {
  const answer = await enter(url, 'login', account, {});
  if (answer.accessToken === undefined) throw new Error(`${account} cannot log in: ${answer.code}`);
  return answer;
}

function signUp({ url }: TestServer, account: Account): Promise<AnswerBody> {
  return enter(url, 'signup', account, { displayName: canary(account, 'name') });
}

async function enter(url: string, route: string, account: Account, more: object): Promise<AnswerBody> {
  const response = await fetch(`${url}/auth/${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': canary(account, 'private') },
    body: JSON.stringify({ email: emailOf(account), password: PASSWORD, ...more }),
  });
  return (await response.json()) as AnswerBody;
}

function emailOf(account: Account): string {
  return `${canary(account, 'private')}@test.example`;
}

async function furnish(
  server: TestServer,
  account: Account,
  { accessToken: token, refreshToken, user }: AnswerBody,
  memberIds: readonly unknown[],
): Promise<Belongings> {
  await succeed(server, 'PUT', '/users/me', { token, body: { bio: canary(account, 'name') } });
  const { body: profile } = await upload(server, { token, id: user.id, email: user.email }, form(PNG));
  // There are two, so that there is a second page.
  const { id: ownConversation } = await succeed(server, 'POST', '/chat/conversations', {
    token,
    body: { memberIds: [] },
  });
  const { id: inviting } = await succeed(server, 'POST', '/chat/conversations', {
    token,
    body: { memberIds: [] },
  });
  const { token: invite } = await succeed(server, 'POST', `/chat/conversations/${inviting}/invites`, {
    token,
    body: {},
  });
  const room = canary(account, 'room');
  const { id: conversation } = await succeed(server, 'POST', '/chat/conversations', {
    token,
    body: { title: room, memberIds },
  });
  const { id: message } = await succeed(server, 'POST', `/chat/conversations/${conversation}/messages`, {
    token,
    body: { content: room },
  });
  const place = `/chat/conversations/${conversation}/messages/${message}/thread`;
  const { id: thread } = await succeed(server, 'PUT', place, { token });
  const post = async (visibility: 'private' | 'public') => {
    const text = canary(account, visibility);
    // The text is not only the canary, because the security log may contain that: it is also the user agent.
    const body = { title: text, content: `${text}, in full`, visibility };
    return (await succeed(server, 'POST', '/posts', { token, body })).id;
  };
  return {
    user: user.id,
    email: user.email,
    session: String(decodeJwt(token)['sid']),
    conversation,
    ownConversation,
    message,
    thread,
    invite,
    privatePost: await post('private'),
    publicPost: await post('public'),
    avatar: profile.avatarUrl?.split('/').at(-1) ?? '',
    accessToken: token,
    refreshToken,
  };
}

/** A step of the preparation, which must succeed. */
export async function succeed(
  server: TestServer,
  method: string,
  path: string,
  options: { token?: string; body?: unknown },
): Promise<AnswerBody> {
  const { status, body } = await server.call(method, path, options);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${body.code}`);
  return body;
}
