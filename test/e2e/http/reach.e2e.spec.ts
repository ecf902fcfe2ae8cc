import { describe, expect } from 'vitest';
import type { ApiAnswer } from '../../support/api.js';
import { apiTest } from '../../support/api-test.js';
import type { TestUser } from '../../support/test-server.js';

const it = apiTest
  .extend('ada', ({ server }) => server.signUp('Ada'))
  .extend('bob', ({ server }) => server.signUp('Bob'))
  .extend('steps', ({ server }) => ({
    setAddableBy: ({ token }: TestUser, addableBy: string) =>
      server.call('PUT', '/users/me', { token, body: { addableBy } }),
    open: ({ token }: TestUser, { id }: TestUser) =>
      server.call('PUT', `/chat/conversations/direct/${id}`, { token }),
    add: ({ token }: TestUser, conversationId: string, { id: userId }: TestUser) =>
      server.call('POST', `/chat/conversations/${conversationId}/members`, { token, body: { userId } }),
    create: ({ token }: TestUser, ...users: readonly TestUser[]) =>
      server.call('POST', '/chat/conversations', { token, body: { memberIds: users.map(({ id }) => id) } }),
    say: ({ token }: TestUser, id: string) =>
      server.call('POST', `/chat/conversations/${id}/messages`, { token, body: { content: 'Hello!' } }),
    block: ({ token }: TestUser, { id }: TestUser) => server.call('PUT', `/users/me/blocks/${id}`, { token }),
    unblock: ({ token }: TestUser, { id }: TestUser) =>
      server.call('DELETE', `/users/me/blocks/${id}`, { token }),
    conversationsOf: async ({ id }: TestUser) =>
      (await server.database.query('select from conversations where created_by = $1', [id])).length,
  }));

/** Everything of a refusal except what differs between any two requests. */
const refusal = ({ status, body }: ApiAnswer) => ({
  status,
  code: body.code,
  message: body.message,
  details: body.details,
});
const NOT_REACHABLE = {
  status: 403,
  code: 'USER_NOT_REACHABLE',
  message: 'You cannot reach this user.',
  details: [],
};

