import { randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import { apiTest } from '../../support/api-test.js';
import { refusal } from './support.js';

const it = apiTest
  .extend('conversationId', ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend('steps', ({ server, owner, member, conversationId }) => {
    const call = (method: string, path: string, { token } = member, body?: object) =>
      server.call(method, `/chat/conversations/${conversationId}${path}`, { token, ...(body && { body }) });
    return {
      call,
      say: async (body: object, by = member) => (await call('POST', '/messages', by, body)).body,
      edit: (id: string, body: object, by = member) => call('PATCH', `/messages/${id}`, by, body),
      remove: (id: string, by = member) => call('DELETE', `/messages/${id}`, by),
      pin: (method: 'PUT' | 'DELETE', id: string, by = owner) => call(method, `/messages/${id}/pin`, by),
    };
  });

describe('PATCH /chat/conversations/:id/messages/:messageId', () => {
  it('changes what everybody reads, and the room hears of it', async ({
    steps,
    connect,
    owner,
    member,
    conversationId,
  }) => {
    const socket = await connect(owner);
    await socket.emit('join_room', { conversationId });
    const sent = await steps.say({ content: 'Helo!' });
    const { status, body } = await steps.edit(sent.id, { content: 'Hello! 😀', expectedRev: 1 });
    expect(status).toBe(200);
    const message = { ...sent, content: 'Hello! 😀', rev: 2, editedAt: expect.any(String) };
    expect(body).toEqual({ message });
    const [event] = await socket.waitFor('message_updated', 1);
    const change = { conversationId, rev: 2, change: 'edited', actorId: member.id };
    expect(event).toEqual({ ...change, message: body['message'] });
    for (const [path, read] of [
      [`/messages/${sent.id}`, ({ message: found }) => found],
      ['/messages', ({ data }) => data?.[0]],
      ['/messages/window?around=1', ({ data }) => data?.[0]],
      ['/changes?since=1', ({ data }) => data?.[0]],
      ['', ({ lastMessage }) => lastMessage],
    ] as const satisfies readonly [string, (found: Record<string, never>) => unknown][])
      expect(read((await steps.call('GET', path, owner)).body as never)).toEqual(message);
    const versions = await steps.call('GET', `/messages/${sent.id}/versions`, owner);
    const validUntil = (event as { message: { editedAt: string } }).message.editedAt;
    expect(versions.body).toEqual({ data: [{ version: 1, content: 'Helo!', validUntil }], nextCursor: null });
    expect(refusal(await steps.call('GET', '/messages/x'))).toBe('400 VALIDATION_FAILED');
  });

  it.for([{}, { content: '' }, { content: 1 }, { content: 'a\0' }, { text: 'a' }, { expectedRev: 1 }])(
    'refuses %j',
    async (body, { steps }) => {
      const { id } = await steps.say({ content: 'Hello!' });
      expect(refusal(await steps.edit(id, body))).toBe('400 VALIDATION_FAILED');
    },
  );

  it('of two edits that have seen the same message one is stored, and the other is refused', async ({
    steps,
  }) => {
    const { id, rev: expectedRev } = await steps.say({ content: 'Hello!' });
    const edits = ['one', 'other', 'third'].map((content) => steps.edit(id, { content, expectedRev }));
    const statuses = (await Promise.all(edits)).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    const { body } = await steps.call('GET', `/messages/${id}`);
    expect(body['message']).toMatchObject({ rev: 2 });
  });
});

describe('DELETE /chat/conversations/:id/messages/:messageId', () => {
  it('leaves the place', async ({ steps, connect, owner, member, conversationId }) => {
    const socket = await connect(owner);
    const [first] = [await steps.say({ content: 'first' })];
    const sent = await steps.say({
      content: 'Hello!',
      clientMessageId: 'one',
      replyToId: first.id,
      mentions: [owner.id],
      metadata: { colour: 'blue' },
    });
    await steps.pin('PUT', sent.id);
    await socket.emit('join_room', { conversationId });
    expect((await steps.remove(sent.id, owner)).status).toBe(204);
    const [event] = await socket.waitFor('message_updated', 1);
    const { replyTo, mentions: _, metadata: __, ...plain } = sent;
    const tombstone = {
      ...plain,
      content: '',
      rev: 4,
      replyTo,
      deletedAt: expect.any(String),
      deletedBy: owner.id,
    };
    const change = { conversationId, rev: 4, change: 'deleted', actorId: owner.id };
    expect(event).toEqual({ ...change, message: tombstone });
    const { body: page } = await steps.call('GET', '/messages', owner);
    expect(page).toMatchObject({ total: 2, data: [tombstone, { content: 'first' }] });
    const { body: detail } = await steps.call('GET', '', owner);
    // A deleted message counts as unread as before.
    expect(detail).toMatchObject({ lastMessage: tombstone, lastSeq: 2, rev: 4, me: { unreadCount: 2 } });
    expect((await steps.call('GET', '/pins')).body).toEqual({ data: [], nextCursor: null });
    const versions = await steps.call('GET', `/messages/${sent.id}/versions`, owner);
    expect(versions.body).toEqual({ data: [], nextCursor: null });
    expect((await steps.remove(sent.id)).status).toBe(204);
    expect(refusal(await steps.edit(sent.id, { content: 'Back' }))).toBe('409 MESSAGE_DELETED');
    expect((await steps.call('GET', `/messages/${sent.id}`, member)).body).toEqual({ message: tombstone });
  });

  it.for(['Hello!', 'Another content'])(
    'a repeat of the send of a deleted message, with the content %j, is answered with what is left',
    async (content, { steps, connect, owner, conversationId }) => {
      const sent = await steps.say({ content: 'Hello!', clientMessageId: 'one' });
      await steps.remove(sent.id);
      const socket = await connect(owner);
      await socket.emit('join_room', { conversationId });
      const again = await steps.call('POST', '/messages', undefined, { content, clientMessageId: 'one' });
      expect(again).toMatchObject({
        status: 200,
        body: { id: sent.id, content: '', seq: 1, rev: 2, deletedAt: expect.any(String) },
      });
      await socket.settle();
      expect(socket.all('new_message')).toEqual([]);
      expect((await steps.call('GET', '/messages')).body).toMatchObject({ total: 1 });
    },
  );

  it('a repeat of the send of an edited message is compared with what was first sent', async ({ steps }) => {
    const sent = await steps.say({ content: 'Hello!', clientMessageId: 'one' });
    await steps.edit(sent.id, { content: 'Edited' });
    const repeat = (content: string) =>
      steps.call('POST', '/messages', undefined, { content, clientMessageId: 'one' });
    expect(await repeat('Hello!')).toMatchObject({
      status: 200,
      body: { id: sent.id, content: 'Edited', rev: 2 },
    });
    expect(refusal(await repeat('Edited'))).toBe('409 CLIENT_MESSAGE_ID_REUSED');
  });

  it('a reply to a deleted message shows that it is', async ({ steps }) => {
    const target = await steps.say({ content: 'Hello!' });
    await steps.say({ content: 'reply', replyToId: target.id });
    await steps.remove(target.id);
    const { body } = await steps.call('GET', '/messages?limit=1');
    expect(body.data[0]).toMatchObject({
      replyTo: { id: target.id, seq: 1, excerpt: '', deletedAt: expect.any(String) },
    });
  });
});

describe('pins', () => {
  it('are shown with the message, and listed, the last one first', async ({
    steps,
    connect,
    member,
    owner,
    conversationId,
  }) => {
    const socket = await connect(member);
    await socket.emit('join_room', { conversationId });
    const ids = [];
    for (const content of ['1', '2', '3']) ids.push((await steps.say({ content })).id);
    for (const id of ids) expect((await steps.pin('PUT', id)).status).toBe(200);
    const events = await socket.waitFor('message_updated', 1);
    expect(events).toMatchObject([
      {
        change: 'pin',
        actorId: owner.id,
        rev: 4,
        message: { pinnedAt: expect.any(String), pinnedBy: owner.id },
      },
    ]);
    const { body: page } = await steps.call('GET', '/pins?limit=2');
    expect(page.data.map(({ content }) => content)).toEqual(['3', '2']);
    const { body: rest } = await steps.call('GET', `/pins?limit=2&cursor=${page.nextCursor}`);
    expect(rest).toMatchObject({ data: [{ content: '1' }], nextCursor: null });
    const { body: unpinned } = await steps.pin('DELETE', ids[1] ?? '');
    expect(unpinned['message']).not.toHaveProperty('pinnedAt');
    expect((await steps.call('GET', '/pins')).body.data).toHaveLength(2);
    expect(refusal(await steps.pin('PUT', randomUUID()))).toBe('404 MESSAGE_NOT_FOUND');
  });
});
