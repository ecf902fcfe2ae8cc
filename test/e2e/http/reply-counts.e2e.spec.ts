import { expect } from 'vitest';
import { apiTest } from '../../support/api-test.js';
import type { TestUser } from '../../support/test-server.js';

/** A reply that is stored by nobody who knows of counts. */
const STORE = `
insert into messages (conversation_id, sender_id, content, seq, rev, content_sha256)
select id, $2, 'One more', last_seq + 1, rev + 1, '' from conversation_heads where id = $1`;
const ROWS = 'select count(*)::int as replies from messages where conversation_id = $1';

const it = apiTest
  .extend('conversationId', ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend('thread', async ({ server, owner, member, conversationId }) => {
    const call = (user: TestUser, method: string, path: string, body?: object) =>
      server.call(method, `/chat/conversations/${path}`, { token: user.token, ...(body && { body }) });
    const { body: root } = await call(owner, 'POST', `${conversationId}/messages`, { content: 'A root' });
    const { body: opened } = await call(owner, 'PUT', `${conversationId}/messages/${root.id}/thread`);
    const reply = async (content: string): Promise<string> =>
      (await call(member, 'POST', `${opened.id}/messages`, { content })).body.id;
    /** What the root shows to the owner, and how many replies are stored. */
    const counts = async () => {
      const { body } = await call(owner, 'GET', `${conversationId}/messages/${root.id}`);
      const [row] = await server.database.query<{ replies: number }>(ROWS, [opened.id]);
      return [body.message.thread.replyCount, row?.replies];
    };
    return { id: opened.id, rootId: root.id, call, reply, counts };
  });

it('replies are counted from what is stored, whatever becomes of them', async ({
  server,
  thread,
  owner,
  member,
  conversationId,
}) => {
  const { id, rootId, call, reply, counts } = thread;
  expect(await counts()).toEqual([0, 0]);
  const first = await reply('one');
  const second = await reply('two');
  expect(await counts()).toEqual([2, 2]);
  const changes = [
    await call(member, 'PATCH', `${id}/messages/${first}`, { content: 'one, edited' }),
    await call(owner, 'PUT', `${id}/messages/${first}/reactions/x`),
    await call(member, 'DELETE', `${id}/messages/${second}`),
    await call(member, 'DELETE', `${id}/messages/${second}`),
    await call(owner, 'DELETE', `${conversationId}/messages/${rootId}`),
    await call(owner, 'DELETE', `${conversationId}/members/${member.id}`),
  ];
  for (const { status } of changes) expect(status).toBeLessThan(300);
  expect(await counts()).toEqual([2, 2]);
  await server.database.query(STORE, [id, member.id]);
  expect(await counts()).toEqual([3, 3]);
  await call(owner, 'POST', `${id}/messages`, { content: 'four' });
  expect(await counts()).toEqual([4, 4]);
});
