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
    ['what is no id', 'replyToId', 'x', 400, 'VALIDATION_FAILED'],
    ['a prototype', 'replyToId', '__proto__', 400, 'VALIDATION_FAILED'],
    ['an unknown id', 'replyToId', UNKNOWN_ID, 404, 'MESSAGE_NOT_FOUND'],
    ['51 ids', 'mentions', Array<string>(51).fill(UNKNOWN_ID), 400, 'VALIDATION_FAILED'],
    ['what is no id', 'mentions', ['constructor'], 400, 'VALIDATION_FAILED'],
    ['a member', 'mentionsAll', true, 403, 'CANNOT_MENTION_ALL'],
    ['4 KiB and more', 'metadata', { a: 'x'.repeat(4_096) }, 400, 'VALIDATION_FAILED'],
    ['U+0000', 'metadata', { 'a\0': 1 }, 400, 'VALIDATION_FAILED'],
  ] as const)(
    'with %s %s is refused with $3 $4, and nothing is stored or emitted',
    async ([, name, value, status, code], { send, connect, owner, member, conversationId }) => {
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

describe('what is edited besides the text', () => {
  it('is answered and emitted, and who is mentioned no more is not told so', async ({
    server,
    connect,
    send,
    owner,
    member,
    stranger,
    conversationId,
  }) => {
    const listener = await connect(member);
    await listener.emit('join_room', { conversationId });
    const { body: sent } = await send({ content: 'Hello!', mentions: [member.id], metadata: { a: 1 } });
    const path = `/chat/conversations/${conversationId}`;
    const read = async () => (await server.call('GET', path, { token: member.token })).body.me;
    const me = async () => Object(await read()).mentionCount as number | undefined;
    expect(await me()).toBe(1);
    const edit = (body: object) =>
      server.call('PATCH', `${path}/messages/${sent.id}`, { token: owner.token, body });
    const { status, body } = await edit({ mentions: [], metadata: { b: 2 } });
    expect([status, body.message]).toMatchObject([200, { content: 'Hello!', metadata: { b: 2 }, rev: 2 }]);
    expect(body.message).not.toHaveProperty('mentions');
    expect(await me()).toBeUndefined();
    const [updated] = await listener.waitFor('message_updated', 1);
    expect(updated).toMatchObject({ change: 'edited', message: { id: sent.id, metadata: { b: 2 } } });
    expect((await edit({ mentions: [], metadata: { b: 2 } })).body).toMatchObject({ message: { rev: 2 } });
    expect((await edit({ mentionsAll: true })).body).toMatchObject({
      message: { rev: 3, mentionsAll: true },
    });
    expect(await me()).toBe(1);
    // Who is not a member is not mentioned: this changes nothing.
    expect((await edit({ mentions: [stranger.id, UNKNOWN_ID] })).body).toMatchObject({ message: { rev: 3 } });
    expect(refusal(await edit({ replyToId: sent.id }))).toBe('400 VALIDATION_FAILED');
    const { body: listed } = await server.call('GET', '/chat/mentions', { token: member.token });
    const here = listed.data.filter((mention) => mention.conversationId === conversationId);
    expect(here).toMatchObject([{ id: sent.id, rev: 3 }]);
  });

  it('of a message is still known by its repeats', async ({ server, send, owner, conversationId }) => {
    const message = { content: 'Hello!', clientMessageId: 'once', metadata: { a: 1 } };
    const { body: sent } = await send(message);
    const path = `/chat/conversations/${conversationId}/messages/${sent.id}`;
    const { body: edited } = await server.call('PATCH', path, {
      token: owner.token,
      body: { content: 'Edited', metadata: { a: 2 }, mentionsAll: true },
    });
    const repeat = await send(message);
    expect([repeat.status, repeat.body]).toEqual([200, edited.message]);
    expect((await send({ ...message, metadata: { a: 2 } })).status).toBe(409);
    await server.call('DELETE', path, { token: owner.token });
    const tombstone = await send(message);
    expect([tombstone.status, tombstone.body]).toMatchObject([200, { content: '', deletedBy: owner.id }]);
  });
});
