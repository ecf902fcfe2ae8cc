import { afterAll, beforeAll, expect, test } from 'vitest';
import { STOCK_CLIENTS } from '../../support/stock-clients.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import type { Ack } from '../../support/test-socket.js';
import { RawPolling } from './raw-polling.js';

/** Bytes: of a packet, and of a POST. */
const PACKET = 65_536;
const POST = 1_048_576;

let server: TestServer;
let user: TestUser;
let conversationId: string;

beforeAll(async () => {
  server = await TestServer.start();
  user = await server.signUp();
  conversationId = await server.createConversation(user);
});
afterAll(() => server.stop());

const event = (id: number, content: string) =>
  `42/chat,${id}${JSON.stringify(['send_message', { conversationId, content }])}`;

/** Packets of 40,000 bytes and a last one that fill a POST of so many bytes. */
function filling(bytes: number): string[] {
  const empty = event(100, '').length;
  const packets = Array.from({ length: Math.floor(bytes / 40_001) }, (_, id) =>
    event(100 + id, 'x'.repeat(40_000 - empty)),
  );
  const left = bytes - packets.join('\u001e').length - 1;
  return [...packets, event(999, 'x'.repeat(left - empty))];
}

test.each(Object.keys(STOCK_CLIENTS))(
  'what client %s has kept while it was away arrives whole by polling',
  async (version) => {
    const connect = STOCK_CLIENTS[version] as (typeof STOCK_CLIENTS)[string];
    const client = connect(`${server.url}/chat`, {
      forceNew: true,
      reconnection: false,
      transports: ['polling'],
      auth: { token: user.token },
    });
    const lost = new Promise<never>((_, reject) => void client.on('disconnect', reject));
    const answers = Array.from({ length: 60 }, () => {
      const { promise, resolve } = Promise.withResolvers<Ack>();
      client.emit('send_message', { conversationId, content: 'x'.repeat(4_000) }, resolve);
      return promise;
    });
    const acks = await Promise.race([Promise.all(answers), lost]);
    expect(acks.filter(({ ok }) => ok)).toHaveLength(60);
    client.removeAllListeners();
    client.disconnect();
  },
);

test('a POST of several packets may have 1 MiB, and is announced so', async () => {
  const raw = await RawPolling.join(server.url, user.token);
  expect(raw.greeting.maxPayload).toBe(POST);
  expect(await raw.post(filling(POST).join('\u001e'))).toBe(200);
  expect(await raw.packet(/^43\/chat,999\[/)).toContain('VALIDATION_FAILED');
});

test.each([
  ['that is larger', () => filling(POST + 1)],
  [
    'with a packet beyond 64 KiB among others',
    () => [event(1, 'x'), event(2, 'x'.repeat(PACKET)), event(3, 'x')],
  ],
  ['of more than 5,000 packets', () => Array.from({ length: 5_001 }, () => '3')],
])('a POST %s ends its own connection', async (_, packets) => {
  const raw = await RawPolling.join(server.url, user.token);
  expect(await raw.post(packets().join('\u001e'))).toBe(413);
  await raw.untilClosed();
  expect((await raw.poll()).status).toBe(400);
});
