import { expect } from 'vitest';
import { apiTest } from '../../support/api-test.js';
import { RoomEmitterPort } from '../../../src/arch/common/application/ports/room-emitter.port.js';
import { sendMessages, UNKNOWN_THREAD } from '../http/support.js';

const it = apiTest
  .extend('conversationId', ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend('threadId', async ({ server, owner, conversationId }) => {
    const [root] = await sendMessages(server, owner, conversationId, 1);
    const path = `/chat/conversations/${conversationId}/messages/${root?.id}/thread`;
    return (await server.call('PUT', path, { token: owner.token })).body.id;
  })
  .extend('steps', ({ server, owner, conversationId, threadId }) => ({
    remove: (userId: string, { token } = owner) =>
      server.call('DELETE', `/chat/conversations/${conversationId}/members/${userId}`, { token }),
    /** What a node emits to the thread after a change of the parent. */
    emit: (rev: number, name = 'typing') =>
      server.app
        .get(RoomEmitterPort)
        .emitToRoom('/chat', threadId, name, TYPING(threadId, owner.id), undefined, undefined, {
          room: conversationId,
          rev,
        }),
  }));

const TYPING = (conversationId: string, userId: string) => ({
  conversationId,
  userId,
  isTyping: true,
  expiresAt: new Date().toISOString(),
});

it('join_room of a thread joins its parent as well, and leaving the parent leaves the thread', async ({
  server,
  connect,
  owner,
  member,
  conversationId,
  threadId,
}) => {
  const [mine, others] = [await connect(member), await connect(owner)];
  const { data } = await mine.emit('join_room', { conversationId: threadId });
  expect(data).toMatchObject({ conversationId: threadId, lastSeq: 0, rev: 0 });
  await others.emit('join_room', { conversationId: threadId });
  await sendMessages(server, owner, conversationId, 1);
  await mine.waitFor('new_message', 1);
  expect(await others.emit('typing', { conversationId: threadId, isTyping: true })).toMatchObject({
    ok: true,
  });
  expect(await mine.waitFor('typing', 1)).toMatchObject([{ conversationId: threadId, userId: owner.id }]);
  await mine.emit('leave_room', { conversationId });
  for (const room of [threadId, conversationId]) {
    const { error } = await mine.emit('typing', { conversationId: room, isTyping: true });
    expect(error?.code).toBe('ROOM_NOT_JOINED');
  }
});

it('leaving a thread leaves its parent joined', async ({ connect, member, conversationId, threadId }) => {
  const mine = await connect(member);
  await mine.emit('join_room', { conversationId: threadId });
  await mine.emit('leave_room', { conversationId: threadId });
  const typing = (id: string) => mine.emit('typing', { conversationId: id, isTyping: true });
  expect((await typing(threadId)).error?.code).toBe('ROOM_NOT_JOINED');
  expect(await typing(conversationId)).toMatchObject({ ok: true });
});

it('a member who is removed hears nothing more of a thread after the answer', async ({
  steps,
  connect,
  owner,
  member,
  threadId,
}) => {
  const sockets = [await connect(member), await connect(member), await connect(owner)];
  for (const socket of sockets) await socket.emit('join_room', { conversationId: threadId });
  steps.emit(2);
  for (const socket of sockets) await socket.waitFor('typing', 1);
  expect((await steps.remove(member.id)).status).toBe(204);
  steps.emit(3);
  await sockets[2]?.waitFor('typing', 2);
  await Promise.all(sockets.map((socket) => socket.settle()));
  expect(sockets.map((socket) => socket.all('typing').length)).toEqual([1, 1, 2]);
  const again = await sockets[0]?.emit('join_room', { conversationId: threadId });
  expect(again?.error?.code).toBe('NOT_CONVERSATION_MEMBER');
});

it('nobody joins who is no member, or does not see the root', async ({
  server,
  connect,
  owner,
  stranger,
  conversationId,
  threadId,
}) => {
  const newcomer = await server.signUp();
  await server.call('POST', `/chat/conversations/${conversationId}/members`, {
    token: owner.token,
    body: { userId: newcomer.id, history: 'none' },
  });
  for (const [user, room, code] of [
    [stranger, threadId, 'NOT_CONVERSATION_MEMBER'],
    [newcomer, threadId, 'CONVERSATION_NOT_FOUND'],
    [newcomer, UNKNOWN_THREAD, 'CONVERSATION_NOT_FOUND'],
  ] as const) {
    const socket = await connect(user);
    expect((await socket.emit('join_room', { conversationId: room })).error?.code).toBe(code);
    for (const id of [room, conversationId]) {
      const { error } = await socket.emit('typing', { conversationId: id, isTyping: true });
      expect(error?.code).toBe('ROOM_NOT_JOINED');
    }
  }
});
