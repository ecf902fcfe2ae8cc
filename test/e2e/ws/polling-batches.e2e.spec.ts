import { expect } from 'vitest';
import { STOCK_CLIENTS } from '../../support/stock-clients.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { Ack } from '../../support/test-socket.js';
import { RawPolling } from './raw-polling.js';

/** Bytes of a packet, and of a POST. */
const PACKET = 65_536;
const POST = 1_048_576;

const test = apiTest.extend('conversationId', PER_FILE, ({ server, user }) =>
  server.createConversation(user),
);

const event = (conversationId: string, id: number, content: string) =>
  `42/chat,${id}${JSON.stringify(['send_message', { conversationId, content }])}`;

/** Packets of 40,000 bytes and a smaller last one, which fill a POST of so many bytes. */
function filling(conversationId: string, bytes: number): string[] {
  const empty = event(conversationId, 100, '').length;
  const packets = Array.from({ length: Math.floor(bytes / 40_001) }, (_, id) =>
    event(conversationId, 100 + id, 'x'.repeat(40_000 - empty)),
  );
  const left = bytes - packets.join('\u001e').length - 1;
  return [...packets, event(conversationId, 999, 'x'.repeat(left - empty))];
}

test.for(Object.keys(STOCK_CLIENTS))(
  'what client %s has kept while it was away arrives whole by polling',
  async (version, { server, user, conversationId }) => {
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

test('a POST of several packets may have 1 MiB, and is announced so', async ({
  server,
  user,
  conversationId,
}) => {
  const raw = await RawPolling.join(server.url, user.token);
  expect(raw.greeting.maxPayload).toBe(POST);
  expect(await raw.post(filling(conversationId, POST).join('\u001e'))).toBe(200);
  expect(await raw.packet(/^43\/chat,999\[/)).toContain('VALIDATION_FAILED');
});

test.for([
  ['that is larger', (conversationId: string) => filling(conversationId, POST + 1)],
  [
    'with a packet beyond 64 KiB among others',
    (conversationId: string) => [
      event(conversationId, 1, 'x'),
      event(conversationId, 2, 'x'.repeat(PACKET)),
      event(conversationId, 3, 'x'),
    ],
  ],
  ['of more than 5,000 packets', () => Array.from({ length: 5_001 }, () => '3')],
] as const)('a POST %s ends its own connection', async ([, packets], { server, user, conversationId }) => {
  const raw = await RawPolling.join(server.url, user.token);
  expect(await raw.post(packets(conversationId).join('\u001e'))).toBe(413);
  await raw.untilClosed();
  expect((await raw.poll()).status).toBe(400);
});
