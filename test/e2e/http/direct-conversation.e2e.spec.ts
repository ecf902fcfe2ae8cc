import { expect } from 'vitest';
import { apiTest } from '../../support/api-test.js';
import type { TestUser } from '../../support/test-server.js';
import { UNKNOWN_ID } from './support.js';

const it = apiTest
  .extend('ada', ({ server }) => server.signUp('Ada'))
  .extend('bob', ({ server }) => server.signUp('Bob'))
  .extend('steps', ({ server }) => ({
    open: ({ token }: TestUser, { id }: TestUser) =>
      server.call('PUT', `/chat/conversations/direct/${id}`, { token }),
    listOf: async ({ token }: TestUser): Promise<string[]> => {
      const { body } = await server.call('GET', '/chat/conversations', { token });
      return body.data.map(({ id }: { id: string }) => id);
    },
    say: ({ token }: TestUser, id: string, content = 'Hello!') =>
      server.call('POST', `/chat/conversations/${id}/messages`, { token, body: { content } }),
  }));

it('answers 201 for a new one, and 200 for one that was there, whoever opens it', async ({
  steps,
  ada,
  bob,
}) => {
  const { status, body } = await steps.open(ada, bob);
  expect(status).toBe(201);
  expect(body).toMatchObject({
    type: 'direct',
    title: null,
    createdBy: ada.id,
    memberCount: 2,
    direct: { user: { id: bob.id, displayName: 'Bob' } },
    lastMessage: null,
    me: { role: 'member', unreadCount: 0 },
  });
  expect(body.members.map(({ role }: { role: string }) => role)).toEqual(['member', 'member']);
  expect(await steps.open(ada, bob)).toMatchObject({ status: 200, body });
  const { id } = body;
  expect(await steps.open(bob, ada)).toMatchObject({
    status: 200,
    body: { id, direct: { user: { id: ada.id, displayName: 'Ada' } } },
  });
});

it('opens notes to oneself, which list their only member', async ({ steps, ada }) => {
  const { status, body } = await steps.open(ada, ada);
  expect(status).toBe(201);
  expect(body).toMatchObject({
    memberCount: 1,
    direct: { user: { id: ada.id } },
    members: [{ userId: ada.id }],
  });
  expect(await steps.open(ada, ada)).toMatchObject({ status: 200, body: { id: body.id } });
  expect(await steps.listOf(ada)).toEqual([body.id]);
  expect((await steps.say(ada, body.id)).status).toBe(201);
});

it('refuses unknown and deleted users', async ({ server, steps, ada, bob }) => {
  expect(await steps.open(ada, { ...bob, id: UNKNOWN_ID })).toMatchObject({
    status: 404,
    body: { code: 'USER_NOT_FOUND' },
  });
  const { status } = await server.call('DELETE', '/users/me', {
    token: bob.token,
    body: { password: 'correct horse battery' },
  });
  expect(status).toBe(204);
  expect(await steps.open(ada, bob)).toMatchObject({ status: 404, body: { code: 'USER_NOT_FOUND' } });
});

it('is in the list, the rooms of join_all and the events of the other one with its first message, not before', async ({
  steps,
  connect,
  ada,
  bob,
}) => {
  const [adas, bobs] = await Promise.all([connect(ada), connect(bob)]);
  const { id } = (await steps.open(ada, bob)).body;
  await adas.waitFor('conversation_added', 1);
  expect(await steps.listOf(ada)).toEqual([id]);
  expect(await steps.listOf(bob)).toEqual([]);
  expect((await bobs.emit('join_all')).data.conversations).toEqual([]);
  expect(bobs.all('conversation_added')).toEqual([]);

  await steps.say(ada, id, 'first');
  const [added] = await bobs.waitFor('conversation_added', 1);
  expect(added).toMatchObject({
    id,
    direct: { user: { id: ada.id, displayName: 'Ada' } },
    lastMessage: { content: 'first' },
    me: { unreadCount: 1 },
  });
  expect(await steps.listOf(bob)).toEqual([id]);
  expect((await bobs.emit('join_all')).data.conversations).toMatchObject([{ conversationId: id }]);

  await steps.say(bob, id, 'second');
  await steps.say(ada, id, 'third');
  await Promise.all([bobs.waitFor('new_message', 2), adas.settle()]);
  await bobs.settle();
  expect(bobs.all('conversation_added')).toHaveLength(1);
  expect(adas.all('conversation_added')).toHaveLength(1);
});

it('is introduced to the other one as well when that one writes first', async ({
  steps,
  connect,
  ada,
  bob,
}) => {
  const { id } = (await steps.open(ada, bob)).body;
  const bobs = await connect(bob);
  await steps.say(bob, id);
  expect(await bobs.waitFor('conversation_added', 1)).toMatchObject([{ id, me: { unreadCount: 0 } }]);
});

it('has no owner, and nobody is added, removed, banned, invited or leaves; metadata and what is mine change', async ({
  server,
  steps,
  ada,
  bob,
}) => {
  const { id } = (await steps.open(ada, bob)).body;
  const eve = await server.signUp('Eve');
  const call = (method: string, path: string, body?: object) =>
    server.call(method, `/chat/conversations/${id}${path}`, { token: ada.token, ...(body && { body }) });
  const refused = await Promise.all([
    call('POST', '/members', { userId: eve.id }),
    call('DELETE', `/members/${bob.id}`),
    call('DELETE', `/members/${ada.id}`),
    call('PATCH', `/members/${bob.id}`, { role: 'admin' }),
    call('PUT', `/bans/${bob.id}`, {}),
    call('POST', '/invites', {}),
    call('PATCH', '', { title: 'Ours' }),
    call('PATCH', '', { posting: 'admins' }),
    call('DELETE', ''),
  ]);
  expect(refused.map(({ status, body }) => `${status} ${body.code}`)).toEqual(
    Array(refused.length).fill('409 DIRECT_CONVERSATION'),
  );
  expect(await call('PATCH', '', { metadata: { colour: 'red' } })).toMatchObject({ status: 200 });
  expect(await call('PATCH', '/me', { archived: true })).toMatchObject({ status: 200 });
  expect((await call('POST', '/clear')).status).toBe(204);
  expect((await steps.open(bob, ada)).body).toMatchObject({
    id,
    memberCount: 2,
    metadata: { colour: 'red' },
  });
});

it('opened while the account of the other one is being deleted, it keeps no membership of that account', async ({
  server,
  steps,
  ada,
}) => {
  for (let round = 0; round < 5; round += 1) {
    const gone = await server.signUp('Gone');
    const [deletion, ...opened] = await Promise.all([
      server.call('DELETE', '/users/me', { token: gone.token, body: { password: 'correct horse battery' } }),
      ...Array.from({ length: 6 }, () => steps.open(ada, gone)),
    ]);
    expect(deletion?.status).toBe(204);
    for (const { status, body } of opened)
      expect([200, 201, 'USER_NOT_FOUND']).toContain(body.code ?? status);
    expect((await steps.open(ada, gone)).body.code).toBe('USER_NOT_FOUND');
    const left = await server.database.query('select from conversation_members where user_id = $1', [
      gone.id,
    ]);
    expect(left).toEqual([]);
  }
});
