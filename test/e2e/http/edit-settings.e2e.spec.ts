import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { refusal, sendMessages } from './support.js';

const it = apiTest
  .extend('variables', PER_FILE, { MESSAGE_EDIT_WINDOW: '3600', EDIT_HISTORY: 'off' })
  .extend('conversationId', ({ server, owner }) => server.createConversation(owner));

it('the operator sets how long messages may be edited, and that nothing earlier is kept', async ({
  server,
  owner,
  conversationId,
}) => {
  const [message] = await sendMessages(server, owner, conversationId, 1);
  const path = `/chat/conversations/${conversationId}/messages/${message?.id}`;
  const { token } = owner;
  const edit = (content: string) => server.call('PATCH', path, { token, body: { content } });
  expect((await edit('in time')).status).toBe(200);
  const versions = await server.call('GET', `${path}/versions`, { token });
  expect(versions).toMatchObject({ status: 200, body: { data: [], nextCursor: null } });
  expect(await server.database.query('select from message_versions')).toEqual([]);
  await server.database.query("update messages set created_at = now() - interval '1 hour' where id = $1", [
    message?.id,
  ]);
  expect(refusal(await edit('too late'))).toBe('403 EDIT_WINDOW_CLOSED');
});
