import { randomUUID } from 'node:crypto';
import { decodeJwt, SignJWT } from 'jose';
import type { AppConfig } from '../../../src/arch/common/infrastructure/config/app-config.js';
import { form, upload } from '../../fakes/avatar-client.js';
import { PNG } from '../../fakes/avatar-images.js';
import type { TestServer, TestUser } from '../../support/test-server.js';
import { ALL_PERMISSIONS, insertUsers, sendMessages, UNKNOWN_ID, UNKNOWN_THREAD } from '../http/support.js';
import { PASSWORD, succeed } from './world.js';

/** The form of an invite's token. */
export const UNKNOWN_TOKEN = 'A'.repeat(22);

/** The data from which the requests of one operation are built: an account with one of everything. */
export interface Context {
  readonly user: string;
  readonly email: string;
  readonly token: string;
  readonly session: string;
  readonly refreshToken: string;
  readonly conversation: string;
  /** The message of the conversation. */
  readonly message: string;
  /** A thread of another message of the conversation. */
  readonly thread: string;
  readonly post: string;
  readonly avatar: string;
  /** An account without conversations. */
  readonly newcomer: string;
}

/** Data of another user, and data with a preparation of its own. */
export interface Foreign extends Context {
  /** A conversation of the foreigner; the account of the context is a member. */
  readonly sharedConversation: string;
  /** A message of the foreigner in it. */
  readonly sharedMessage: string;
  /** The user's own message there. */
  readonly ownSharedMessage: string;
  /** Deleted, in the conversation of the account of the context. */
  readonly deletedMessage: string;
  /** Two hours old, in the conversation of the account of the context. */
  readonly oldMessage: string;
  /** Of the account of the context, in the conversations below. */
  readonly announcedMessage: string;
  readonly directMessage: string;
  readonly fullMessage: string;
  /** A conversation of the account of the context, which is full, and has 50 open invites and 250 pinned messages; its message has 50 kinds of reactions. */
  readonly fullConversation: string;
  /** An account that is banned from the conversation of the account of the context. */
  readonly banned: string;
  /** Of an invite to a conversation of the foreigner; the account of the context is no member. */
  readonly inviteToken: string;
  /** Likewise, to one from which the account of the context is banned. */
  readonly banningToken: string;
  /** Likewise, to one that is full. */
  readonly fullToken: string;
  /** Of the foreigner; only the owner and admins send. The account of the context is a member. */
  readonly announcements: string;
  /** Of the foreigner, in slow mode. The account of the context is a member. */
  readonly slowConversation: string;
  /** Of both; one has blocked the other. */
  readonly blockedDirect: string;
  /** An account that nobody may add. */
  readonly hermit: string;
  /** A refresh token whose successor has been used. */
  readonly reusedToken: string;
  /** A token of an account that does not exist. */
  readonly orphanToken: string;
}

export async function newForeign(server: TestServer, mine: Context): Promise<Foreign> {
  const other = await newContext(server);
  const asUser = ({ user: id, email, token }: Context): TestUser => ({ id, email, token });
  const fullConversation = await server.createConversation(asUser(mine));
  await server.database.query('update conversations set member_count = 5000 where id = $1', [
    fullConversation,
  ]);
  await server.database.query(
    `insert into conversation_invites (id, token_hash, conversation_id, created_by, expires_at, max_uses)
     select gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), $1, $2, now() + interval '1 hour', 1
     from generate_series(1, 50)`,
    [fullConversation, mine.user],
  );
  await server.database.query(
    'insert into message_pins (conversation_id, seq, pinned_at) select $1, seq, now() from generate_series(1001, 1250) seq',
    [fullConversation],
  );
  const sharedConversation = await server.createConversation(asUser(other), [asUser(mine)]);
  const refresh = (refreshToken: string) =>
    succeed(server, 'POST', '/auth/refresh', { body: { refreshToken } });
  await refresh((await refresh(other.refreshToken)).refreshToken);
  const [hermit = ''] = await insertUsers(server, 1);
  await server.database.query("update users set addable_by = 'nobody' where id = $1", [hermit]);
  return {
    ...other,
    hermit,
    fullConversation,
    banned: await createBanned(server, mine),
    sharedConversation,
    sharedMessage: await say(server, asUser(other), sharedConversation),
    ownSharedMessage: await say(server, asUser(mine), sharedConversation),
    fullMessage: await sayToAll(server, asUser(mine), fullConversation),
    ...(await newMessages(server, asUser(mine), mine.conversation)),
    ...(await newInviting(server, asUser(other), mine.user)),
    ...(await newGuarded(server, asUser(other), asUser(mine))),
    reusedToken: other.refreshToken,
    orphanToken: await signToken(server.config, {}),
  };
}

async function createBanned(server: TestServer, { token, conversation }: Context): Promise<string> {
  const [banned = ''] = await insertUsers(server, 1);
  await succeed(server, 'PUT', `/chat/conversations/${conversation}/bans/${banned}`, { token, body: {} });
  return banned;
}

async function say(server: TestServer, sender: TestUser, conversationId: string): Promise<string> {
  const [sent] = await sendMessages(server, sender, conversationId, 1);
  return String(sent?.id);
}

async function openThread(
  server: TestServer,
  { token }: TestUser,
  conversationId: string,
  message: string,
): Promise<string> {
  const path = `/chat/conversations/${conversationId}/messages/${message}/thread`;
  return (await succeed(server, 'PUT', path, { token })).id;
}