describe('addableBy', () => {
  it('is shown in the own profile when it is not everyone, and in no other', async ({
    server,
    steps,
    ada,
    bob,
  }) => {
    const own = async () => (await server.call('GET', '/users/me', { token: ada.token })).body;
    expect(await own()).not.toHaveProperty('addableBy');
    expect(await steps.setAddableBy(ada, 'contacts')).toMatchObject({
      status: 200,
      body: { addableBy: 'contacts' },
    });
    expect(await own()).toMatchObject({ addableBy: 'contacts' });
    const { body } = await server.call('GET', `/users/${ada.id}`, { token: bob.token });
    expect(body).not.toHaveProperty('addableBy');
    expect((await steps.setAddableBy(ada, 'everyone')).body).not.toHaveProperty('addableBy');
    expect((await steps.setAddableBy(ada, 'friends')).body).toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('of nobody refuses adding, creating with and opening, and nothing is stored', async ({
    server,
    steps,
    ada,
    bob,
  }) => {
    await steps.setAddableBy(bob, 'nobody');
    const group = await server.createConversation(ada);
    expect(refusal(await steps.add(ada, group, bob))).toEqual(NOT_REACHABLE);
    expect(refusal(await steps.open(ada, bob))).toEqual(NOT_REACHABLE);
    const eve = await server.signUp('Eve');
    expect(refusal(await steps.create(ada, eve, bob, ada, bob))).toEqual({
      ...NOT_REACHABLE,
      details: [{ path: 'memberIds.1', message: `You cannot reach the user ${bob.id}.` }],
    });
    expect(await steps.conversationsOf(ada)).toBe(1);
    expect((await steps.open(bob, ada)).status).toBe(201);
    expect((await steps.open(ada, bob)).status).toBe(200);
  });

  it('of contacts lets those in to whom the user has written in a direct conversation', async ({
    server,
    steps,
    ada,
    bob,
  }) => {
    const group = await server.createConversation(ada);
    const { id } = (await steps.open(ada, bob)).body;
    await steps.say(ada, id);
    await steps.setAddableBy(bob, 'contacts');
    expect(refusal(await steps.add(ada, group, bob))).toEqual(NOT_REACHABLE);
    await steps.say(bob, id);
    expect((await steps.add(ada, group, bob)).status).toBe(201);
    expect((await steps.create(ada, bob)).status).toBe(201);
  });

  it('does not say who is a member already', async ({ server, steps, ada, bob }) => {
    const group = await server.createConversation(ada, [bob]);
    await steps.setAddableBy(bob, 'nobody');
    expect((await steps.add(ada, group, bob)).body.code).toBe('ALREADY_CONVERSATION_MEMBER');
  });
});

describe('a block', () => {
  it('is answered like addableBy, to the letter, to who is blocked', async ({ server, steps, ada, bob }) => {
    expect((await steps.block(bob, ada)).status).toBe(204);
    const group = await server.createConversation(ada);
    expect(refusal(await steps.add(ada, group, bob))).toEqual(NOT_REACHABLE);
    expect(refusal(await steps.open(ada, bob))).toEqual(NOT_REACHABLE);
    expect(refusal(await steps.create(ada, bob))).toEqual({
      ...NOT_REACHABLE,
      details: [{ path: 'memberIds.0', message: `You cannot reach the user ${bob.id}.` }],
    });
    expect((await steps.unblock(bob, ada)).status).toBe(204);
    expect((await steps.add(ada, group, bob)).status).toBe(201);
    expect((await steps.open(ada, bob)).status).toBe(201);
  });

  it('also refuses who blocks to open the direct conversation, there or not, but not to add', async ({
    server,
    steps,
    ada,
    bob,
  }) => {
    await steps.block(ada, bob);
    expect(refusal(await steps.open(ada, bob))).toEqual(NOT_REACHABLE);
    await steps.unblock(ada, bob);
    await steps.open(ada, bob);
    await steps.block(ada, bob);
    for (const [one, other] of [
      [ada, bob],
      [bob, ada],
    ] as const)
      expect(refusal(await steps.open(one, other))).toEqual(NOT_REACHABLE);
    expect((await steps.add(ada, await server.createConversation(ada), bob)).status).toBe(201);
  });

  it('is listed for who blocks, and emitted once to all of its sockets alone', async ({
    server,
    steps,
    connect,
    ada,
    bob,
  }) => {
    const [own, second, other] = await Promise.all([connect(ada), connect(ada), connect(bob)]);
    for (let times = 0; times < 2; times += 1) expect((await steps.block(ada, bob)).status).toBe(204);
    const list = async ({ token }: TestUser) =>
      (await server.call('GET', '/users/me/blocks', { token })).body;
    expect(await list(ada)).toEqual({
      data: [{ userId: bob.id, displayName: 'Bob', avatarUrl: null, blockedAt: expect.any(String) }],
      nextCursor: null,
    });
    expect((await list(bob)).data).toEqual([]);
    for (let times = 0; times < 2; times += 1) expect((await steps.unblock(ada, bob)).status).toBe(204);
    expect((await list(ada)).data).toEqual([]);
    for (const socket of [own, second]) {
      await socket.waitFor('user_blocked', 2);
      await socket.settle();
      expect(socket.all('user_blocked')).toEqual([
        { userId: bob.id, isBlocked: true },
        { userId: bob.id, isBlocked: false },
      ]);
    }
    await other.settle();
    expect(other.all('user_blocked')).toEqual([]);
  });

  it('refuses both to send in the direct conversation, as long as it lasts', async ({ steps, ada, bob }) => {
    const { id } = (await steps.open(ada, bob)).body;
    await steps.block(bob, ada);
    for (const user of [ada, bob]) expect(refusal(await steps.say(user, id))).toEqual(NOT_REACHABLE);
    await steps.unblock(bob, ada);
    for (const user of [ada, bob]) expect((await steps.say(user, id)).status).toBe(201);
  });

  it('refuses both to change, pin and edit in the direct conversation, and to pass on that they type', async ({
    server,
    connect,
    steps,
    ada,
    bob,
  }) => {
    const { id } = (await steps.open(ada, bob)).body;
    const path = `/chat/conversations/${id}`;
    const { body: sent } = await steps.say(ada, id);
    const message = `${path}/messages/${sent.id}`;
    const sockets = [await connect(ada), await connect(bob)] as const;
    for (const socket of sockets) await socket.emit('join_room', { conversationId: id });
    await steps.block(bob, ada);
    for (const { token } of [ada, bob])
      for (const [method, to, body] of [
        ['PATCH', path, { metadata: { colour: 'red' } }],
        ['PUT', `${message}/pin`],
        ['DELETE', `${message}/pin`],
        ['PUT', `${message}/reactions/👍`],
      ] as const)
        expect(refusal(await server.call(method, encodeURI(to), { token, body }))).toEqual(NOT_REACHABLE);
    for (const socket of sockets)
      expect(await socket.emit('typing', { conversationId: id, isTyping: true })).toEqual({
        ok: true,
        data: {},
      });
    // What is one's own stays so.
    expect((await server.call('DELETE', message, { token: ada.token })).status).toBe(204);
    for (const { token } of [ada, bob])
      expect((await server.call('PATCH', `${path}/me`, { token, body: { pinned: true } })).status).toBe(200);
    await steps.unblock(bob, ada);
    expect(
      (await server.call('PATCH', path, { token: ada.token, body: { metadata: { colour: 'red' } } })).body,
    ).toMatchObject({ metadata: { colour: 'red' }, rev: 3 });
    await sockets[0].emit('typing', { conversationId: id, isTyping: true });
    await sockets[1].waitFor('typing', 1);
    for (const socket of sockets) await socket.settle();
    expect(sockets.map((socket) => socket.all('typing').map(({ userId }) => userId))).toEqual([[], [ada.id]]);
    expect(sockets[1].all('message_updated').map(({ change }) => change)).toEqual(['deleted']);
    expect(sockets[1].all('conversation_updated')).toHaveLength(1);
  });

  it('ends with either account', async ({ server, steps, ada, bob }) => {
    const eve = await server.signUp('Eve');
    await steps.block(ada, bob);
    await steps.block(bob, eve);
    await server.call('DELETE', '/users/me', {
      token: bob.token,
      body: { password: 'correct horse battery' },
    });
    const rows = await server.database.query('select from user_blocks where $1 in (blocker_id, blocked_id)', [
      bob.id,
    ]);
    expect(rows).toEqual([]);
  });
});
