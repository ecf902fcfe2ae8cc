import { expect, vi } from 'vitest';
import { proxiedTest as test } from '../../support/proxied-test.js';

test.for(['socket', 'HTTP'])(
  'a message sent over %s whose commit was not answered: 503, then the room receives it once, and a retry finds it',
  async (transport, { server, connect, owner, proxy }) => {
    const conversationId = await server.createConversation(owner);
    const [sender, listener] = await Promise.all([connect(owner), connect(owner)]);
    for (const socket of [sender, listener]) await socket.emit('join_room', { conversationId });
    const send = async () => {
      const body = { content: 'hello', clientMessageId: 'retry' };
      if (transport === 'socket') {
        const { ok, data, error } = await sender.emit('send_message', { conversationId, ...body });
        return {
          code: error?.code,
          outcome: error?.outcome,
          message: data?.message,
          fresh: ok && !data.duplicate,
        };
      }
      const path = `/chat/conversations/${conversationId}/messages`;
      const answer = await server.call('POST', path, { token: owner.token, body });
      const { code, outcome } = answer.body;
      return { code, outcome, message: answer.body, fresh: answer.status === 201 };
    };

    const cut = proxy.cutAt('store_messages_3', 'after');
    expect(await send()).toMatchObject({ code: 'UNAVAILABLE', outcome: 'unknown' });
    await cut;
    proxy.reopen();
    const [received] = await listener.waitFor('new_message', 1);
    expect(received).toMatchObject({ content: 'hello', seq: 1, rev: 1 });

    const retried = await vi.waitUntil(
      async () => {
        const answer = await send();
        return answer.code !== 'UNAVAILABLE' && answer;
      },
      { interval: 5, timeout: 10_000 },
    );
    expect(retried).toMatchObject({ message: received, fresh: false });
    // Over a socket `error` has the same fields.
    const failure = {
      code: 'UNAVAILABLE',
      outcome: 'unknown',
      event: 'send_message',
      clientMessageId: 'retry',
    };
    expect(sender.all('error').slice(0, 1)).toMatchObject(transport === 'socket' ? [failure] : []);
    for (const socket of [sender, listener]) {
      await socket.settle();
      expect(socket.all('new_message')).toEqual([received]);
      socket.close();
    }
  },
);
