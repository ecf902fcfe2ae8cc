import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { refusal, sendMessages, UNKNOWN_ID } from './support.js';

const it = apiTest
  .extend('owner', PER_FILE, ({ server }) => server.signUp('A'))
  .extend('member', PER_FILE, ({ server }) => server.signUp('B'))
  .extend('stranger', PER_FILE, ({ server }) => server.signUp('C'))
  .extend('id', PER_FILE, ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend('steps', PER_FILE, ({ server, id }) => ({
    get: (token: string, path = id) => server.call('GET', `/chat/conversations/${path}`, { token }),
  }));

it.beforeAll(async ({ server, owner, id }) => {
  await sendMessages(server, owner, id, 2);
});

it('is the same for all members but for what is theirs', async ({ steps, owner, member }) => {
  const [own, other] = await Promise.all([steps.get(owner.token), steps.get(member.token)]);
  expect([own.status, other.status]).toEqual([200, 200]);
  const { me: mine, ...shared } = own.body;
  const { me: theirs, ...sharedToo } = other.body;
  expect(sharedToo).toEqual(shared);
  expect(mine).toMatchObject({ role: 'owner', lastReadSeq: 2, unreadCount: 0 });
  expect(theirs).toMatchObject({ role: 'member', lastReadSeq: 0, unreadCount: 2 });
});

it('holds the counters, the last message and the members, to the letter', async ({
  steps,
  member,
  owner,
}) => {
  const { body } = await steps.get(member.token);
  expect(Object.keys(body).toSorted()).toEqual(
    'createdAt createdBy id lastMessage lastSeq me memberCount members rev title updatedAt'.split(' '),
  );
  expect(body).toMatchObject({ lastSeq: 2, rev: 2, memberCount: 2, title: null, createdBy: owner.id });
  expect(body.lastMessage).toMatchObject({ seq: 2, rev: 2, content: 'text 2', senderId: owner.id });
  expect(body.updatedAt).toBe(body.lastMessage.createdAt);
  for (const each of body.members) {
    expect(Object.keys(each).toSorted()).toEqual(
      ['userId', 'displayName', 'avatarUrl', 'role', 'joinedAt', 'lastReadSeq'].toSorted(),
    );
  }
  const positions = body.members.map((each: { userId: string; lastReadSeq: number }) => [
    each.userId,
    each.lastReadSeq,
  ]);
  expect(Object.fromEntries(positions)).toEqual({ [owner.id]: 2, [member.id]: 0 });
});

it('has the same last message as the page of messages', async ({ steps, owner, id }) => {
  const [detail, page] = await Promise.all([
    steps.get(owner.token),
    steps.get(owner.token, `${id}/messages`),
  ]);
  expect(detail.body.lastMessage).toEqual(page.body.data[0]);
});

it('is found under its id in capitals', async ({ steps, owner, id }) => {
  const { status, body } = await steps.get(owner.token, id.toUpperCase());
  expect([status, body.id]).toEqual([200, id]);
});

it('is refused to users who are not members', async ({ steps, stranger }) => {
  expect(refusal(await steps.get(stranger.token))).toBe('403 NOT_CONVERSATION_MEMBER');
});

it('does not exist under another id', async ({ steps, owner }) => {
  expect(refusal(await steps.get(owner.token, UNKNOWN_ID))).toBe('404 CONVERSATION_NOT_FOUND');
  expect(refusal(await steps.get(owner.token, owner.id))).toBe('404 CONVERSATION_NOT_FOUND');
});

it.for(['me', '1', 'null', '%20', "'%20or%201=1--", '{id}', '%00', `${UNKNOWN_ID}0`, `${UNKNOWN_ID}%0a`])(
  'refuses the malformed id %s',
  async (path, { steps, owner }) => {
    expect(refusal(await steps.get(owner.token, path))).toBe('400 VALIDATION_FAILED');
  },
);

it('answers a removed member 403 at once', async ({ steps, server, owner }) => {
  const gone = await server.signUp();
  const other = await server.createConversation(owner, [gone]);
  expect((await steps.get(gone.token, other)).status).toBe(200);
  await server.database.query('delete from conversation_members where user_id = $1', [gone.id]);
  expect(refusal(await steps.get(gone.token, other))).toBe('403 NOT_CONVERSATION_MEMBER');
  expect(refusal(await steps.get(gone.token, `${other}/messages`))).toBe('403 NOT_CONVERSATION_MEMBER');
});
