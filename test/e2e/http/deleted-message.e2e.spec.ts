import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { columnsWith } from '../../support/columns-with.js';
import { WatchedLog } from '../../support/watched-log.js';

const CANARY = 'canary-of-a-deleted-message';

const it = apiTest
  .extend('variables', PER_FILE, { LOG_LEVEL: 'trace' })
  .extend('conversationId', ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend('steps', ({ server, owner, member, conversationId }) => {
    const call = async (method: string, path: string, { token } = member, body?: object) => {
      const answer = await server.call(method, `/chat/conversations/${conversationId}${path}`, {
        token,
        ...(body && { body }),
      });
      expect(answer.status).toBeLessThan(300);
      return answer.body;
    };
    return {
      call,
      /** Everything that the conversation answers to the user, as text. */
      readAll: async (messageId: string, user: typeof owner) =>
        JSON.stringify(
          await Promise.all(
            [
              '',
              '/messages',
              '/messages/window?around=1',
              '/changes?since=0',
              '/changes?since=0&events=true',
              '/pins',
              `/messages/${messageId}`,
              `/messages/${messageId}/versions`,
            ].map((path) => call('GET', path, user)),
          ),
        ),
    };
  });

it('nothing of a deleted message is in a column, an answer, a later event or a log line', async ({
  server,
  steps,
  connect,
  owner,
  member,
  conversationId,
}) => {
  const sent = await steps.call('POST', '/messages', member, {
    content: `${CANARY} first`,
    clientMessageId: 'once',
    mentions: [owner.id],
    metadata: { [CANARY]: CANARY },
  });
  const place = `/messages/${sent.id}`;
  await steps.call('PATCH', place, member, { content: `${CANARY} edited` });
  await steps.call('PATCH', place, member, { content: `${CANARY} again` });
  await steps.call('PUT', `${place}/pin`, owner);
  await server.database.query(
    'insert into message_reactions (message_id, key, user_id, emoji) values ($1, $3, $2, $3)',
    [sent.id, owner.id, CANARY],
  );
  await server.database.query('update messages set reactions = $2 where id = $1', [
    sent.id,
    JSON.stringify([{ emoji: CANARY, count: 1, userIds: [owner.id] }]),
  ]);
  await steps.call('POST', '/messages', owner, { content: 'a reply', replyToId: sent.id });
  const places = ['message_reactions.emoji', 'message_reactions.key', 'message_versions.content'];
  const before = [
    ...places,
    'message_versions.metadata',
    'messages.content',
    'messages.metadata',
    'messages.reactions',
  ];
  expect(await columnsWith(server, CANARY)).toEqual(before);
  expect((await steps.readAll(sent.id, owner)).split(CANARY).length).toBeGreaterThan(10);

  await steps.call('DELETE', place);

  expect(await columnsWith(server, CANARY)).toEqual([]);
  for (const content of [`${CANARY} first`, `${CANARY} edited`, `${CANARY} again`])
    expect(await columnsWith(server, createHash('sha256').update(content).digest('hex'))).toEqual([]);
  for (const table of ['message_mentions', 'message_pins', 'message_reactions', 'message_versions'])
    expect(await server.database.query(`select from ${table}`)).toEqual([]);
  for (const user of [owner, member]) expect(await steps.readAll(sent.id, user)).not.toContain(CANARY);

  const sockets = [await connect(owner), await connect(member)];
  for (const socket of sockets) await socket.emit('join_room', { conversationId });
  const again = await sockets[1]?.emit('send_message', {
    conversationId,
    content: `${CANARY} first`,
    clientMessageId: 'once',
  });
  expect(again).toMatchObject({ ok: true, data: { duplicate: true, message: { id: sent.id, content: '' } } });
  const reply = await steps.call('POST', '/messages', owner, { content: 'later', replyToId: sent.id });
  await steps.call('PATCH', `/messages/${reply.id}`, owner, { content: 'later, edited' });
  for (const socket of sockets) await socket.waitFor('message_updated', 1);
  expect(JSON.stringify([again, sockets.map((socket) => socket.everything())])).not.toContain(CANARY);
  expect(String(WatchedLog.ofServer.get(server.url))).not.toContain(CANARY);
});
