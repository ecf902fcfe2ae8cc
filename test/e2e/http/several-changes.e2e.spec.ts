import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { countStatements } from '../../support/count-statements.js';
import { createMany } from '../../support/many-conversations.js';
import type { TestUser } from '../../support/test-server.js';
import { refusal, sendMessages, UNKNOWN_ID, UNKNOWN_THREAD } from './support.js';

/** 24,000 bytes of JSON. */
const LONG = `${'\u0001'.repeat(3_999)}x`;
const FILL = `
with sent as (
  insert into messages (conversation_id, sender_id, content, seq, rev, content_sha256)
  select $1, $2, 'hello', n, n, sha256('hello') from generate_series(1, $3::int) n
)
update conversations set last_seq = $3, rev = $3 where id = $1`;

const it = apiTest
  .extend(
    'ask',
    PER_FILE,
    ({ server }) =>
      (since: unknown, { token }: TestUser, epoch?: string) =>
        server.call('POST', '/chat/changes', {
          token,
          body: { since, ...(epoch !== undefined && { epoch }) },
        }),
  )
  .extend('get', PER_FILE, ({ server }) => async (id: string, since: number, { token }: TestUser) => {
    const path = `/chat/conversations/${id}/changes?since=${since}&events=true&limit=500`;
    const { epoch: _epoch, ...page } = (await server.call('GET', path, { token })).body;
    return { id, ...(page as object) };
  });

it('each conversation is answered as alone, in the order of the request', async ({
  server,
  ask,
  get,
  owner,
  member,
}) => {
  const path = '/chat/conversations';
  const first = await server.createConversation(owner, [member]);
  const second = await server.createConversation(owner, [member]);
  const [root = { id: '' }] = await sendMessages(server, owner, first, 3);
  const call = (method: string, url: string, user: TestUser, body?: object) =>
    server.call(method, `${path}/${url}`, { token: user.token, ...(body && { body }) });
  await call('PUT', `${first}/messages/${root.id}/reactions/👍`, member);
  const thread = (await call('PUT', `${first}/messages/${root.id}/thread`, member)).body.id;
  await sendMessages(server, owner, thread, 2);
  await call('POST', `${first}/members`, owner, { userId: (await server.signUp()).id });
  await sendMessages(server, member, second, 1);
  await call('POST', `${second}/clear`, member);
  await call('PATCH', first, owner, { title: 'New' });
  const block = (method: string) =>
    server.call(method, `/users/me/blocks/${owner.id}`, { token: member.token });
  await block('PUT');
  const since = { [second]: 0, [thread]: 1, [first]: 2 };
  const { status, body } = await ask(since, member);
  expect(status).toBe(200);
  expect(body.data).toEqual([
    await get(second, 0, member),
    await get(thread, 1, member),
    await get(first, 2, member),
  ]);
  expect(body.data[2]).toMatchObject({ own: { reactions: { [root.id]: ['👍'] } }, events: { length: 2 } });
  await block('DELETE');
});

it('a history that is hidden stays hidden, and what cannot be shown of it is told by the members', async ({
  server,
  ask,
  get,
  owner,
  member,
}) => {
  const ids = [await server.createConversation(owner), await server.createConversation(owner)] as const;
  const late = await server.signUp();
  for (const id of ids) {
    const add = (body: object) =>
      server.call('POST', `/chat/conversations/${id}/members`, { token: owner.token, body });
    await sendMessages(server, owner, id, 2);
    await add({ userId: member.id });
    await add({ userId: late.id, history: 'none' });
    await sendMessages(server, owner, id, 1);
  }
  const { body } = await ask({ [ids[0]]: 0, [ids[1]]: 1 }, late);
  expect(body.data).toEqual([await get(ids[0], 0, late), await get(ids[1], 1, late)]);
  const page = { data: [{ seq: 3 }], members: { length: 3 }, hasMore: false };
  expect(body.data).toMatchObject([page, page]);
});

it('what is not there for the reader is gone, whatever the cause', async ({ server, ask, owner, member }) => {
  const [left, deleted, foreign, kept] = [
    await server.createConversation(owner, [member]),
    await server.createConversation(owner, [member]),
    await server.createConversation(owner),
    await server.createConversation(owner, [member]),
  ];
  const [root] = await sendMessages(server, owner, left, 1);
  const url = `/chat/conversations/${left}`;
  const thread = await server.call('PUT', `${url}/messages/${root?.id}/thread`, { token: owner.token });
  await server.call('DELETE', `${url}/members/${member.id}`, { token: member.token });
  await server.call('DELETE', `/chat/conversations/${deleted}`, { token: owner.token });
  const ids = [left, deleted, foreign, UNKNOWN_ID, UNKNOWN_THREAD, thread.body.id];
  const since = Object.fromEntries([...ids, kept].map((id) => [id, 0]));
  const { body } = await ask(since, member);
  expect(body.data.slice(0, -1)).toEqual(ids.map((id) => ({ id, gone: true })));
  expect(body.data.at(-1)).toMatchObject({ id: kept, rev: 0, hasMore: false });
});

it('a since beyond the head is refused alone, another epoch for all', async ({ server, ask, owner }) => {
  const [ahead, right] = [await server.createConversation(owner), await server.createConversation(owner)];
  const { status, body } = await ask({ [ahead]: 1, [right]: 0 }, owner);
  expect(status).toBe(200);
  expect(body.data).toMatchObject([
    { id: ahead, code: 'CURSOR_INVALID' },
    { id: right, data: [] },
  ]);
  expect(Object.keys(body.data[0])).toEqual(['id', 'code']);
  expect((await ask({ [right]: 0 }, owner, body.epoch)).status).toBe(200);
  expect(refusal(await ask({ [right]: 0 }, owner, 'another'))).toBe('400 CURSOR_INVALID');
});

