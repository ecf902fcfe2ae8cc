import { expect } from 'vitest';
import { ConversationWriter } from '../../../src/arch/modules/chat/infrastructure/writing/conversation-writer.js';
import { apiTest as it } from '../../support/api-test.js';
import { RowLock } from '../ws/row-lock.js';
import { refusal, storedHead } from './support.js';

/** The documented maximum length of the queue. */
const WAITING = 4_096;

it('a send beyond what may wait: 503 with Retry-After over HTTP, UNAVAILABLE over sockets, nothing half-done', async ({
  server,
  connect,
  owner,
}) => {
  const id = await server.createConversation(owner);
  const path = `/chat/conversations/${id}/messages`;
  const body = { content: 'one too many', clientMessageId: 'late' };
  const socket = await connect(owner);
  await socket.emit('join_room', { conversationId: id });
  const writer = server.app.get(ConversationWriter);
  const store = (content: string) => writer.store({ conversationId: id, senderId: owner.id, content });

  const lock = await RowLock.take(server, id);
  const first = store('first');
  await new Promise(setImmediate);
  const waiting = Array.from({ length: WAITING }, (_, index) => store(String(index)));
  const overHttp = await server.call('POST', path, { token: owner.token, body });
  const overSocket = await socket.emit('send_message', { conversationId: id, ...body });
  await lock.release();

  expect(refusal(overHttp)).toBe('503 UNAVAILABLE');
  expect(overHttp.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  expect(overSocket.error).toMatchObject({ code: 'UNAVAILABLE', statusCode: 503 });
  await Promise.all([first, ...waiting]);
  expect(await storedHead(server, id)).toMatchObject({ lastSeq: WAITING + 1, rev: WAITING + 1 });
  const again = await server.call('POST', path, { token: owner.token, body });
  expect([again.status, again.body.seq]).toEqual([201, WAITING + 2]);
  expect(await socket.waitFor('new_message', 1)).toEqual([again.body]);
});
