import { describe, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { refusal, UNKNOWN_ID } from './support.js';

const FAMILY = '👨\u200d👩\u200d👧\u200d👦';
const LONGEST = '❤\ufe0f'.repeat(32);

const it = apiTest
  .extend('variables', PER_FILE, { THROTTLE_REACTIONS_LIMIT: '200', THROTTLE_GLOBAL_LIMIT: '1000' })
  .extend('conversationId', ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend('place', async ({ server, owner, conversationId }) => {
    const path = `/chat/conversations/${conversationId}/messages`;
    const { body } = await server.call('POST', path, { token: owner.token, body: { content: 'Hello!' } });
    return { path, messageId: body.id, reactions: `${path}/${body.id}/reactions` };
  });

describe('reactions over HTTP', () => {
  it('are answered, emitted and read as one; the own ones only to their user', async ({
    server,
    connect,
    owner,
    member,
    conversationId,
    place: { path, messageId, reactions },
  }) => {
    const [listener, device] = [await connect(owner), await connect(member)];
    await listener.emit('join_room', { conversationId });
    const { status, body } = await server.call(
      'PUT',
      `${reactions}/${encodeURIComponent('❤\ufe0f')}`,
      member,
    );
    expect(status).toBe(200);
    const kind = { emoji: '❤\ufe0f', count: 1, userIds: [member.id] };
    expect(body).toMatchObject({
      message: { id: messageId, rev: 2, reactions: [kind] },
      own: { reactions: { [messageId]: ['❤\ufe0f'] } },
    });
    const [updated] = await listener.waitFor('message_updated', 1);
    expect(updated).toEqual({
      conversationId,
      rev: 2,
      change: 'reactions',
      actorId: member.id,
      message: body.message,
      delta: [{ userId: member.id, emoji: '❤\ufe0f', added: true }],
    });
    const [mine] = await device.waitFor('me_updated', 1);
    expect(mine).toEqual({
      conversationId,
      own: { reactions: { [messageId]: ['❤\ufe0f'] }, revs: { [messageId]: 2 } },
    });
    const reads = [path, `${path}?around=1`, `${path}/${messageId}`];
    const changes = `/chat/conversations/${conversationId}/changes`;
    for (const read of [...reads, `${path}/window?around=1`, changes, `${changes}?events=true`]) {
      const [own, other] = [await server.call('GET', read, member), await server.call('GET', read, owner)];
      expect(own.body.own).toEqual(body.own);
      expect(other.body).not.toHaveProperty('own');
      expect(JSON.stringify([own.body, other.body])).not.toContain('ownReactions');
    }
    const edited = await server.call('PATCH', `${path}/${messageId}`, {
      token: owner.token,
      body: { mentionsAll: true },
    });
    expect(edited.body).not.toHaveProperty('own');
    const pinned = await server.call('PUT', `${path}/${messageId}/pin`, owner);
    expect(pinned.body).not.toHaveProperty('own');
    for (const list of [`/chat/conversations/${conversationId}/pins`, '/chat/mentions']) {
      const [own, other] = [await server.call('GET', list, member), await server.call('GET', list, owner)];
      expect(own.body).toMatchObject({ data: [{ id: messageId }], own: body.own });
      expect(other.body).toMatchObject({ data: [{ id: messageId }] });
      expect(other.body).not.toHaveProperty('own');
      expect(JSON.stringify([own.body, other.body])).not.toContain('ownReactions');
    }
    await server.call('PUT', `${reactions}/x`, owner);
    const unpinned = await server.call('DELETE', `${path}/${messageId}/pin`, owner);
    expect(unpinned.body.own).toEqual({ reactions: { [messageId]: ['x'] } });
  });

  it('a repeat, and taking back what is not there, change nothing', async ({
    server,
    member,
    place: { reactions },
  }) => {
    const first = await server.call('PUT', `${reactions}/x`, member);
    expect(await server.call('PUT', `${reactions}/x`, member)).toMatchObject({
      status: 200,
      body: first.body,
    });
    expect((await server.call('DELETE', `${reactions}/y`, member)).body).toEqual(first.body);
    const taken = await server.call('DELETE', `${reactions}/x`, member);
    expect(taken.body.message).toMatchObject({ rev: 3 });
    expect(taken.body.message).not.toHaveProperty('reactions');
    expect(taken.body).not.toHaveProperty('own');
  });

  it.for([FAMILY, LONGEST, ':ship:', '__proto__', 'constructor', 'a%2Fb', '...', '?', '#', '\u00e9'])(
    'takes %s as it is',
    async (emoji, { server, member, place: { reactions, messageId } }) => {
      const { status, body } = await server.call('PUT', `${reactions}/${encodeURIComponent(emoji)}`, member);
      expect(status).toBe(200);
      expect(body.message.reactions).toEqual([{ emoji, count: 1, userIds: [member.id] }]);
      expect(body.own.reactions).toEqual({ [messageId]: [emoji] });
      const listed = await server.call('GET', `${reactions}?emoji=${encodeURIComponent(emoji)}`, member);
      expect(listed.body.data).toMatchObject([{ userId: member.id, emoji }]);
      const taken = await server.call('DELETE', `${reactions}/${encodeURIComponent(emoji)}`, member);
      expect(taken.body.message).not.toHaveProperty('reactions');
    },
  );

  it.for([
    'a%2Fb',
    '%2F',
    'a%20b',
    '%0A',
    '%00',
    '%E2%80%8B',
    '%EF%B8%8F',
    '%2E%EF%B8%8F',
    '%E2%80%AEabc',
    'a'.repeat(33),
  ])('refuses %s', async (encoded, { server, member, place: { reactions } }) => {
    for (const [method, path] of [
      ['PUT', `${reactions}/${encoded}`],
      ['DELETE', `${reactions}/${encoded}`],
      ['DELETE', `${reactions}/${encoded}/${member.id}`],
      ['GET', `${reactions}?emoji=${encoded}`],
    ] as const) {
      expect(refusal(await server.call(method, path, member))).toBe('400 VALIDATION_FAILED');
    }
  });

  it.for(['%zz', '%ED%A0%80', '%FF'])('%s is no text', async (encoded, { server, member, place }) => {
    const { status } = await server.call('PUT', `${place.reactions}/${encoded}`, member);
    expect(status).toBe(400);
  });

  it('members see who has reacted; a stranger sees nothing', async ({
    server,
    owner,
    member,
    stranger,
    place: { path, reactions },
  }) => {
    for (const emoji of ['a', 'b']) {
      for (const user of [owner, member]) await server.call('PUT', `${reactions}/${emoji}`, user);
    }
    const first = await server.call('GET', `${reactions}?limit=3`, member);
    const cursor = first.body.nextCursor;
    const second = await server.call('GET', `${reactions}?limit=3&cursor=${cursor}`, member);
    expect([...first.body.data, ...second.body.data].map(({ emoji }) => emoji)).toEqual(['a', 'a', 'b', 'b']);
    expect(second.body.nextCursor).toBeNull();
    expect(refusal(await server.call('GET', reactions, stranger))).toBe('403 NOT_CONVERSATION_MEMBER');
    expect(refusal(await server.call('PUT', `${reactions}/a`, stranger))).toBe('403 NOT_CONVERSATION_MEMBER');
    const nowhere = `${path}/${UNKNOWN_ID}/reactions`;
    expect(refusal(await server.call('GET', nowhere, member))).toBe('404 MESSAGE_NOT_FOUND');
    expect(refusal(await server.call('PUT', `${nowhere}/a`, member))).toBe('404 MESSAGE_NOT_FOUND');
  });

  it('the owner removes what somebody has reacted, whose devices learn of it', async ({
    server,
    connect,
    owner,
    member,
    conversationId,
    place: { messageId, reactions },
  }) => {
    await server.call('PUT', `${reactions}/a`, member);
    const device = await connect(member);
    expect(refusal(await server.call('DELETE', `${reactions}/a/${owner.id}`, member))).toBe(
      '403 CANNOT_REMOVE_REACTION',
    );
    expect((await server.call('DELETE', `${reactions}/a/${member.id}`, owner)).status).toBe(204);
    expect((await server.call('DELETE', `${reactions}/a/${member.id}`, owner)).status).toBe(204);
    // At most one a second: what was reacted before may come with it, and updates of other conversations before it.
    let own: { reactions: object; revs: object } | undefined;
    for (let count = 1; count < 50 && !(own && Object.values(own.revs).includes(3)); count += 1) {
      const updates = await device.waitFor<{ conversationId: string; own?: typeof own }>('me_updated', count);
      own = updates.findLast((update) => update.conversationId === conversationId && update.own)?.own;
    }
    expect(own).toEqual({ reactions: { [messageId]: [] }, revs: { [messageId]: 3 } });
  });
});