it('upper case names the same conversation, of two spellings the lower number counts', async ({
  server,
  ask,
  owner,
}) => {
  const id = await server.createConversation(owner);
  await sendMessages(server, owner, id, 3);
  const { body } = await ask({ [id.toUpperCase()]: 2, [id]: 1 }, owner);
  expect(body.data).toMatchObject([{ id, data: [{ rev: 2 }, { rev: 3 }] }]);
});

it.for([
  ['a list', []],
  ['no number', { [UNKNOWN_ID]: '1' }],
  ['a negative number', { [UNKNOWN_ID]: -1 }],
  ['a fraction', { [UNKNOWN_ID]: 0.5 }],
  ['a number that is not exact', { [UNKNOWN_ID]: 2 ** 53 }],
  ['no id', { constructor: 1 }],
  ['nothing', undefined],
  ['51 conversations', Object.fromEntries(Array.from({ length: 51 }, () => [crypto.randomUUID(), 0]))],
] as const)('%s is refused', async ([, since], { ask, owner }) => {
  expect(refusal(await ask(since, owner))).toBe('400 VALIDATION_FAILED');
});

it.for(['toString', '__proto__'])('%s is no id', async (name, { server, owner }) => {
  const response = await fetch(`${server.url}/chat/changes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json' },
    body: `{"since":{"${name}":1}}`,
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'VALIDATION_FAILED' });
});

it('fifty conversations take as many statements as two', async ({ server, ask, owner }) => {
  const ids = await createMany(server.database, { owner: owner.id, count: 50, from: 0, step: 1 });
  const count = async (asked: readonly string[]) => {
    const since = Object.fromEntries(asked.map((id) => [id, 0]));
    const { result, statements } = await countStatements(server.database, () => ask(since, owner));
    expect(result.body.data.map(({ data }: { data: object[] }) => data.length)).toEqual(asked.map(() => 1));
    return statements.length;
  };
  expect(await count(ids)).toBe(await count(ids.slice(0, 2)));
});

it('500 rows in all: the rest says that there is more, and nothing is lost', async ({
  server,
  ask,
  owner,
}) => {
  const ids = [];
  for (const count of [3, 510, 0, 2]) {
    const id = await server.createConversation(owner);
    await server.database.query(FILL, [id, owner.id, count]);
    ids.push(id);
  }
  const [small, large, silent, last] = ids as [string, string, string, string];
  const seen = new Map(ids.map((id) => [id, 0]));
  const found: Record<string, number[]> = {};
  const first = (await ask(Object.fromEntries(seen), owner)).body.data;
  expect(first).toMatchObject([
    { id: small, rev: 3, hasMore: false },
    { id: large, rev: 497, hasMore: true },
    { id: silent, rev: 0, hasMore: false },
    { id: last, rev: 0, hasMore: true },
  ]);
  expect(first[3]).toEqual({ id: last, rev: 0, hasMore: true });
  for (let more = ids; more.length > 0;) {
    const { data } = (await ask(Object.fromEntries(more.map((id) => [id, seen.get(id)])), owner)).body;
    for (const { id, rev, data: messages = [] } of data) {
      seen.set(id, rev);
      found[id] = [...(found[id] ?? []), ...messages.map((message: { rev: number }) => message.rev)];
    }
    more = data.filter(({ hasMore }: { hasMore: boolean }) => hasMore).map(({ id }: { id: string }) => id);
  }
  for (const [index, count] of [3, 510, 0, 2].entries())
    expect(found[ids[index] ?? '']).toEqual(Array.from({ length: count }, (_, n) => n + 1));
});

it('members are read of as many conversations as have those of a large one together', async ({
  server,
  ask,
  owner,
}) => {
  const ids = [];
  for (const count of [3_000, 2_000, 1, 1]) {
    const id = await server.createConversation(owner);
    // A change of members that is not logged.
    await server.database.query(
      'update conversations set member_count = $2, rev = 1, members_rev = 1 where id = $1',
      [id, count],
    );
    ids.push(id);
  }
  const [, , third = '', fourth = ''] = ids;
  const { data } = (await ask(Object.fromEntries(ids.map((id) => [id, 0])), owner)).body;
  const whole = { rev: 1, members: [{ userId: owner.id }], hasMore: false };
  expect(data.slice(0, 2)).toMatchObject([whole, whole]);
  expect(data.slice(2)).toEqual([third, fourth].map((id) => ({ id, rev: 0, hasMore: true })));
  const rest = (await ask({ [third]: 0, [fourth]: 0 }, owner)).body;
  expect(rest.data).toMatchObject([whole, whole]);
});

it('1 MiB of JSON in all, and each answer advances', async ({ server, ask, owner }) => {
  const ids: string[] = [];
  for (let n = 0; n < 4; n += 1) {
    const id = await server.createConversation(owner);
    for (let sent = 0; sent < 15; sent += 1) {
      const path = `/chat/conversations/${id}/messages`;
      await server.call('POST', path, { token: owner.token, body: { content: LONG } });
    }
    ids.push(id);
  }
  const since = Object.fromEntries(ids.map((id) => [id, 0]));
  let rows = 0;
  for (let answers = 0; Object.keys(since).length > 0; answers += 1) {
    const { body } = await ask(since, owner);
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThanOrEqual(1_048_576);
    const before = rows;
    for (const { id, rev, hasMore, data = [] } of body.data) {
      rows += data.length;
      since[id] = rev;
      if (!hasMore) delete since[id];
    }
    expect(rows).toBeGreaterThan(before);
    expect(answers).toBeLessThan(4);
  }
  expect(rows).toBe(60);
});
