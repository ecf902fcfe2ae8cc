import { expect } from 'vitest';
import {
  DEMO_ACCOUNTS,
  DEMO_CONVERSATION,
  DEMO_PASSWORD,
  DEMO_PEOPLE,
} from '../../../src/arch/common/domain/demo-data.js';
import {
  hasDemoData,
  isEmpty,
  seedDemoData,
} from '../../../src/arch/common/infrastructure/database/seed.dev.js';
import { cleanImage } from '../../../src/arch/modules/user/infrastructure/images/clean-image.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { DEMO_CONTENTS } from '../../faults/demo-contents.js';
import { TestServer } from '../../support/test-server.js';

/** What user 1 sees of the older conversations. */
const LISTED = [
  { title: 'Demo', memberCount: 2, lastSeq: 5, rev: 5 },
  {
    title: 'Weekend in the hills',
    memberCount: 4,
    lastSeq: 38,
    rev: 65,
    me: { unreadCount: 8, mentionCount: 1 },
  },
  { title: null, type: 'direct', memberCount: 2, lastSeq: 2, rev: 2 },
  { title: 'Summer picnic', memberCount: 4, lastSeq: 5, rev: 10 },
  { title: 'House news', posting: 'admins', memberCount: 5, lastSeq: 2, rev: 3 },
  { title: null, type: 'direct', memberCount: 2, lastSeq: 7, rev: 9, me: { unreadCount: 1 } },
  { title: null, type: 'direct', memberCount: 1, lastSeq: 1, rev: 1 },
  { title: 'Recipes', memberCount: 3, lastSeq: 4, rev: 14, me: { unreadCount: 1 } },
];

const it = apiTest.extend('steps', PER_FILE, ({ server }) => {
  async function logIn(user: number): Promise<string> {
    const email = `user${user}@example.com`;
    const { body } = await server.call('POST', '/auth/login', { body: { email, password: DEMO_PASSWORD } });
    return body.accessToken;
  }
  return {
    logIn,
    list: async (user: number) =>
      (await server.call('GET', '/chat/conversations', { token: await logIn(user) })).body.data,
    contents: () => server.database.query(DEMO_CONTENTS),
  };
});

it.beforeAll(async ({ server }) => {
  await seedDemoData(server.database.connection);
});

it("the seed's conversation is the first of user1 and user2, all others are older, and user3 has none", async ({
  steps,
}) => {
  const [one, two, three] = await Promise.all([1, 2, 3].map(steps.list));
  expect(one).toMatchObject(LISTED);
  expect(two).toMatchObject([LISTED[0], LISTED[4]]);
  expect(three).toEqual([]);
});

it('each number up to the rev of a demo conversation is that of a message, of an earlier state of one, or of a change, and heads agree', async ({
  server,
}) => {
  const rows = await server.database.query(`
    select h.id, h.rev::int, h.last_seq::int, h.member_count,
      (select count(*)::int from conversation_members where conversation_id = h.id) as members,
      (select count(*)::int from conversation_members where conversation_id = h.id and role = 'owner') as owners,
      (select max(seq)::int from messages where conversation_id = h.id) as seq,
      (select array_agg(rev::int order by rev) from (
        select rev from messages where conversation_id = h.id
        union all select rev from conversation_changes where conversation_id = h.id
      ) n) as numbers,
      (
        select count(*)::int from messages m cross join lateral (
          select from message_versions where message_id = m.id
          union all select from message_reactions where message_id = m.id
          union all select from message_pins where (conversation_id, seq) = (m.conversation_id, m.seq)
          union all select where m.deleted_at is not null
          union all select where m.thread_id is not null
          union all select from messages where conversation_id = m.thread_id
        ) changes
        where m.conversation_id = h.id
      ) as overtaken,
      (select max(rev)::int from conversation_changes where conversation_id = h.id and subject_id is not null) as members_rev,
      h.members_rev::int as stored_members_rev, h.type
    from conversation_heads h where parent_id is null`);
  expect(rows).toHaveLength(8);
  for (const row of rows) {
    const numbers = row['numbers'] as readonly number[];
    expect([new Set(numbers).size, numbers.at(-1)]).toEqual([numbers.length, row['rev']]);
    expect(row).toMatchObject({
      overtaken: Number(row['rev']) - numbers.length,
      seq: row['last_seq'],
      members: row['member_count'],
      owners: row['type'] === 'group' ? 1 : 0,
      stored_members_rev: row['members_rev'] ?? 0,
    });
  }
});

