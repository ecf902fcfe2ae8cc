import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { insertUsers, INSTANT, refusal, storedHead, UNKNOWN_ID, UUID } from './support.js';

const it = apiTest
  .extend('others', PER_FILE, ({ server }) => insertUsers(server, 101))
  .extend('steps', PER_FILE, ({ server, owner }) => ({
    create: (body: unknown) => server.call('POST', '/chat/conversations', { token: owner.token, body }),
    stored: () =>
      server.database.query(
        `select (select count(*)::int from conversations) as conversations,
       (select count(*)::int from conversation_members) as members`,
      ),
  }));

const ids = (members: { userId: string }[]) => members.map(({ userId }) => userId).toSorted();

it('answers 201 with the detail, to the letter', async ({ steps, server, others, owner }) => {
  const { status, body } = await steps.create({ title: 'Discussion', memberIds: [others[0]] });
  expect(status).toBe(201);
  const member = {
    avatarUrl: null,
    joinedAt: expect.stringMatching(INSTANT),
    lastReadSeq: 0,
  };
  expect(body).toStrictEqual({
    id: expect.stringMatching(UUID),
    createdBy: owner.id,
    title: 'Discussion',
    createdAt: expect.stringMatching(INSTANT),
    updatedAt: body.createdAt,
    lastSeq: 0,
    rev: 0,
    memberCount: 2,
    lastMessage: null,
    me: { role: 'owner', joinedAt: expect.stringMatching(INSTANT), lastReadSeq: 0, unreadCount: 0 },
    members: expect.arrayContaining([
      { ...member, userId: owner.id, displayName: 'Ada', role: 'owner' },
      { ...member, userId: others[0], displayName: expect.stringMatching(/^Filler/), role: 'member' },
    ]),
  });
  expect(body.members).toHaveLength(2);
  expect(body.id[14]).toBe('7');
  expect(await storedHead(server, body.id)).toEqual({
    lastSeq: 0,
    rev: 0,
    membersRev: 0,
    memberCount: 2,
    rows: 2,
  });
});

it.for([
  ['absent', undefined, null],
  ['of 1 character', 'x', 'x'],
  ['of 255 characters', 'x'.repeat(255), 'x'.repeat(255)],
  ['of 255 emoji', '🦊'.repeat(255), '🦊'.repeat(255)],
  ['with blanks around', '  x  ', '  x  '],
] as const)('takes a title %s as it is', async ([_label, title, answered], { steps }) => {
  const { status, body } = await steps.create({ title, memberIds: [] });
  expect(status).toBe(201);
  expect(body.title).toBe(answered);
});

it.for([
  ['an empty title', { title: '', memberIds: [] }],
  ['a title of 256 characters', { title: 'x'.repeat(256), memberIds: [] }],
  ['a title of 256 emoji', { title: '🦊'.repeat(256), memberIds: [] }],
  ['a title with U+0000', { title: 'a\0b', memberIds: [] }],
  ['a title with a lone surrogate', { title: 'a\udc00b', memberIds: [] }],
  ['a blank title', { title: ' \u200b', memberIds: [] }],
  ['a title with a line break', { title: 'a\r\nb', memberIds: [] }],
  ['a title with a turn of direction', { title: 'a\u202eb', memberIds: [] }],
  ['a title that is a number', { title: 5, memberIds: [] }],
  ['a title that is null', { title: null, memberIds: [] }],
  ['no memberIds', { title: 'x' }],
  ['memberIds that are null', { memberIds: null }],
  ['memberIds that are one id', { memberIds: UNKNOWN_ID }],
  ['memberIds in an object', { memberIds: { 0: UNKNOWN_ID } }],
  ['a member id that is no UUID', { memberIds: ['user1'] }],
  ['a member id in braces', { memberIds: [`{${UNKNOWN_ID}}`] }],
  ['a member id without hyphens', { memberIds: [UNKNOWN_ID.replaceAll('-', '')] }],
  ['a member id with a line break', { memberIds: [`${UNKNOWN_ID}\n`] }],
  ['a member id that is null', { memberIds: [null] }],
  ['a creator of its own', { memberIds: [], createdBy: UNKNOWN_ID }],
  ['a body that is a list', []],
  ['a body that is null', null],
  ['a body that is text', 'memberIds'],
] as const)('refuses %s and stores nothing', async ([_label, body], { steps }) => {
  const before = await steps.stored();
  expect(refusal(await steps.create(body))).toBe('400 VALIDATION_FAILED');
  expect(await steps.stored()).toEqual(before);
});

it('takes 0 and 100 members and refuses 101', async ({ steps, owner, others }) => {
  const alone = await steps.create({ memberIds: [] });
  expect([alone.status, alone.body.memberCount]).toEqual([201, 1]);
  expect(ids(alone.body.members)).toEqual([owner.id]);
  const many = await steps.create({ memberIds: others.slice(0, 100) });
  expect([many.status, many.body.memberCount]).toEqual([201, 101]);
  const everybody = [owner.id, ...others.slice(0, 100)].toSorted();
  expect(ids(many.body.members)).toEqual(everybody.slice(0, 100));
  expect(refusal(await steps.create({ memberIds: others }))).toBe('400 VALIDATION_FAILED');
});

it('counts repeated ids, in any case, and the own one as one member', async ({
  steps,
  server,
  others,
  owner,
}) => {
  const [one = '', two = ''] = others;
  const { status, body } = await steps.create({
    memberIds: [one, owner.id, one.toUpperCase(), two, owner.id.toUpperCase(), one],
  });
  expect(status).toBe(201);
  expect(body.memberCount).toBe(3);
  expect(ids(body.members)).toEqual([owner.id, one, two].toSorted());
  expect(body.members.find(({ userId }: { userId: string }) => userId === owner.id)?.role).toBe('owner');
  expect(await storedHead(server, body.id)).toMatchObject({ memberCount: 3, rows: 3 });
});

it('refuses unknown members, names each of them, and stores nothing', async ({ steps, others }) => {
  const before = await steps.stored();
  const second = UNKNOWN_ID.replace('dead', 'beef');
  const answer = await steps.create({
    title: 'Never',
    memberIds: [others[0], UNKNOWN_ID, others[1], second],
  });
  expect(refusal(answer)).toBe('404 USER_NOT_FOUND');
  expect(answer.body.details).toEqual([
    { path: 'memberIds.1', message: expect.stringContaining(UNKNOWN_ID) },
    { path: 'memberIds.3', message: expect.stringContaining(second) },
  ]);
  expect(await steps.stored()).toEqual(before);
});

it('takes the creator from the token alone', async ({ steps, server, owner }) => {
  const stranger = await server.signUp();
  const { body } = await steps.create({ memberIds: [stranger.id] });
  const seen = await server.call('GET', `/chat/conversations/${body.id}`, { token: stranger.token });
  expect(seen.body.createdBy).toBe(owner.id);
  expect(seen.body.me.role).toBe('member');
});
