import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { type Ack, TestSocket } from '../../support/test-socket.js';
import { RowLock } from './row-lock.js';

let server: TestServer;
let owner: TestUser;
let member: TestUser;
let owners: TestSocket;
let members: TestSocket;

beforeAll(async () => {
  server = await TestServer.start();
});
beforeEach(async () => {
  [owner, member] = await Promise.all([server.signUp(), server.signUp()]);
  owners = await TestSocket.connect(server.url, owner.token);
  members = await TestSocket.connect(server.url, member.token);
});
afterEach(() => {
  owners.close();
  members.close();
});
afterAll(() => server.stop());

const say = (conversationId: string, content = 'x') =>
  owners.emit('send_message', { conversationId, content });
const idsOf = ({ data }: Ack) => data.conversations.map(({ conversationId }) => conversationId);

test('joins all conversations of the user and tells how far each has come, last activity first', async () => {
  const first = await server.createConversation(owner, [member]);
  const second = await server.createConversation(owner, [member]);
  const notMine = await server.createConversation(owner);
  await say(first, 'one');
  await say(first, 'two');
  await members.emit('mark_read', { conversationId: first, seq: 1 });
  expect(await members.emit('join_all')).toEqual({
    ok: true,
    data: {
      conversations: [
        { conversationId: first, lastSeq: 2, rev: 2, unreadCount: 1 },
        { conversationId: second, lastSeq: 0, rev: 0, unreadCount: 0 },
      ],
      truncated: false,
      epoch: expect.any(String),
    },
  });
  await say(second, 'heard');
  await say(first, 'heard too');
  await say(notMine, 'not for them');
  await members.settle();
  const heard = members.all('new_message').map(({ content }) => content);
  expect(heard).toEqual(['heard', 'heard too']);
});

test.each([[[]], [[{}]]])(
  'takes the payload %j, twice is fine, and each message is heard once',
  async (payload) => {
    const id = await server.createConversation(owner, [member]);
    await members.emit('join_room', { conversationId: id });
    const answers = [await members.emit('join_all', ...payload), await members.emit('join_all', ...payload)];
    expect(answers.map(idsOf)).toEqual([[id], [id]]);
    await say(id);
    await members.settle();
    expect(members.all('new_message')).toHaveLength(1);
  },
);

test('of who is in no conversation is empty', async () => {
  const data = { conversations: [], truncated: false, epoch: expect.any(String) };
  expect(await members.emit('join_all')).toEqual({ ok: true, data });
});

test('leaves no gap: what is said while it runs is in the head or heard, whenever it is said', async () => {
  const ids = await Promise.all(Array.from({ length: 5 }, () => server.createConversation(owner, [member])));
  const sent = ids.flatMap((id) => Array.from({ length: 8 }, () => say(id)));
  const { data } = await members.emit('join_all');
  await Promise.all(sent);
  await members.settle();
  for (const { conversationId, rev } of data.conversations) {
    const heard = members.all('new_message').filter((one) => one['conversationId'] === conversationId);
    const missing = Array.from({ length: 8 - rev }, (_, index) => rev + 1 + index);
    expect(heard.map((one) => one['rev'])).toEqual(expect.arrayContaining(missing));
  }
});

test('does not wait for who writes', async () => {
  const id = await server.createConversation(owner, [member]);
  const lock = await RowLock.take(server, id);
  expect(idsOf(await members.emit('join_all'))).toEqual([id]);
  await lock.release();
});

test('joins the 1,000 most recent ones, as far as there are rooms left, and says that there are others', async () => {
  const rows = await server.database.query<{ id: string }>(
    `with created as (
       insert into conversations (created_by, member_count, updated_at)
       select $1, 2, timestamptz '2026-01-01' + n * interval '1 minute' from generate_series(1, 1003) n
       returning id, updated_at
     ), joined as (
       insert into conversation_members (conversation_id, user_id)
       select id, user_id from created, unnest($2::uuid[]) user_id
     ) select id from created order by updated_at desc`,
    [owner.id, [owner.id, member.id]],
  );
  const ids = rows.map(({ id }) => id);
  const first = await members.emit('join_all');
  expect(idsOf(first)).toEqual(ids.slice(0, 1_000));
  expect(first.data.truncated).toBe(true);

  for (const id of ids.slice(0, 3)) await members.emit('leave_room', { conversationId: id });
  for (const id of ids.slice(1_001, 1_003)) await members.emit('join_room', { conversationId: id });
  const second = await members.emit('join_all');
  expect(idsOf(second)).toEqual([...ids.slice(0, 1), ...ids.slice(3, 1_000)]);
  expect(second.data.truncated).toBe(true);
  for (const index of [0, 1, 999, 1_000, 1_001]) await say(String(ids[index]), String(index));
  await members.settle();
  expect(members.all('new_message').map(({ content }) => content)).toEqual(['0', '999', '1001']);
});
