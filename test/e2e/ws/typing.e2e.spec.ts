import { expect, vi } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';

const NOT_JOINED = {
  ok: false,
  error: { code: 'ROOM_NOT_JOINED', message: expect.stringMatching(/\w/), statusCode: 403 },
};

const test = apiTest
  .extend('ada', PER_FILE, ({ server }) => server.signUp('Ada'))
  .extend('bob', PER_FILE, ({ server }) => server.signUp('Bob'))
  // Each test has a new user, because `typing` of a user is emitted once a second.
  .extend('conversationId', ({ server, ada, bob }) => server.createConversation(ada, [bob]))
  .extend('adas', ({ connect, ada }) => connect(ada))
  .extend('bobs', ({ connect, bob }) => connect(bob))
  .extend('bobsSecond', ({ connect, bob }) => connect(bob))
  .extend('steps', ({ adas, bobs, bobsSecond, conversationId }) => ({
    joinAll: () =>
      Promise.all([adas, bobs, bobsSecond].map((socket) => socket.emit('join_room', { conversationId }))),
    settleAll: () => Promise.all([adas, bobs, bobsSecond].map((socket) => socket.settle())),
    receivedStates: () => adas.all('typing').map(({ isTyping }) => isTyping),
    type: (isTyping: boolean, by = bobs) => by.emit('typing', { conversationId, isTyping }),
  }));

test('is emitted to the others in the room, and to no socket of the typing user', async ({
  steps,
  adas,
  conversationId,
  bob,
  bobs,
  bobsSecond,
}) => {
  await steps.joinAll();
  const before = Date.now();
  expect(await steps.type(true)).toEqual({ ok: true, data: {} });
  const after = Date.now();
  await steps.settleAll();
  const expiresAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(adas.all('typing')).toEqual([{ conversationId, userId: bob.id, isTyping: true, expiresAt }]);
  expect([bobs.all('typing'), bobsSecond.all('typing')]).toEqual([[], []]);
  const end = Date.parse(String(adas.all('typing')[0]?.['expiresAt']));
  expect(end).toBeGreaterThanOrEqual(before + 6_000);
  expect(end).toBeLessThanOrEqual(after + 6_000);
});

test('that ends is over at the end of the second', async ({ steps, adas }) => {
  await steps.joinAll();
  await steps.type(true);
  const before = Date.now();
  await steps.type(false);
  const after = Date.now();
  await adas.waitFor('typing', 2);
  expect(adas.all('typing').map(({ isTyping }) => isTyping)).toEqual([true, false]);
  const end = Date.parse(String(adas.all('typing')[1]?.['expiresAt']));
  expect(end).toBeGreaterThanOrEqual(before);
  expect(end).toBeLessThanOrEqual(after);
});

test('is emitted once a second for each member and room, and the last state is not lost', async ({
  steps,
  bobs,
  bobsSecond,
}) => {
  await steps.joinAll();
  const start = performance.now();
  for (const by of [bobs, bobsSecond]) {
    await Promise.all(Array.from({ length: 15 }, (_, index) => steps.type(index < 14, by)));
  }
  await vi.waitFor(() => expect(steps.receivedStates().at(-1)).toBe(false), { timeout: 10_000 });
  await steps.settleAll();
  expect(steps.receivedStates()[0]).toBe(true);
  expect(steps.receivedStates().length).toBeLessThanOrEqual(
    1 + Math.ceil((performance.now() - start) / 1_000),
  );
});

test('is not emitted to sockets that have not joined', async ({
  steps,
  bobs,
  conversationId,
  adas,
  bobsSecond,
}) => {
  await bobs.emit('join_room', { conversationId });
  await steps.type(true);
  await steps.settleAll();
  expect([adas, bobs, bobsSecond].flatMap((socket) => socket.all('typing'))).toEqual([]);
});

test('needs this very socket to have joined, and not to have left', async ({
  steps,
  adas,
  conversationId,
  bobsSecond,
  bobs,
}) => {
  await adas.emit('join_room', { conversationId });
  await bobsSecond.emit('join_room', { conversationId });
  expect(await steps.type(true)).toEqual(NOT_JOINED);
  await bobs.emit('join_room', { conversationId });
  expect(await steps.type(true)).toMatchObject({ ok: true });
  await bobs.emit('leave_room', { conversationId });
  expect(await steps.type(true)).toEqual(NOT_JOINED);
  await steps.settleAll();
  expect(adas.all('typing')).toHaveLength(1);
});

test.for(['a stranger', 'a made-up conversation'])(
  'is refused to %s without saying more',
  async (who, { steps, server, connect, bob, conversationId, adas }) => {
    const token = who === 'a stranger' ? (await server.signUp()).token : bob.token;
    const socket = await connect({ token });
    const id = who === 'a stranger' ? conversationId : crypto.randomUUID();
    await adas.emit('join_room', { conversationId });
    expect(await socket.emit('typing', { conversationId: id, isTyping: true })).toEqual(NOT_JOINED);
    await steps.settleAll();
    expect(adas.all('typing')).toEqual([]);
  },
);

test('stores nothing and changes nothing', async ({ steps, server, conversationId, ada }) => {
  await steps.joinAll();
  await steps.type(true);
  const { body } = await server.call('GET', `/chat/conversations/${conversationId}`, { token: ada.token });
  expect(body).toMatchObject({ rev: 0, lastSeq: 0, updatedAt: body.createdAt });
});
