import { expect } from 'vitest';
import { proxiedTest } from '../../support/proxied-test.js';

const it = proxiedTest
  .extend('ada', ({ server }) => server.signUp('Ada'))
  .extend('bob', ({ server }) => server.signUp('Bob'));

it('the first message of a direct conversation whose answer was lost shows it to the other one once', async ({
  server,
  proxy,
  connect,
  ada,
  bob,
}) => {
  const bobs = await connect(bob);
  const opened = await server.call('PUT', `/chat/conversations/direct/${bob.id}`, { token: ada.token });
  const { id } = opened.body;
  const send = () =>
    server.call('POST', `/chat/conversations/${id}/messages`, {
      token: ada.token,
      body: { content: 'first', clientMessageId: 'one' },
    });
  const cut = proxy.cutAt('store_messages_3', 'after');
  const lost = await send();
  await cut;
  expect(lost.body).toMatchObject({ code: 'UNAVAILABLE', outcome: 'unknown' });
  proxy.reopen();
  expect(await bobs.waitFor('conversation_added', 1)).toMatchObject([
    { id, lastMessage: { content: 'first' } },
  ]);
  expect((await send()).status).toBe(200);
  await bobs.settle();
  expect(bobs.all('conversation_added')).toHaveLength(1);
});
