import { expect } from 'vitest';
import { apiTest } from '../../support/api-test.js';
import { sendMessages } from '../http/support.js';
import { loadDocument, operationsOf } from './api-document.js';

const CANARY = 'canary-hidden';
/** The ways in which messages come to be hidden from a member. */
const WAYS = ['cleared', 'sent before joining'] as const;
/** Further queries of some operations. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  'GET /chat/conversations': ['?archived=false', '?type=group&pinned=false'],
  'GET /chat/conversations/{id}/changes': [
    '?since=0&limit=500',
    '?since=2',
    '?since=0&events=true',
    '?since=1&limit=2&events=true',
  ],
  'GET /chat/conversations/{id}/messages': [
    '?page=1&limit=1',
    '?page=2&limit=1',
    '?page=3',
    '?around=1',
    '?before=4',
  ],
  'GET /chat/conversations/{id}/messages/window': [
    '?around=1',
    '?before=3',
    '?before=99',
    '?after=0',
    '?after=2',
    '?around=1&events=true',
    '?before=4&events=true',
    '?after=0&events=true',
  ],
  'GET /chat/unread': ['?exact=true'],
  'GET /users': ['?search=a'],
};

const it = apiTest
  .extend('conversationId', ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend('hide', ({ server, owner, member, conversationId }) => async (way: (typeof WAYS)[number]) => {
    const path = `/chat/conversations/${conversationId}`;
    const hidden: string[] = [];
    for (let n = 1; n <= 3; n += 1) {
      const { body } = await server.call('POST', `${path}/messages`, {
        token: owner.token,
        body: { content: `${CANARY} ${n}`, mentions: [member.id], mentionsAll: true },
      });
      hidden.push(body.id);
    }
    const thread = await server.call('PUT', `${path}/messages/${hidden[0]}/thread`, { token: owner.token });
    const threadId: string = thread.body.id;
    const reply = await server.call('POST', `/chat/conversations/${threadId}/messages`, {
      token: owner.token,
      body: { content: `${CANARY} reply`, mentions: [member.id], mentionsAll: true },
    });
    hidden.push(reply.body.id);
    if (way === 'cleared') await server.call('POST', `${path}/clear`, { token: member.token });
    else {
      const members = `${path}/members`;
      await server.call('DELETE', `${members}/${member.id}`, { token: owner.token });
      const body = { userId: member.id, history: 'none' };
      await server.call('POST', members, { token: owner.token, body });
    }
    return { hidden, threadId };
  });

it.for(WAYS)(
  'a message that was %s is in no answer of that member, and in those of the others',
  async (way, { server, owner, member, conversationId, hide }) => {
    const { hidden, threadId } = await hide(way);
    const operations = operationsOf(await loadDocument(server)).filter(({ key }) => key.startsWith('GET /'));
    const ask = async ({ token }: { token: string }) => {
      const found: string[] = [];
      for (const { key, path } of operations) {
        for (const query of ['', ...(QUERIES[key] ?? [])]) {
          const ids = path.includes('{id}') ? [conversationId, threadId] : [''];
          const places = ids.flatMap((id) =>
            (path.includes('{messageId}') ? hidden : ['']).map((message) => ({ id, message })),
          );
          for (const { id, message } of places) {
            const place = path.replace('{messageId}', message).replace('{id}', id) + query;
            const response = await fetch(server.url + place, {
              headers: { authorization: `Bearer ${token}` },
            });
            const text = await response.text();
            const isShown = text.includes(CANARY) || text.includes(`"${threadId}"`);
            if (isShown || (message !== '' && response.status === 200)) found.push(place);
          }
        }
      }
      return found;
    };
    const shown = async () => [await ask(member), (await ask(owner)).length];
    expect(await shown()).toEqual([[], expect.toSatisfy((count: number) => count > 12)]);
    await sendMessages(server, owner, conversationId, 2);
    const { token } = member;
    const seen = await server.call('GET', `/chat/conversations/${conversationId}/messages`, { token });
    expect(seen).toMatchObject({ status: 200, body: { total: 2 } });
    expect(await shown()).toEqual([[], expect.toSatisfy((count: number) => count > 6)]);
  },
);

it.for(WAYS)(
  'a message that was %s is in no acknowledgement and no event of that member',
  async (way, { server, owner, member, conversationId, hide, connect }) => {
    const [mine, others] = [await connect(member), await connect(owner)];
    const { hidden, threadId } = await hide(way);
    const announced = way === 'cleared' ? ['me_updated'] : ['conversation_removed', 'conversation_added'];
    for (const event of announced) await mine.waitFor(event, 1);
    await others.emit('join_room', { conversationId });
    const refused = [
      await mine.emit('join_room', { conversationId: threadId }),
      await mine.emit('mark_read', { conversationId: threadId, seq: 1 }),
      await mine.emit('typing', { conversationId: threadId, isTyping: true }),
      await mine.emit('send_message', { conversationId: threadId, content: 'mine' }),
    ].map(({ error }) => error?.code);
    const gone = 'CONVERSATION_NOT_FOUND';
    expect(refused).toEqual([gone, gone, 'ROOM_NOT_JOINED', gone]);
    const answers = [
      await mine.emit('join_room', { conversationId }),
      await mine.emit('join_all'),
      await mine.emit('mark_read', { conversationId, seq: 2 }),
      await mine.emit('typing', { conversationId, isTyping: true }),
      await mine.emit('send_message', { conversationId, content: 'mine' }),
    ];
    const token = member.token;
    const path = `/chat/conversations/${conversationId}`;
    for (const body of [{ pinned: true, lastReadSeq: 0 }, { archived: true }]) {
      answers.push((await server.call('PATCH', `${path}/me`, { token, body })).body as never);
    }
    await server.call('POST', `/chat/conversations/${threadId}/messages`, {
      token: owner.token,
      body: { content: `${CANARY} later`, mentions: [member.id] },
    });
    await sendMessages(server, owner, conversationId, 1);
    await mine.waitFor('new_message', 2);
    await mine.settle();
    const told = JSON.stringify([answers, mine.everything()]);
    expect(told).not.toContain(CANARY);
    expect([...hidden, threadId].filter((id) => told.includes(id))).toEqual([]);
    expect(answers[0]).toMatchObject({ ok: true });
  },
);

it('nor in the answers of writes: to the conversation, by an invite, and to a direct one', async ({
  server,
  owner,
  member,
  conversationId,
  hide,
}) => {
  await hide('sent before joining');
  const late = await server.signUp();
  const path = `/chat/conversations/${conversationId}`;
  const call = (method: string, url: string, { token }: { token: string }, body?: object) =>
    server.call(method, url, { token, ...(body && { body }) });
  await call('PATCH', `${path}/members/${member.id}`, owner, { role: 'admin' });
  const invite = { expiresInSeconds: 60, maxUses: 1, history: 'none' };
  const { body: made } = await call('POST', `${path}/invites`, owner, invite);
  const direct = (user: typeof member, other: typeof member) =>
    call('PUT', `/chat/conversations/direct/${other.id}`, user);
  const { body: opened } = await direct(owner, member);
  await call('POST', `/chat/conversations/${opened.id}/messages`, owner, { content: CANARY });
  expect(JSON.stringify(await direct(member, owner))).toContain(CANARY);
  await call('POST', `/chat/conversations/${opened.id}/clear`, member);
  const answers = [
    await call('PATCH', path, member, { title: 'New' }),
    await call('POST', `/chat/invites/${made.token}/join`, late),
    await call('GET', `${path}/messages`, late),
    await call('GET', `${path}/changes?since=0&events=true`, late),
    await direct(member, owner),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(JSON.stringify(answers)).not.toContain(CANARY);
});
