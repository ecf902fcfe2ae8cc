import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';

let server: TestServer;
let owner: TestUser;
let member: TestUser;
let newcomer: TestUser;
let owners: TestSocket;
let members: TestSocket;
let newcomers: TestSocket;

beforeAll(async () => {
  server = await TestServer.start();
});
beforeEach(async () => {
  [owner, member, newcomer] = await Promise.all([
    server.signUp('Ada'),
    server.signUp('Bob'),
    server.signUp('Cleo'),
  ]);
  owners = await TestSocket.connect(server.url, owner.token);
  members = await TestSocket.connect(server.url, member.token);
  newcomers = await TestSocket.connect(server.url, newcomer.token);
});
afterAll(() => server.stop());

const add = (conversationId: string, userId: string, token = owner.token) =>
  server.call('POST', `/chat/conversations/${conversationId}/members`, { token, body: { userId } });
const settleAll = () => Promise.all([owners, members, newcomers].map((socket) => socket.settle()));
const listEntry = async ({ token }: TestUser) =>
  (await server.call('GET', '/chat/conversations', { token })).body.data[0];

test('creating emits the conversation, as in the list of each member, to all of their sockets', async () => {
  const second = await TestSocket.connect(server.url, member.token);
  await server.createConversation(owner, [member, member, owner]);
  await Promise.all([settleAll(), second.settle()]);
  expect(owners.all('conversation_added')).toEqual([await listEntry(owner)]);
  expect(members.all('conversation_added')).toEqual([await listEntry(member)]);
  expect(second.all('conversation_added')).toEqual(members.all('conversation_added'));
  expect(newcomers.all('conversation_added')).toEqual([]);
  expect(owners.all('conversation_added')).toMatchObject([{ me: { role: 'owner' }, memberCount: 2, rev: 0 }]);
  expect(members.all('conversation_added')).toMatchObject([{ me: { role: 'member' } }]);
});

test('a creation that fails emits nothing', async () => {
  const { status } = await server.call('POST', '/chat/conversations', {
    token: owner.token,
    body: { memberIds: [member.id, crypto.randomUUID()] },
  });
  expect(status).toBe(404);
  await settleAll();
  expect([...owners.all('conversation_added'), ...members.all('conversation_added')]).toEqual([]);
});

test('adding a member emits the member and the rev to the room', async () => {
  const conversationId = await server.createConversation(owner, [member]);
  await owners.emit('join_room', { conversationId });
  await owners.emit('send_message', { conversationId, content: 'before' });
  const { status, body } = await add(conversationId, newcomer.id);
  expect(status).toBe(201);
  await settleAll();
  expect(owners.all('member_added')).toEqual([{ conversationId, rev: 2, member: body }]);
  expect(body).toMatchObject({ userId: newcomer.id, displayName: 'Cleo', role: 'member', lastReadSeq: 1 });
  expect(members.all('member_added')).toEqual([]);
  expect(newcomers.all('member_added')).toEqual([]);
});

test('the new member receives the conversation on all sockets, and may join at once', async () => {
  const conversationId = await server.createConversation(owner, [member]);
  await owners.emit('send_message', { conversationId, content: 'before' });
  const second = await TestSocket.connect(server.url, newcomer.token);
  await settleAll();
  const already = owners.all('conversation_added').length + members.all('conversation_added').length;
  await add(conversationId, newcomer.id);
  await Promise.all([settleAll(), second.settle()]);
  const entry = await listEntry(newcomer);
  expect(entry).toMatchObject({
    id: conversationId,
    lastSeq: 1,
    rev: 2,
    memberCount: 3,
    me: { unreadCount: 0 },
  });
  expect(newcomers.all('conversation_added')).toEqual([entry]);
  expect(second.all('conversation_added')).toEqual([entry]);
  expect(owners.all('conversation_added').length + members.all('conversation_added').length).toBe(already);
  const { data } = await newcomers.emit('join_room', { conversationId });
  expect(data).toEqual({ conversationId, lastSeq: 1, rev: 2, epoch: expect.any(String) });
});

test('a refused addition emits nothing', async () => {
  const conversationId = await server.createConversation(owner, [member]);
  await owners.emit('join_room', { conversationId });
  const before = members.all('conversation_added').length;
  expect((await add(conversationId, newcomer.id, member.token)).body.code).toBe('CANNOT_ADD_MEMBER');
  expect((await add(conversationId, member.id)).body.code).toBe('ALREADY_CONVERSATION_MEMBER');
  expect((await add(conversationId, crypto.randomUUID())).body.code).toBe('USER_NOT_FOUND');
  await settleAll();
  expect(owners.all('member_added')).toEqual([]);
  expect(newcomers.all('conversation_added')).toEqual([]);
  expect(members.all('conversation_added')).toHaveLength(before);
});

test('messages and members share one sequence of revs, received in order without holes', async () => {
  const conversationId = await server.createConversation(owner);
  await owners.emit('join_room', { conversationId });
  const received: { event: string; rev: number }[] = [];
  owners.client.onAny((event: string, { rev }: { rev: number }) => {
    if (event !== 'conversation_added') received.push({ event, rev });
  });
  const joiners = await Promise.all(Array.from({ length: 10 }, () => server.signUp()));
  await Promise.all(
    joiners.flatMap(({ id }) => [
      owners.emit('send_message', { conversationId, content: 'x' }),
      add(conversationId, id),
      owners.emit('send_message', { conversationId, content: 'y' }),
    ]),
  );
  await owners.settle();
  expect(received.map(({ rev }) => rev)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  expect(received.filter(({ event }) => event === 'member_added')).toHaveLength(10);
});
