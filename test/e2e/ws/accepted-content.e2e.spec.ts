import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { TestSocket } from '../../support/test-socket.js';

const test = apiTest
  .extend('conversationId', PER_FILE, ({ server, owner }) => server.createConversation(owner))
  .extend('socket', PER_FILE, ({ server, owner }) => TestSocket.connect(server.url, owner.token));

test.beforeAll(async ({ socket, conversationId }) => {
  await socket.emit('join_room', { conversationId });
});

test.for([
  ['4,000 emoji', '🦀'.repeat(4_000)],
  ['4,000 characters', 'x'.repeat(4_000)],
  ['one character', 'x'],
  ['spaces around', ' x\n'],
  ['control characters', '\u0001\u001b[31m\u007f'],
  ['what looks like packets', '42/chat,["new_message",{}]'],
  ['decomposed letters', 'e\u0301 \u00e9'],
] as const)(
  'content of %s is stored and pushed exactly as it is',
  async ([, content], { server, socket, conversationId, owner }) => {
    const before = socket.all('new_message').length;
    const { data } = await socket.emit('send_message', { conversationId, content });
    await socket.settle();
    expect(data.message.content).toBe(content);
    expect(socket.all('new_message').slice(before)).toEqual([data.message]);
    const path = `/chat/conversations/${conversationId}/messages?limit=1`;
    expect((await server.call('GET', path, { token: owner.token })).body.data).toEqual([data.message]);
  },
);

test.for(['a', 'aZ0_-'.padEnd(64, 'x'), '__proto__'])(
  'the clientMessageId %s is taken',
  async (clientMessageId, { socket, conversationId }) => {
    const { data } = await socket.emit('send_message', { conversationId, content: 'x', clientMessageId });
    expect(data.message.clientMessageId).toBe(clientMessageId);
  },
);
