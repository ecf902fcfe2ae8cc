import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { INSTANT, refusal, sendMessages, storedHead, UNKNOWN_ID } from './support.js';

let server: TestServer;
let owner: TestUser;
let member: TestUser;
let newcomer: TestUser;
let id: string;

beforeAll(async () => {
  server = await TestServer.start();
  [owner, member, newcomer] = await Promise.all([server.signUp(), server.signUp(), server.signUp('New')]);
});
afterAll(() => server.stop());
beforeEach(async () => {
  id = await server.createConversation(owner, [member]);
});

const add = (token: string, userId: unknown, conversationId = id) =>
  server.call('POST', `/chat/conversations/${conversationId}/members`, { token, body: { userId } });
const detail = async ({ token }: TestUser) =>
  (await server.call('GET', `/chat/conversations/${id}`, { token })).body;

it('answers 201 with the new member, to the letter', async () => {
  const { status, body } = await add(owner.token, newcomer.id);
  expect(status).toBe(201);
  expect(body).toStrictEqual({
    userId: newcomer.id,
    displayName: 'New',
    avatarUrl: null,
    role: 'member',
    joinedAt: expect.stringMatching(INSTANT),
    lastReadSeq: 0,
  });
  expect((await detail(newcomer)).members).toContainEqual(body);
});

it('takes the next rev, is the last member change, and moves neither seq nor activity', async () => {
  await sendMessages(server, owner, id, 2);
  const before = await detail(owner);
  await add(owner.token, newcomer.id);
  expect(await storedHead(server, id)).toEqual({
    lastSeq: 2,
    rev: 3,
    membersRev: 3,
    memberCount: 3,
    rows: 3,
  });
  const after = await detail(owner);
  expect(after).toMatchObject({ rev: 3, lastSeq: 2, memberCount: 3, updatedAt: before.updatedAt });
  const [next] = await sendMessages(server, newcomer, id, 1);
  expect(next).toMatchObject({ seq: 3, rev: 4 });
  expect(await storedHead(server, id)).toMatchObject({ rev: 4, membersRev: 3 });
});

it('lets a later member see the whole history, all of it read', async () => {
  const sent = await sendMessages(server, owner, id, 3);
  const { body } = await add(owner.token, newcomer.id);
  expect(body.lastReadSeq).toBe(3);
  expect((await detail(newcomer)).me).toMatchObject({ role: 'member', lastReadSeq: 3, unreadCount: 0 });
  const page = await server.call('GET', `/chat/conversations/${id}/messages`, { token: newcomer.token });
  expect(page.body).toMatchObject({ data: sent.toReversed(), total: 3 });
  await sendMessages(server, owner, id, 1);
  expect((await detail(newcomer)).me).toMatchObject({ lastReadSeq: 3, unreadCount: 1 });
});

it('takes ids in capitals', async () => {
  const { status, body } = await add(owner.token, newcomer.id.toUpperCase(), id.toUpperCase());
  expect([status, body.userId]).toEqual([201, newcomer.id]);
});

const setRole = (role: string) =>
  server.database.query(
    'update conversation_members set role = $3 where conversation_id = $1 and user_id = $2',
    [id, member.id, role],
  );

describe('who may add', () => {
  it('an admin does', async () => {
    await setRole('admin');
    expect((await add(member.token, newcomer.id)).status).toBe(201);
  });

  it('a plain member does not', async () => {
    expect(refusal(await add(member.token, newcomer.id))).toBe('403 CANNOT_ADD_MEMBER');
    expect(await storedHead(server, id)).toMatchObject({ rev: 0, memberCount: 2, rows: 2 });
  });

  it('the role counts at the moment of adding, not who created it', async () => {
    await server.database.query(
      `update conversation_members set role = 'member' where conversation_id = $1 and user_id = $2`,
      [id, owner.id],
    );
    await setRole('owner');
    expect((await add(member.token, newcomer.id)).status).toBe(201);
    expect(refusal(await add(owner.token, UNKNOWN_ID))).toBe('403 CANNOT_ADD_MEMBER');
  });

  it('a stranger does not, not even oneself', async () => {
    expect(refusal(await add(newcomer.token, newcomer.id))).toBe('403 NOT_CONVERSATION_MEMBER');
    expect(refusal(await add(newcomer.token, owner.id))).toBe('403 NOT_CONVERSATION_MEMBER');
  });
});

describe('whom to add', () => {
  it.each([
    [
      'a conversation that is not',
      () => add(owner.token, newcomer.id, UNKNOWN_ID),
      '404 CONVERSATION_NOT_FOUND',
    ],
    ['a user that is not', () => add(owner.token, UNKNOWN_ID), '404 USER_NOT_FOUND'],
    ['a member again', () => add(owner.token, member.id), '409 ALREADY_CONVERSATION_MEMBER'],
    ['oneself again', () => add(owner.token, owner.id), '409 ALREADY_CONVERSATION_MEMBER'],
    [
      'a member in capitals',
      () => add(owner.token, member.id.toUpperCase()),
      '409 ALREADY_CONVERSATION_MEMBER',
    ],
    ['no id', () => add(owner.token, undefined), '400 VALIDATION_FAILED'],
    ['a malformed id', () => add(owner.token, 'user3'), '400 VALIDATION_FAILED'],
    ['several', () => add(owner.token, [newcomer.id]), '400 VALIDATION_FAILED'],
    ['a malformed conversation', () => add(owner.token, newcomer.id, 'x'), '400 VALIDATION_FAILED'],
  ])('refuses %s and takes no rev', async (_label, call, expected) => {
    expect(refusal(await call())).toBe(expected);
    expect(await storedHead(server, id)).toMatchObject({ rev: 0, membersRev: 0, memberCount: 2, rows: 2 });
  });

  it('refuses a role of the adder’s choice', async () => {
    const answer = await server.call('POST', `/chat/conversations/${id}/members`, {
      token: owner.token,
      body: { userId: newcomer.id, role: 'owner' },
    });
    expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
  });
});
