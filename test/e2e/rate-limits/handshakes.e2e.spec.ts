import { beforeEach, describe, expect } from 'vitest';
import { STOCK_CLIENTS } from '../../support/stock-clients.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { RawPolling } from '../ws/raw-polling.js';
import { upgrade } from '../ws/upgrade-request.js';
import { newAddress } from './callers.js';

/** Ten times the limit of one caller. */
const CEILING = 10;

let from: Record<string, string>;

const it = apiTest
  .extend('variables', PER_FILE, { THROTTLE_GLOBAL_LIMIT: '1', TRUST_PROXY: '1' })
  .extend('steps', PER_FILE, ({ server }) => {
    const handshake = (query = '') =>
      fetch(`${server.url}/socket.io/?EIO=4&transport=polling${query}`, { headers: from });
    /** The status of an upgrade; 101 when the WebSocket is open. */
    const upgradeStatus = async (query = '') =>
      Number((await upgrade(server.url, query, from)).slice('HTTP/1.1 '.length, 'HTTP/1.1 '.length + 3));
    async function reachCeiling(): Promise<void> {
      for (let count = 0; count < CEILING; count += 1) expect((await handshake()).status).toBe(200);
    }

    return { handshake, upgradeStatus, reachCeiling };
  });

beforeEach(() => {
  from = { 'x-forwarded-for': newAddress() };
});

describe('handshakes count for the address', () => {
  it('over polling, and are 429 in the shape of every error beyond its ceiling', async ({ steps }) => {
    await steps.reachCeiling();
    const refused = await steps.handshake();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({
      statusCode: 429,
      error: 'Too Many Requests',
      code: 'RATE_LIMITED',
      requestId: refused.headers.get('x-request-id'),
      path: '/socket.io/',
    });
  });

  it('over a websocket too, which is answered before it is one', async ({ steps, server }) => {
    for (let count = 0; count < CEILING; count += 1) expect(await steps.upgradeStatus()).toBe(101);
    const answer = await upgrade(server.url, '', from);
    expect(answer).toMatch(/^HTTP\/1\.1 429 Too Many Requests\r\n/);
    expect(answer).toMatch(/\r\nretry-after: \d+\r\n/);
    expect(answer).toContain('"code":"RATE_LIMITED"');
  });

  it('and upgrades of a connection that is there as well', async ({ steps, server }) => {
    const raw = await RawPolling.open(server.url, from);
    const sid = raw.address.slice(raw.address.indexOf('&sid='));
    for (let count = 1; count < CEILING; count += 1) await steps.upgradeStatus(sid);
    expect(await steps.upgradeStatus(sid)).toBe(429);
  });

  it('and requests for a connection that does not exist', async ({ steps }) => {
    for (let count = 0; count < CEILING; count += 1)
      expect((await steps.handshake('&sid=nobody')).status).toBe(400);
    expect((await steps.handshake('&sid=nobody')).status).toBe(429);
  });

  it('but not the polls of a connection that is there', async ({ steps, server }) => {
    const raw = await RawPolling.open(server.url, from);
    for (let count = 0; count < 3 * CEILING; count += 1) expect(await raw.post('3')).toBe(200);
    expect((await steps.handshake()).status).toBe(200);
  });

  it('and not for others', async ({ steps }) => {
    await steps.reachCeiling();
    expect((await steps.handshake()).status).toBe(429);
    from = { 'x-forwarded-for': newAddress() };
    expect((await steps.handshake()).status).toBe(200);
  });
});

it('the security log names the address of the client, not that of the proxy', async ({ steps, server }) => {
  const raw = await RawPolling.open(server.url, from);
  await raw.post('40/chat,{"token":"x"}');
  await raw.packet(/^44/);
  const address = from['x-forwarded-for'];
  expect(server.securityLog).toContainEqual(
    expect.objectContaining({ event: 'ws.refused', code: 'TOKEN_INVALID', address }),
  );
  for (let count = 0; count < CEILING; count += 1) await steps.handshake();
  expect(server.securityLog).toContainEqual(
    expect.objectContaining({ event: 'limit.hit', action: 'handshake', address }),
  );
});

describe.each(Object.entries(STOCK_CLIENTS))('the stock client %s', (_, io) => {
  it.for(['websocket', 'polling'])('tries again after it, over %s', async (transport, { steps, server }) => {
    await steps.reachCeiling();
    const client = io(`${server.url}/chat`, {
      auth: { token: 'x' },
      forceNew: true,
      transports: [transport],
      extraHeaders: from,
      reconnectionDelay: 10,
    });
    const attempts = new Promise<number>((resolve) => {
      client.io.on('reconnect_attempt', (attempt) => attempt > 1 && resolve(attempt));
    });
    expect(await attempts).toBe(2);
    expect(client.active).toBe(true);
    client.disconnect();
  });
});
