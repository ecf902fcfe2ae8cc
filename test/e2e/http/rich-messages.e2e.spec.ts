import { describe, expect } from 'vitest';
import { apiTest } from '../../support/api-test.js';
import { refusal } from './support.js';

const UNKNOWN_ID = '0199d0a2-6c1e-7000-8000-0000000000c1';

const it = apiTest
  .extend('conversationId', ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend(
    'send',
    ({ server, owner, conversationId }) =>
      (body: object, token = owner.token) =>
        server.call('POST', `/chat/conversations/${conversationId}/messages`, { token, body }),
  );

describe('what is sent besides the text', () => {
  it('is answered, emitted and read as one, over HTTP and sockets', async ({
    server,
    connect,
    send,
    owner,
    member,
    stranger,
    conversationId,
  }) => {
    const [socket, listener] = [await connect(owner), await connect(member)];
    await listener.emit('join_room', { conversationId });
    const target = (await send({ content: '👩'.repeat(201) })).body;
    const extras = {
      replyToId: target.id.toUpperCase(),
      mentions: [member.id.toUpperCase(), member.id, stranger.id],
      mentionsAll: true,
      metadata: { constructor: { prototype: null }, toString: [1.5] },
    };
    const overHttp = (await send({ content: 'Hello!', ...extras })).body;
    const { data } = await socket.emit('send_message', { conversationId, content: 'Hello!', ...extras });
    const shown = {
      replyTo: { id: target.id, seq: 1, senderId: owner.id, excerpt: '👩'.repeat(200) },
      mentions: [member.id],
      mentionsAll: true,
      metadata: extras.metadata,
    };
    expect(overHttp).toMatchObject({ ...shown, seq: 2 });
    expect(data).toMatchObject({ message: { ...shown, seq: 3 } });
    await listener.settle();
    expect(listener.all('new_message').slice(1)).toEqual([overHttp, data?.message]);
    const { body } = await server.call('GET', `/chat/conversations/${conversationId}/messages`, {
      token: member.token,
    });
    expect(body.data.slice(0, 2)).toEqual([data?.message, overHttp]);
    const { body: changes } = await server.call('GET', `/chat/conversations/${conversationId}/changes`, {
      token: member.token,
    });
    expect(changes.data.slice(1)).toEqual([overHttp, data?.message]);
    expect(changes.conversation.lastMessage).toEqual(data?.message);
  });

  it.for([
    ['mentions', { mentions: [] }],
    ['mentionsAll', { mentionsAll: false }],
    ['metadata', { metadata: {} }],
  ] as const)('%s that say nothing are a plain message', async ([name, extras], { send }) => {
    const plain = (await send({ content: 'Hello!', clientMessageId: 'once' })).body;
    expect(plain).not.toHaveProperty(name);
    const repeat = await send({ content: 'Hello!', clientMessageId: 'once', ...extras });
    expect([repeat.status, repeat.body]).toEqual([200, plain]);
  });

  it('a key that would be a prototype is data, over HTTP and sockets', async ({
    send,
    connect,
    owner,
    conversationId,
  }) => {
    const metadata = JSON.parse('{"a":{"__proto__":{"b":1}}}') as object;
    const kept = '"metadata":{"a":{"__proto__":{"b":1}}}';
    const sent = { content: 'Hello!', clientMessageId: 'once', metadata };
    const answer = await send(sent);
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([201, expect.stringContaining(kept)]);
    const socket = await connect(owner);
    const { data } = await socket.emit('send_message', { conversationId, ...sent });
    expect([data?.duplicate, JSON.stringify(data)]).toEqual([true, expect.stringContaining(kept)]);
    expect((await send({ ...sent, metadata: { a: {} } })).status).toBe(409);
  });

  it.for([
    ['replyToId', 'x', 400, 'VALIDATION_FAILED'],
    ['replyToId', '__proto__', 400, 'VALIDATION_FAILED'],
    ['replyToId', UNKNOWN_ID, 404, 'MESSAGE_NOT_FOUND'],
    ['mentions', Array<string>(51).fill(UNKNOWN_ID), 400, 'VALIDATION_FAILED'],
    ['mentions', ['constructor'], 400, 'VALIDATION_FAILED'],
    ['mentionsAll', true, 403, 'CANNOT_MENTION_ALL'],
    ['metadata', { a: 'x'.repeat(4_096) }, 400, 'VALIDATION_FAILED'],
    ['metadata', { 'a\0': 1 }, 400, 'VALIDATION_FAILED'],
  ] as const)(
    '%s %j is refused with %i %s, and nothing is stored or emitted',
    async ([name, value, status, code], { send, connect, owner, member, conversationId }) => {
      const [socket, listener] = [await connect(member), await connect(owner)];
      await listener.emit('join_room', { conversationId });
      expect(refusal(await send({ content: 'Hello!', [name]: value }, member.token))).toBe(
        `${status} ${code}`,
      );
      const { error } = await socket.emit('send_message', {
        conversationId,
        content: 'Hello!',
        [name]: value,
      });
      expect(error).toMatchObject({ statusCode: status, code });
      await listener.settle();
      expect(listener.all('new_message')).toEqual([]);
      expect((await send({ content: 'next' })).body.seq).toBe(1);
    },
  );
});
