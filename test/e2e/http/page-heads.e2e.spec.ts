import assert from 'node:assert/strict';
import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { rounds } from '../../support/rounds.js';
import { TestSocket } from '../../support/test-socket.js';
import { sendMessages } from './support.js';

const it = apiTest.extend('get', PER_FILE, ({ server, owner }) => async (path: string) => {
  const { status, body } = await server.call('GET', `/chat/conversations/${path}`, { token: owner.token });
  assert.equal(status, 200);
  return body;
});

const PATHS = [
  'messages?',
  'messages?page=7&',
  'messages?after=1&',
  'messages/window?before=2&',
  'messages/window?around=2&events=true&',
  'messages/window?after=99&',
];

it.for(PATHS)(
  '%s answers the head on request, as joining and changes do',
  async (path, { server, owner, get }) => {
    const id = await server.createConversation(owner);
    const [first] = await sendMessages(server, owner, id, 3);
    const edit = { token: owner.token, body: { content: 'Edited' } };
    await server.call('PATCH', `/chat/conversations/${id}/messages/${first?.id}`, edit);
    const socket = await TestSocket.connect(server.url, owner.token);
    const joined = await socket.emit('join_room', { conversationId: id });
    socket.close();
    const { rev } = await get(`${id}/changes?since=0`);
    expect([rev, joined.data?.rev]).toEqual([4, 4]);
    const asked = await get(`${id}/${path}rev=true`);
    expect(asked.rev).toBe(4);
    const { rev: _head, ...rest } = asked;
    expect(await get(`${id}/${path}rev=false`)).toEqual(rest);
    expect(await get(`${id}/${path}`)).toEqual(rest);
  },
);

it('of a thread it is the head of the thread', async ({ server, owner, get }) => {
  const id = await server.createConversation(owner);
  const [root] = await sendMessages(server, owner, id, 2);
  const thread = `/chat/conversations/${id}/messages/${root?.id}/thread`;
  const { body } = await server.call('PUT', thread, { token: owner.token });
  await sendMessages(server, owner, body.id, 1);
  expect((await get(`${body.id}/messages?rev=true`)).rev).toBe(1);
  expect((await get(`${body.id}/messages/window?after=0&rev=true`)).rev).toBe(1);
});

it('while messages are being sent, no window at the end lacks one that its head counts', async ({
  server,
  owner,
  get,
}) => {
  const id = await server.createConversation(owner);
  let isSent = false;
  const sending = sendMessages(server, owner, id, 40).finally(() => (isSent = true));
  for (const _ of rounds(10_000)) {
    const { data, rev, hasMoreAfter } = await get(`${id}/messages/window?before=1000&limit=100&rev=true`);
    const newest = data[0]?.seq ?? 0;
    expect(hasMoreAfter).toBe(newest < rev);
    const page = await get(`${id}/messages?rev=true`);
    expect([page.total, page.data[0]?.seq ?? 0]).toEqual([page.rev, page.rev]);
    if (isSent) break;
  }
  expect(await sending).toHaveLength(40);
});

it('another value of the parameter is refused', async ({ server, owner }) => {
  const id = await server.createConversation(owner);
  for (const path of ['messages?rev=1', 'messages/window?around=1&rev=']) {
    const { status, body } = await server.call('GET', `/chat/conversations/${id}/${path}`, {
      token: owner.token,
    });
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'VALIDATION_FAILED' });
  }
});
