import { describe, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';

const it = apiTest
  .extend('conversationId', ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend('steps', PER_FILE, ({ server, owner }) => ({
    remove: (conversationId: string, userId: string, token = owner.token) =>
      server.call('DELETE', `/chat/conversations/${conversationId}/members/${userId}`, { token }),
    deleteConversation: (conversationId: string) =>
      server.call('DELETE', `/chat/conversations/${conversationId}`, { token: owner.token }),
    say: (conversationId: string) =>
      server.call('POST', `/chat/conversations/${conversationId}/messages`, {
        token: owner.token,
        body: { content: 'after' },
      }),
  }));

describe('a member who is removed', () => {
  it('hears that the conversation is gone, on all sockets, and nothing more of the room', async ({
    steps,
    connect,
    owner,
    member,
    conversationId,
  }) => {
    const [owners, first, second] = [await connect(owner), await connect(member), await connect(member)];
    for (const socket of [owners, first]) await socket.emit('join_room', { conversationId });
    expect((await steps.remove(conversationId, member.id)).status).toBe(204);
    await steps.say(conversationId);
    await Promise.all([owners, first, second].map((socket) => socket.settle()));
    expect(owners.all('member_removed')).toEqual([
      { conversationId, rev: 1, userId: member.id, actorId: owner.id, reason: 'removed' },
    ]);
    expect(owners.all('new_message')).toMatchObject([{ rev: 2 }]);
    expect(owners.all('conversation_removed')).toEqual([]);
    for (const socket of [first, second]) {
      expect(socket.all('conversation_removed')).toEqual([{ conversationId, reason: 'removed' }]);
      expect([...socket.all('member_removed'), ...socket.all('new_message')]).toEqual([]);
    }
    const { error } = await first.emit('typing', { conversationId, isTyping: true });
    expect(error?.code).toBe('ROOM_NOT_JOINED');
  });

  it('is refused whatever it sends, and joins again once it was added again', async ({
    steps,
    server,
    connect,
    owner,
    member,
    conversationId,
  }) => {
    const socket = await connect(member);
    await socket.emit('send_message', { conversationId, content: 'before' });
    await steps.remove(conversationId, member.id);
    const codes = [
      await socket.emit('send_message', { conversationId, content: 'after' }),
      await socket.emit('mark_read', { conversationId, seq: 1 }),
      await socket.emit('join_room', { conversationId }),
    ].map(({ error }) => error?.code);
    expect(codes).toEqual(Array(3).fill('NOT_CONVERSATION_MEMBER'));
    expect((await steps.remove(conversationId, member.id)).body.code).toBe('MEMBER_NOT_FOUND');
    await server.call('POST', `/chat/conversations/${conversationId}/members`, {
      token: owner.token,
      body: { userId: member.id },
    });
    expect((await socket.emit('join_room', { conversationId })).data).toMatchObject({ lastSeq: 1, rev: 3 });
    expect(socket.all('conversation_added')).toMatchObject([{ me: { lastReadSeq: 1, unreadCount: 0 } }]);
  });
});

describe('an owner who leaves', () => {
  it('makes the oldest member the owner, in the same event', async ({
    steps,
    server,
    connect,
    owner,
    member,
    conversationId,
  }) => {
    const socket = await connect(member);
    await socket.emit('join_room', { conversationId });
    expect((await steps.remove(conversationId, owner.id)).status).toBe(204);
    await socket.settle();
    expect(socket.all('member_removed')).toEqual([
      { conversationId, rev: 1, userId: owner.id, actorId: owner.id, reason: 'left', heirId: member.id },
    ]);
    const { body } = await server.call('GET', `/chat/conversations/${conversationId}`, {
      token: member.token,
    });
    expect(body).toMatchObject({ memberCount: 1, me: { role: 'owner' }, members: [{ userId: member.id }] });
  });
});

describe('a conversation that is deleted', () => {
  it.for(['DELETE', 'the last member who leaves'])(
    'by %s is gone for everybody, who hear it on all sockets',
    async (how, { steps, server, connect, owner, member, conversationId }) => {
      const isDeleted = how === 'DELETE';
      const [owners, members] = [await connect(owner), await connect(member)];
      for (const socket of [owners, members]) await socket.emit('join_room', { conversationId });
      if (!isDeleted) await steps.remove(conversationId, member.id, member.token);
      const answer = await (isDeleted
        ? steps.deleteConversation(conversationId)
        : steps.remove(conversationId, owner.id));
      expect(answer.status).toBe(204);
      await Promise.all([owners, members].map((socket) => socket.settle()));
      expect(owners.all('conversation_removed')).toEqual([{ conversationId, reason: 'deleted' }]);
      expect(members.all('conversation_removed')).toEqual([
        { conversationId, reason: isDeleted ? 'deleted' : 'left' },
      ]);
      for (const path of ['', '/members', '/messages', '/messages/window?around=1', '/changes']) {
        const { status, body } = await server.call('GET', `/chat/conversations/${conversationId}${path}`, {
          token: owner.token,
        });
        expect([path, status, body.code]).toEqual([path, 404, 'CONVERSATION_NOT_FOUND']);
      }
      expect((await steps.say(conversationId)).body.code).toBe('CONVERSATION_NOT_FOUND');
      expect((await steps.deleteConversation(conversationId)).body.code).toBe('CONVERSATION_NOT_FOUND');
      const { data } = (await server.call('GET', '/chat/conversations', { token: owner.token })).body;
      expect(data.map(({ id }) => id)).not.toContain(conversationId);
      const { error } = await owners.emit('join_room', { conversationId });
      expect(error?.code).toBe('CONVERSATION_NOT_FOUND');
    },
  );
});
