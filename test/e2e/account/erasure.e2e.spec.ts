import { afterAll, beforeAll, expect, it } from 'vitest';
import { form, startWithUploads, upload } from '../../fakes/avatar-client.js';
import { PNG } from '../../fakes/avatar-images.js';
import { columnsWith } from '../../support/columns-with.js';
import type { TestServer } from '../../support/test-server.js';

const PASSWORD = 'correct horse battery';
/** Texts that occur nowhere else. */
const NAME = 'Canary Falconer';
const EMAIL = 'canary-address@test.example';
const BIO = 'canary-biography';
const AGENT = 'canary-agent/1.0';
const PRIVATE = 'canary-private-post';
const PUBLIC = 'canary-public-post';
const MESSAGE = 'canary-message';
const BAN = 'canary-reason-of-a-ban';
const ADDRESS = '203.0.113.77';

let server: TestServer;
let files: () => Promise<string[]>;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ server, files, stop } = await startWithUploads({ TRUST_PROXY: '1' }));
});
afterAll(() => stop());

/** Sends a request from that address, with that user agent. */
async function call(method: string, path: string, body?: unknown, token?: string) {
  const headers = { 'user-agent': AGENT, 'x-forwarded-for': ADDRESS };
  return server.call(method, path, { body, headers, ...(token !== undefined && { token }) });
}

/** The kinds of changes that the account made, or that were made to it, in their order. */
async function kindsAbout(id: string): Promise<string[]> {
  const rows = await server.database.query<{ kind: string }>(
    'select kind from conversation_changes where actor_id = $1 or subject_id = $1 order by created_at, rev',
    [id],
  );
  return rows.map(({ kind }) => kind);
}

/** All kinds of changes of a conversation, made by the account and made to it; returns the kinds that are logged. */
async function changeMembers(own: string, id: string, token: string): Promise<string[]> {
  const other = await server.signUp('Other');
  const path = `/chat/conversations/${own}`;
  const made = [
    await call('POST', `${path}/members`, { userId: other.id }, token),
    await call('PATCH', path, { title: 'Another title' }, token),
    await call('PATCH', `${path}/members/${other.id}`, { role: 'owner' }, token),
    await call('PATCH', `${path}/members/${id}`, { role: 'member' }, other.token),
    await call('PUT', `${path}/bans/${id}`, {}, other.token),
    await call('DELETE', `${path}/bans/${id}`, undefined, other.token),
    await call('POST', `${path}/members`, { userId: id }, other.token),
    await call('DELETE', `${path}/members/${id}`, undefined, token),
  ];
  const { body: invite } = await call('POST', `${path}/invites`, {}, other.token);
  made.push(await call('POST', `/chat/invites/${invite.token}/join`, undefined, token));
  expect(made.filter(({ status }) => status >= 300)).toEqual([]);
  return kindsAbout(id);
}

it('after a deletion no column of any table holds the address, name, about me, network address or user agent', async () => {
  const { body: account } = await call('POST', '/auth/signup', {
    email: EMAIL,
    password: PASSWORD,
    displayName: NAME,
  });
  const token: string = account.accessToken;
  const hash = (
    await server.database.query<{ hash: string }>(`select password_hash as hash from credentials`)
  )[0]?.hash;
  const before = await files();
  await call('PUT', '/users/me', { bio: BIO }, token);
  const { body: profile } = await upload(server, { id: account.user.id, email: EMAIL, token }, form(PNG));
  await call('POST', '/auth/login', { email: EMAIL, password: PASSWORD });
  for (const [content, visibility] of [
    [PRIVATE, 'private'],
    [PUBLIC, 'public'],
  ]) {
    await call('POST', '/posts', { title: 'A post', content, visibility }, token);
  }
  const { body: conversation } = await call('POST', '/chat/conversations', { memberIds: [] }, token);
  await call('POST', `/chat/conversations/${conversation.id}/messages`, { content: MESSAGE }, token);
  const logged = await changeMembers(conversation.id, account.user.id, token);

  const other = await server.signUp();
  await server.call(
    'PUT',
    `/chat/conversations/${await server.createConversation(other)}/bans/${account.user.id}`,
    {
      token: other.token,
      body: { reason: BAN },
    },
  );

  const traces = [BAN, EMAIL, NAME, BIO, ADDRESS, AGENT, PRIVATE, profile.avatarUrl, hash ?? ''];
  for (const trace of traces) expect([trace, await columnsWith(server, trace)]).not.toEqual([trace, []]);
  expect(await files()).toHaveLength(before.length + 1);

  expect((await call('DELETE', '/users/me', { password: PASSWORD }, token)).status).toBe(204);
  for (const trace of traces) expect([trace, await columnsWith(server, trace)]).toEqual([trace, []]);
  expect(await files()).toEqual(before);
  expect(await columnsWith(server, PUBLIC)).toEqual(['posts.content']);
  expect(await columnsWith(server, MESSAGE)).toEqual(['messages.content']);
  const tokens = await server.database.query(
    'select from refresh_tokens join sessions on sessions.id = session_id where user_id = $1',
    [account.user.id],
  );
  expect(tokens).toEqual([]);
  // The log still has what has happened, by ids.
  expect(await columnsWith(server, account.user.id)).toEqual(
    expect.arrayContaining(['conversation_changes.actor_id', 'conversation_changes.subject_id']),
  );
  expect(await kindsAbout(account.user.id)).toEqual([...logged, 'member_removed']);
});