it('nobody has an unread message of the own', async ({ server }) => {
  const unread = await server.database.query(`
    select c.title, m.seq from messages m
    join conversation_members sender on sender.conversation_id = m.conversation_id and sender.user_id = m.sender_id
    join conversations c on c.id = m.conversation_id
    where m.seq > sender.last_read_seq`);
  expect(unread).toEqual([]);
});

it('the log of the demo is answered as events, like one that the product has written', async ({
  steps,
  server,
}) => {
  const picnic = (await steps.list(1)).find(({ title }: { title: string }) => title === 'Summer picnic');
  const token = await steps.logIn(1);
  const { body } = await server.call('GET', `/chat/conversations/${picnic?.id}/changes?since=0&events=true`, {
    token,
  });
  expect(body.members).toBeUndefined();
  expect(body.events).toMatchObject([
    { rev: 3, kind: 'member_updated', data: { member: { displayName: 'Jonas Weber', role: 'admin' } } },
    { rev: 4, kind: 'conversation_updated', data: { title: 'Summer picnic' } },
    { rev: 5, kind: 'member_added', data: { member: { displayName: 'Mei Tanaka' } } },
    { rev: 6, kind: 'member_added', data: { member: { displayName: 'User Two' } } },
    { rev: 8, kind: 'member_removed', data: { user: { displayName: 'User Two' }, reason: 'left' } },
  ]);
});

it('its messages show each kind of change, as the product answers them', async ({ steps, server }) => {
  const recipes = (await steps.list(1)).find(({ title }: { title: string }) => title === 'Recipes');
  const token = await steps.logIn(1);
  const path = `/chat/conversations/${recipes?.id}/messages/window?around=1`;
  const { data } = (await server.call('GET', path, { token })).body;
  const [amina, , mei] = DEMO_PEOPLE;
  const [one] = DEMO_ACCOUNTS;
  const at = expect.any(String);
  const asked = data.at(-1)?.content;
  expect(data.toReversed()).toMatchObject([
    {
      content: 'Rice balls: two cups of rice, two sheets of nori, salt.',
      editedAt: at,
      pinnedAt: at,
      pinnedBy: mei.id,
      reactions: [{ emoji: '😋', count: 2, userIds: [one.id, amina.id] }],
    },
    { seq: 2, editedAt: null, deletedAt: null, replyTo: { seq: 1, senderId: mei.id, excerpt: asked } },
    { content: '', deletedAt: at, deletedBy: one.id },
    {
      mentions: [amina.id, one.id],
      reactions: [{ emoji: '👍', count: 1, userIds: [amina.id] }],
      thread: { replyCount: 3, lastReplyAt: at },
    },
  ]);
  const { body: threads } = await server.call('GET', '/chat/threads', { token });
  expect(threads.data).toMatchObject([
    { thread: { lastSeq: 4 }, root: { seq: 16 }, me: { lastReadSeq: 3, unreadCount: 1 } },
    {
      thread: { type: 'thread', lastSeq: 3, rev: 3 },
      root: { seq: 4 },
      me: { lastReadSeq: 2, unreadCount: 1 },
    },
  ]);
  const stored = await server.database.query(
    `select v.content from message_versions v join messages m on m.id = v.message_id
     where m.conversation_id = '${recipes?.id}'`,
  );
  expect(stored).toEqual([{ content: 'Rice balls: two cups of rice, a sheet of nori, salt.' }]);
});

it('one of its conversations lasts some days, with everything that messages can be, and ends unread', async ({
  steps,
  server,
}) => {
  const hills = (await steps.list(1))[1];
  const path = `/chat/conversations/${hills?.id}/messages?limit=100`;
  const { data } = (await server.call('GET', path, { token: await steps.logIn(1) })).body;
  const days = new Set(data.map(({ createdAt }: { createdAt: string }) => createdAt.slice(0, 10)));
  expect(days.size).toBeGreaterThanOrEqual(3);
  interface Shown {
    readonly replyTo?: object | null;
    readonly reactions?: readonly object[];
    readonly editedAt?: string | null;
    readonly deletedAt?: string | null;
    readonly pinnedAt?: string | null;
    readonly thread?: object | null;
  }
  const count = (has: (message: Shown) => unknown) => (data as Shown[]).filter(has).length;
  const are = {
    reply: count(({ replyTo }) => replyTo),
    reacted: count(({ reactions }) => reactions?.length),
    edited: count(({ editedAt }) => editedAt),
    deleted: count(({ deletedAt }) => deletedAt),
    pinned: count(({ pinnedAt }) => pinnedAt),
    thread: count(({ thread }) => thread),
  };
  expect(are).toEqual({ reply: 5, reacted: 9, edited: 1, deleted: 1, pinned: 1, thread: 1 });
});

