import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { Ack, TestSocket } from '../../support/test-socket.js';
import { RawPolling } from './raw-polling.js';

const test = apiTest
  .extend('ada', PER_FILE, ({ server }) => server.signUp('Ada'))
  .extend('bob', PER_FILE, ({ server }) => server.signUp('Bob'))
  .extend('conversationId', PER_FILE, ({ server, ada, bob }) => server.createConversation(ada, [bob]));

const transportOf = ({ client }: TestSocket) => client.io.engine.transport.name;

test('a client that only polls joins, sends, receives events and is refused like any other', async ({
  connect,
  ada,
  bob,
  conversationId,
}) => {
  const polling = await connect(ada, { transports: ['polling'] });
  const websocket = await connect(bob);
  for (const socket of [polling, websocket]) {
    expect(await socket.emit('join_room', { conversationId })).toMatchObject({ ok: true });
  }
  const first = await polling.emit('send_message', { conversationId, content: 'by polling' });
  const second = await websocket.emit('send_message', { conversationId, content: 'by websocket' });
  const both = [first.data.message, second.data.message];
  expect(await polling.waitFor('new_message', 2)).toEqual(both);
  expect(await websocket.waitFor('new_message', 2)).toEqual(both);
  expect((await polling.emit('send_message', {})).error?.code).toBe('VALIDATION_FAILED');
  expect((await polling.emit('nope')).error?.code).toBe('UNKNOWN_EVENT');
  expect(polling.all('error')).toHaveLength(2);
  expect(transportOf(polling)).toBe('polling');
});

test('the stock client begins with polling and upgrades to websocket, losing nothing', async ({
  server,
  connect,
  ada,
  bob,
}) => {
  const id = await server.createConversation(ada, [bob]);
  const socket = await connect(ada, { transports: ['polling', 'websocket'] });
  const upgraded = new Promise<void>((resolve) => {
    if (transportOf(socket) === 'websocket') resolve();
    else socket.client.io.engine.once('upgrade', () => resolve());
  });
  await socket.emit('join_room', { conversationId: id });
  const sends = (from: number) =>
    Array.from({ length: 25 }, (_, index) =>
      socket.emit('send_message', { conversationId: id, content: String(from + index) }),
    );
  const during = sends(0);
  await upgraded;
  expect(transportOf(socket)).toBe('websocket');
  const acks = await Promise.all([...during, ...sends(25)]);
  const received = await socket.waitFor('new_message', 50);
  expect(received).toEqual(acks.map(({ data }) => data.message));
  expect(received.map(({ content }) => content)).toEqual(
    Array.from({ length: 50 }, (_, index) => String(index)),
  );
});

test('polling also accepts several events in one request', async ({ server, ada, conversationId }) => {
  const raw = await RawPolling.join(server.url, ada.token);
  const events = [
    `42/chat,1["join_room",{"conversationId":"${conversationId}"}]`,
    `42/chat,2["send_message",{"conversationId":"${conversationId}","content":"all at once"}]`,
  ];
  expect(await raw.post(events.join('\u001e'))).toBe(200);
  expect(await raw.packet(/^43\/chat,1\[/)).toContain('"ok":true');
  const ack = await raw.packet(/^43\/chat,2\[/);
  const [{ data }] = JSON.parse(ack.slice('43/chat,2'.length)) as [Ack];
  const pushed = await raw.packet(/^42\/chat,\["new_message"/);
  expect(JSON.parse(pushed.slice('42/chat,'.length))).toEqual(['new_message', data.message]);
});
