import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { form, startWithUploads, upload } from '../../fakes/avatar-client.js';
import { PNG } from '../../fakes/avatar-images.js';
import type { TestServer, TestUser } from '../../support/test-server.js';

const PASSWORD = 'correct horse battery';

let server: TestServer;
let stop: () => Promise<void>;
let user: TestUser;
let friend: TestUser;

beforeAll(async () => {
  ({ server, stop } = await startWithUploads());
});
beforeEach(async () => {
  user = await server.signUp('Ada');
  friend = await server.signUp('Bob');
});
afterAll(() => stop());

const deleteMe = () =>
  server.call('DELETE', '/users/me', { token: user.token, body: { password: PASSWORD } });
const say = (id: string, { token }: TestUser, content: string) =>
  server.call('POST', `/chat/conversations/${id}/messages`, { token, body: { content } });
const readConversation = async (id: string, { token }: TestUser) =>
  (await server.call('GET', `/chat/conversations/${id}`, { token })).body;

it('all messages stay, by a “Deleted user” without an avatar', async () => {
  await upload(server, user, form(PNG));
  const id = await server.createConversation(friend, [user]);
  for (const content of ['one', 'two']) await say(id, user, content);
  await say(id, friend, 'three');
  await deleteMe();
  const { body } = await server.call('GET', `/chat/conversations/${id}/messages`, { token: friend.token });
  const sender = { id: user.id, displayName: 'Deleted user', avatarUrl: null };
  expect(body.total).toBe(3);
  expect(body.data.slice(1)).toMatchObject([
    { content: 'two', sender, senderId: user.id },
    { content: 'one', sender, senderId: user.id },
  ]);
});

it('the membership ends with the next rev, and the next message takes the one after', async () => {
  const id = await server.createConversation(friend, [user]);
  await say(id, user, 'one');
  await say(id, friend, 'two');
  await deleteMe();
  const left = await readConversation(id, friend);
  expect(left).toMatchObject({ rev: 3, lastSeq: 2, memberCount: 1, me: { role: 'owner' } });
  expect(left.members.map(({ userId }: { userId: string }) => userId)).toEqual([friend.id]);
  const [head] = await server.database.query('select members_rev::int from conversations where id = $1', [
    id,
  ]);
  expect(head).toEqual({ members_rev: 3 });
  expect((await say(id, friend, 'three')).body).toMatchObject({ seq: 3, rev: 4 });
});

it('a member who catches up later finds it in the changes', async () => {
  const id = await server.createConversation(friend, [user]);
  await say(id, user, 'one');
  await deleteMe();
  const path = `/chat/conversations/${id}/changes?since=1`;
  const { body } = await server.call('GET', path, { token: friend.token });
  expect(body).toMatchObject({ data: [], rev: 2, hasMore: false, conversation: { rev: 2, memberCount: 1 } });
  expect(body.members.map(({ userId }: { userId: string }) => userId)).toEqual([friend.id]);
});

it('ownership passes to the oldest admin, else to the oldest member', async () => {
  const others = [friend, await server.signUp('C'), await server.signUp('D')] as const;
  const ids = [await server.createConversation(user), await server.createConversation(user)] as const;
  for (const id of ids) {
    for (const { id: userId } of others) {
      await server.call('POST', `/chat/conversations/${id}/members`, {
        token: user.token,
        body: { userId },
      });
    }
  }
  await server.database.query(
    "update conversation_members set role = 'admin' where conversation_id = $1 and user_id = any($2)",
    [ids[0], [others[1].id, others[2].id]],
  );
  await deleteMe();
  const roles = async (id: string): Promise<string[]> =>
    (await readConversation(id, friend)).members.map(({ role }: { role: string }) => role);
  expect(await roles(ids[0])).toEqual(['member', 'owner', 'admin']);
  expect(await roles(ids[1])).toEqual(['owner', 'member', 'member']);
  expect((await readConversation(ids[1], friend)).createdBy).toBe(user.id);
  expect(
    (
      await server.call('POST', `/chat/conversations/${ids[1]}/members`, {
        token: friend.token,
        body: { userId: (await server.signUp()).id },
      })
    ).status,
  ).toBe(201);
});

it('of those who joined at one instant, the one with the smallest id', async () => {
  const others = [friend, await server.signUp('C'), await server.signUp('D')];
  const id = await server.createConversation(user, others);
  await deleteMe();
  const { members } = await readConversation(id, friend);
  const [oldest] = others.map((other) => other.id).toSorted();
  const owners = members.filter(({ role }: { role: string }) => role === 'owner');
  expect(owners.map(({ userId }: { userId: string }) => userId)).toEqual([oldest]);
});

it('a conversation without other members stays unchanged', async () => {
  const id = await server.createConversation(user);
  await say(id, user, 'to myself');
  expect((await deleteMe()).status).toBe(204);
  const [left] = await server.database.query(
    `select member_count, rev::int, members_rev::int, last_seq::int,
       (select count(*)::int from messages where conversation_id = c.id) as messages
     from conversation_heads c where id = $1`,
    [id],
  );
  expect(left).toEqual({ member_count: 0, rev: 2, members_rev: 2, last_seq: 1, messages: 1 });
});

it('rev has no holes while others write', async () => {
  const id = await server.createConversation(friend, [user]);
  const [deleted, ...sent] = await Promise.all([
    deleteMe(),
    ...Array.from({ length: 20 }, (_, index) => say(id, friend, `text ${index}`)),
  ]);
  expect(deleted.status).toBe(204);
  const revs = sent.map(({ body }) => body.rev);
  const [head] = await server.database.query<{ rev: number; members_rev: number }>(
    'select rev::int, members_rev::int from conversation_heads where id = $1',
    [id],
  );
  expect([...revs, head?.members_rev].toSorted((a, b) => Number(a) - Number(b))).toEqual(
    Array.from({ length: 21 }, (_, index) => index + 1),
  );
  expect(head?.rev).toBe(21);
});

it('nothing of an account but its id stays in the log of changes: no name, address, bio or picture', async () => {
  user = await server.signUp('Canary Name');
  const address = (await server.call('GET', '/users/me', { token: user.token })).body.email;
  const { avatarUrl } = (await upload(server, user, form(PNG))).body;
  await server.call('PUT', '/users/me', { token: user.token, body: { bio: 'Canary bio.' } });
  const [own, foreign] = [await server.createConversation(user), await server.createConversation(friend)];
  const add = (id: string, { token }: TestUser, userId: string) =>
    server.call('POST', `/chat/conversations/${id}/members`, { token, body: { userId } });
  await add(own, user, friend.id);
  await add(foreign, friend, user.id);
  await deleteMe();

  const rows = await server.database.query<{ row: string; kind: string }>(
    `select c.kind, to_jsonb(c)::text as row from conversation_changes c
     where actor_id = $1 or subject_id = $1 order by created_at`,
    [user.id],
  );
  expect(rows.map(({ kind }) => kind)).toEqual([
    'member_added',
    'member_added',
    'member_removed',
    'member_removed',
  ]);
  const traces = ['Canary', address, address.split('@')[0], avatarUrl, avatarUrl.split('/').at(-1)];
  for (const { row } of rows) for (const trace of traces) expect(row).not.toContain(trace);
});