it('further people get a drawn picture where pictures are stored, once', async () => {
  const server = await TestServer.start();
  const { connection } = server.database;
  const pictures: Buffer[] = [];
  const save = async (picture: Buffer) => `/uploads/avatars/${pictures.push(picture)}.png`;
  await seedDemoData(connection, save);
  await seedDemoData(connection, save);
  const shown = await server.database.query(
    'select display_name, avatar_url from users where avatar_url is not null order by id',
  );
  expect(shown.map((row) => Object.values(row))).toEqual(
    DEMO_PEOPLE.map(({ displayName }, index) => [displayName, `/uploads/avatars/${index + 1}.png`]),
  );
  for (const picture of pictures) expect(cleanImage(picture).content).toEqual(picture);
  await server.stop();
});

it('members of the announcements read them, and write none', async ({ steps, server }) => {
  const news = (await steps.list(1)).find(({ title }: { title: string }) => title === 'House news');
  const path = `/chat/conversations/${news?.id}/messages`;
  const send = async (user: number) => {
    const answer = await server.call('POST', path, {
      token: await steps.logIn(user),
      body: { content: '?' },
    });
    return [answer.status, answer.body.code];
  };
  expect(await send(1)).toEqual([403, 'POSTING_RESTRICTED']);
});

it('a second time changes nothing', async ({ steps, server }) => {
  const before = await steps.contents();
  expect(await seedDemoData(server.database.connection)).toEqual({
    accounts: 0,
    conversations: 0,
    messages: 0,
    posts: 0,
  });
  expect(await steps.contents()).toEqual(before);
});

it('a database with the demo data of an earlier version is not empty, keeps what it has, and gets the rest on command', async () => {
  const server = await TestServer.start();
  const { connection } = server.database;
  await seedDemoData(connection);
  const emails = DEMO_PEOPLE.map(({ email }) => email);
  await server.database.query(`delete from conversations where id <> '${DEMO_CONVERSATION.id}'`);
  await server.database.query(`delete from users where email in (${emails.map((e) => `'${e}'`).join()})`);
  const of = async () => {
    const [row] = await server.database.query(`select
      (select json_agg(u order by id) from users u where id <= '${DEMO_ACCOUNTS[2].id}') users,
      (select json_agg(c) from conversations c where id = '${DEMO_CONVERSATION.id}') conversation,
      (select json_agg(m order by user_id) from conversation_members m where conversation_id = '${DEMO_CONVERSATION.id}') members,
      (select json_agg(m order by seq) from messages m where conversation_id = '${DEMO_CONVERSATION.id}') messages`);
    return row;
  };
  const before = await of();
  expect([await isEmpty(connection), await hasDemoData(connection)]).toEqual([false, true]);

  const rest = { accounts: 3, conversations: 7, messages: 66, posts: 0 };
  expect(await seedDemoData(connection)).toEqual(rest);
  expect(await of()).toEqual(before);
  const body = { email: 'user1@example.com', password: DEMO_PASSWORD };
  const token = (await server.call('POST', '/auth/login', { body })).body.accessToken;
  const list = await server.call('GET', '/chat/conversations', { token });
  expect(list.body.data).toMatchObject(LISTED);
  expect(await seedDemoData(connection)).toMatchObject({ accounts: 0, conversations: 0 });
  await server.stop();
});

it('no demo account is added to conversations in the place of one that was deleted', async () => {
  const server = await TestServer.start();
  const { connection } = server.database;
  await seedDemoData(connection);
  await server.database.query(`delete from conversations where id <> '${DEMO_CONVERSATION.id}'`);
  const body = { email: 'user4@example.com', password: DEMO_PASSWORD };
  const token = (await server.call('POST', '/auth/login', { body })).body.accessToken;
  await server.call('DELETE', '/users/me', { token, body: { password: DEMO_PASSWORD } });
  expect(await seedDemoData(connection)).toMatchObject({ accounts: 0, conversations: 0 });
  await server.stop();
});