/** A message with 50 kinds of reactions. */
async function sayToAll(server: TestServer, sender: TestUser, conversationId: string): Promise<string> {
  const message = await say(server, sender, conversationId);
  await server.database.query(
    `update messages set reactions = (
       select jsonb_agg(jsonb_build_object('emoji', n::text, 'count', 1, 'userIds', jsonb_build_array($2::text)))
       from generate_series(1, 50) n
     ) where id = $1`,
    [message, sender.id],
  );
  return message;
}

/** Messages that their author cannot edit any more. */
async function newMessages(server: TestServer, author: TestUser, conversationId: string) {
  const deletedMessage = await say(server, author, conversationId);
  const { token } = author;
  await succeed(server, 'DELETE', `/chat/conversations/${conversationId}/messages/${deletedMessage}`, {
    token,
  });
  const oldMessage = await say(server, author, conversationId);
  await server.database.query("update messages set created_at = now() - interval '2 hours' where id = $1", [
    oldMessage,
  ]);
  return { deletedMessage, oldMessage };
}

/** Tokens of invites to new conversations, none of which the guest is a member of. */
async function newInviting(server: TestServer, owner: TestUser, guest: string) {
  const { token } = owner;
  const invite = async (prepare: (id: string) => Promise<unknown> = async () => undefined) => {
    const id = await server.createConversation(owner);
    await prepare(id);
    return (await succeed(server, 'POST', `/chat/conversations/${id}/invites`, { token, body: {} })).token;
  };
  return {
    inviteToken: await invite(),
    banningToken: await invite((id) =>
      succeed(server, 'PUT', `/chat/conversations/${id}/bans/${guest}`, { token, body: {} }),
    ),
    fullToken: await invite((id) =>
      server.database.query('update conversations set member_count = 5000 where id = $1', [id]),
    ),
  };
}

/** Conversations that refuse what `member` sends. */
async function newGuarded(server: TestServer, owner: TestUser, member: TestUser) {
  const create = () => server.createConversation(owner, [member]);
  const guard = async (id: string, settings: string, values: readonly string[] = []) => {
    await server.database.query(`update conversations set ${settings} where id = $1`, [id, ...values]);
    return id;
  };
  const [announcements, direct] = [await create(), await create()];
  const announcedMessage = await say(server, member, announcements);
  const directMessage = await say(server, member, direct);
  const pair = [owner.id, member.id];
  await server.database.query('insert into user_blocks (blocker_id, blocked_id) values ($1, $2)', pair);
  return {
    announcements: await guard(announcements, "posting = 'admins'"),
    announcedMessage,
    slowConversation: await guard(await create(), 'slow_mode_seconds = 60'),
    blockedDirect: await guard(direct, "type = 'direct', direct_low = $2, direct_high = $3", pair.toSorted()),
    directMessage,
  };
}

export async function newContext(server: TestServer): Promise<Context> {
  const email = `${randomUUID()}@test.example`;
  const account = { email, password: PASSWORD, displayName: 'Ada' };
  const entered = await succeed(server, 'POST', '/auth/signup', { body: account });
  const { accessToken: token, refreshToken, user } = entered;
  const self: TestUser = { id: user.id, email, token };
  const conversation = await server.createConversation(self);
  const [message, root] = await sendMessages(server, self, conversation, 2);
  const post = { title: 'Title', content: 'Content', visibility: 'private' };
  const [newcomer = ''] = await insertUsers(server, 1);
  return {
    user: user.id,
    email,
    token,
    session: String(decodeJwt(token)['sid']),
    refreshToken,
    conversation,
    message: String(message?.id),
    thread: await openThread(server, self, conversation, String(root?.id)),
    post: (await succeed(server, 'POST', '/posts', { token, body: post })).id,
    avatar: (await upload(server, self, form(PNG))).body.avatarUrl?.split('/').at(-1) ?? '',
    newcomer,
  };
}

/** A user id that does not exist: it passes every check that needs no database. */
export async function imaginaryContext(config: AppConfig): Promise<Foreign> {
  const token = await signToken(config, {});
  return {
    user: UNKNOWN_ID,
    email: 'nobody@test.example',
    token,
    session: UNKNOWN_ID,
    refreshToken: 'x'.repeat(43),
    conversation: UNKNOWN_ID,
    message: UNKNOWN_ID,
    thread: UNKNOWN_THREAD,
    post: UNKNOWN_ID,
    avatar: `${UNKNOWN_ID}.png`,
    newcomer: UNKNOWN_ID,
    fullConversation: UNKNOWN_ID,
    banned: UNKNOWN_ID,
    sharedConversation: UNKNOWN_ID,
    sharedMessage: UNKNOWN_ID,
    ownSharedMessage: UNKNOWN_ID,
    deletedMessage: UNKNOWN_ID,
    oldMessage: UNKNOWN_ID,
    announcedMessage: UNKNOWN_ID,
    directMessage: UNKNOWN_ID,
    fullMessage: UNKNOWN_ID,
    inviteToken: UNKNOWN_TOKEN,
    banningToken: UNKNOWN_TOKEN,
    fullToken: UNKNOWN_TOKEN,
    announcements: UNKNOWN_ID,
    slowConversation: UNKNOWN_ID,
    blockedDirect: UNKNOWN_ID,
    // Nobody can block themselves.
    hermit: randomUUID(),
    reusedToken: 'x',
    orphanToken: token,
  };
}

/** An access token signed like the server's, of an unknown user unless `claims` say otherwise. */
export function signToken({ env }: AppConfig, claims: object): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({
    sub: UNKNOWN_ID,
    email: 'nobody@test.example',
    sid: randomUUID(),
    permissions: ALL_PERMISSIONS,
    iss: 'causerie',
    aud: 'causerie',
    iat: now,
    exp: now + 600,
    jti: randomUUID(),
    ...claims,
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .sign(new TextEncoder().encode(env.JWT_ACCESS_SECRET));
}
