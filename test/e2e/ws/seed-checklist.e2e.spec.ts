import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { TestSocket } from '../../support/test-socket.js';
import { refusedConnection } from './refused-connection.js';

const test = apiTest
  .extend('conversationId', PER_FILE, ({ server, owner }) => server.createConversation(owner))
  .extend('socket', PER_FILE, ({ server, owner }) => TestSocket.connect(server.url, owner.token));

describe('the checklist of the seed’s phase C', () => {
  test('a gateway on the namespace /chat', ({ socket }) => {
    expect(socket.client.connected).toBe(true);
  });

  test('a JWT at the handshake, refused when it is not valid', async ({ server, owner }) => {
    const error = await refusedConnection(`${server.url}/chat`, { auth: { token: `${owner.token}x` } });
    expect(error.message).toBe('Unauthorized');
  });

  test('join_room joins the room of a conversation', async ({ socket, conversationId }) => {
    expect(await socket.emit('join_room', { conversationId })).toEqual({
      ok: true,
      data: { conversationId, lastSeq: 0, rev: 0, epoch: expect.any(String) },
    });
  });

  test('send_message stores through the same command as HTTP and broadcasts new_message', async ({
    server,
    socket,
    conversationId,
    owner,
  }) => {
    const { data } = await socket.emit('send_message', { conversationId, content: 'Bonjour' });
    expect(await socket.waitFor('new_message', 1)).toEqual([data.message]);
    const page = await server.call('GET', `/chat/conversations/${conversationId}/messages`, {
      token: owner.token,
    });
    expect(page.body.data).toEqual([data.message]);
  });

  test('failures reach the client as "error"', async ({ socket, conversationId }) => {
    socket.client.emit('send_message', { conversationId, content: '' });
    const [error] = await socket.waitFor('error', 1);
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED', event: 'send_message' });
  });

  test('the gateway holds no rule: it decides nothing and reaches no adapter, port or domain service', async () => {
    const path = new URL('../../../src/arch/modules/chat/interface/ws/chat.gateway.ts', import.meta.url);
    const source = await readFile(path, 'utf8');
    expect(source).toContain('new SendMessageCommand(');
    expect(source).not.toMatch(/\bif \(|\bswitch \(|\?\s|\btry \{/);
    const imported = Array.from(source.matchAll(/from '(\.[^']+)'/g), ([, from]) => from);
    const forbidden = /infrastructure|application\/ports|^\.\.\/\.\.\/domain/;
    expect(imported.filter((from) => forbidden.test(String(from)))).toEqual([]);
  });
});
