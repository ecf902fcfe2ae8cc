import { expect, vi } from 'vitest';
import { proxiedTest } from '../../support/proxied-test.js';
import { request, refusal } from './support.js';

const it = proxiedTest
  .extend('ada', ({ server }) => server.signUp('Ada'))
  .extend('bob', ({ server }) => server.signUp('Bob'))
  .extend('steps', ({ server, connect, ada, bob }) => {
    const create = (path: string, body: object, key?: string) =>
      request(server.url, path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${ada.token}`,
          'content-type': 'application/json',
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        body: JSON.stringify(body),
      });
    /** Repeats a request like a client that obeys a 503. */
    const untilAnswered = (ask: () => ReturnType<typeof create>) =>
      vi.waitUntil(
        async () => {
          const answer = await ask();
          return answer.status !== 503 && answer;
        },
        { interval: 5, timeout: 10_000 },
      );
    const conversation = (key?: string) => create('/chat/conversations', { memberIds: [bob.id] }, key);
    const newPost = (key: string) => create('/posts', { title: 'Title', content: 'Text' }, key);
    const stored = () =>
      server.database.query<{ id: string }>('select id from conversations where created_by = $1', [ada.id]);
    const listen = () => Promise.all([ada, bob].map(({ token }) => connect({ token })));
    const repeatWithKey = async (id: string | undefined) => {
      expect(await untilAnswered(() => conversation('one'))).toMatchObject({ status: 201, body: { id } });
    };

    return { untilAnswered, conversation, newPost, stored, listen, repeatWithKey };
  });

it.for<[string, string?]>([['repeated with its key', 'one'], ['without a key, and not repeated']])(
  'a conversation whose commit was not answered, %s: 503 says that its outcome is unknown, it exists once, and its members receive its event once',
  async ([_label, key], { steps, proxy }) => {
    const sockets = await steps.listen();
    const cut = proxy.cutAtCommitOf('insert into "conversations', 'after');
    const lost = await steps.conversation(key);
    await cut;
    expect(refusal(lost)).toBe('503 UNAVAILABLE');
    expect(lost.body).toMatchObject({ outcome: 'unknown' });
    proxy.reopen();
    const [row] = await steps.stored();
    if (key !== undefined) await steps.repeatWithKey(row?.id);
    for (const socket of sockets) {
      await socket.waitFor('conversation_added', 1);
      await socket.settle();
      expect(socket.all('conversation_added').map(({ id }) => id)).toEqual([row?.id]);
      socket.close();
    }
    expect(await steps.stored()).toHaveLength(1);
  },
);

it('a conversation whose COMMIT never reached the database is not published; the repeat creates it', async ({
  steps,
  proxy,
}) => {
  const sockets = await steps.listen();
  const cut = proxy.cutAtCommitOf('insert into "conversations', 'before');
  expect(refusal(await steps.conversation('one'))).toBe('503 UNAVAILABLE');
  await cut;
  proxy.reopen();
  const { status, body } = await steps.untilAnswered(() => steps.conversation('one'));
  expect(status).toBe(201);
  expect((await steps.stored()).map(({ id }) => id)).toEqual([body.id]);
  for (const socket of sockets) {
    await socket.waitFor('conversation_added', 1);
    await socket.settle();
    expect(socket.all('conversation_added').map(({ id }) => id)).toEqual([body.id]);
    socket.close();
  }
});

it('a post whose commit was not answered is stored once, and the repeat gets its answer', async ({
  steps,
  server,
  proxy,
  ada,
}) => {
  const cut = proxy.cutAtCommitOf('insert into "posts', 'after');
  expect((await steps.newPost('one')).body).toMatchObject({ code: 'UNAVAILABLE', outcome: 'unknown' });
  await cut;
  proxy.reopen();
  const { status, body } = await steps.untilAnswered(() => steps.newPost('one'));
  const rows = await server.database.query('select id from posts where owner_id = $1', [ada.id]);
  expect([status, rows]).toEqual([201, [{ id: body.id }]]);
});
