import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { TestUser } from '../../support/test-server.js';
import { sendMessages } from './support.js';

const it = apiTest
  .extend('variables', PER_FILE, { THROTTLE_GLOBAL_LIMIT: '100000' })
  .extend('id', ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend('steps', ({ server, owner, member, id }) => {
    const path = `/chat/conversations/${id}`;
    return {
      get: (query: string, { token }: TestUser = owner) =>
        server.call('GET', `${path}/changes?${query}`, { token }),
      mark: (lastReadSeq: number, { token }: TestUser = member) =>
        server.call('PATCH', `${path}/me`, { token, body: { lastReadSeq } }),
    };
  });

it('who was away is answered the positions that have moved, beside messages alone and with events', async ({
  steps,
  server,
  owner,
  member,
  id,
}) => {
  await sendMessages(server, owner, id, 3);
  await steps.mark(2);
  for (const query of ['since=3', 'since=0&limit=1', 'since=3&events=true']) {
    const { body: as } = await steps.get(query);
    const { body } = await steps.get(`${query}&reads=true`);
    expect(body).toStrictEqual({ ...as, reads: [{ userId: member.id, lastReadSeq: 2 }] });
  }
});

it('without reads=true it is answered as ever', async ({ steps, server, owner, id }) => {
  await sendMessages(server, owner, id, 1);
  await steps.mark(1);
  for (const query of ['', 'reads=false', 'events=true&reads=false']) {
    expect((await steps.get(query)).body).not.toHaveProperty('reads');
  }
});

it('who does not show reading is not answered, and is answered nobody else', async ({
  steps,
  server,
  owner,
  member,
  id,
}) => {
  await sendMessages(server, owner, id, 2);
  await steps.mark(2);
  const setReceipts = (readReceipts: boolean) =>
    server.call('PUT', '/users/me', { token: member.token, body: { readReceipts } });
  await setReceipts(false);
  expect((await steps.get('reads=true')).body.reads).toEqual([]);
  expect((await steps.get('reads=true', member)).body.reads).toEqual([{ userId: member.id, lastReadSeq: 2 }]);
  await setReceipts(true);
  expect((await steps.get('reads=true')).body.reads).toEqual([{ userId: member.id, lastReadSeq: 2 }]);
});

it('a thread answers that its positions are in the list of members', async ({ steps, server, owner, id }) => {
  await sendMessages(server, owner, id, 1);
  const { body: page } = await steps.get('since=0');
  const { body: thread } = await server.call(
    'PUT',
    `/chat/conversations/${id}/messages/${page.data[0].id}/thread`,
    { token: owner.token },
  );
  const { body } = await server.call('GET', `/chat/conversations/${thread.id}/changes?reads=true`, {
    token: owner.token,
  });
  expect(body).toMatchObject({ reads: [], readsTruncated: true });
});

it('any other value is refused', async ({ steps }) => {
  expect(await steps.get('reads=yes')).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
});
