import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { ask, newAddress } from './callers.js';

describe.each([
  {
    proxies: '0',
    same: [undefined, '203.0.113.1', '203.0.113.2', 'nonsense', '203.0.113.3, 203.0.113.4'],
    other: undefined,
  },
  {
    proxies: '1',
    // Only the last entry, which the proxy itself has appended, is true; the client writes the others.
    same: ['203.0.113.9', '203.0.113.1, 203.0.113.9', '203.0.113.2,203.0.113.9', 'nonsense, 203.0.113.9'],
    other: '203.0.113.9, 203.0.113.1',
  },
  {
    proxies: '2',
    same: ['203.0.113.9, 10.0.0.1', '203.0.113.1, 203.0.113.9, 10.0.0.2'],
    other: '203.0.113.9, 203.0.113.1, 10.0.0.1',
  },
  { proxies: '1', same: ['nonsense', '<b>', 'x'.repeat(5_000)], other: '203.0.113.1' },
])('X-Forwarded-For behind $proxies proxies', ({ proxies, same, other }) => {
  let server: TestServer;
  beforeAll(async () => {
    const limit = String(same.length);
    server = await TestServer.start({ THROTTLE_GLOBAL_LIMIT: limit, TRUST_PROXY: proxies });
  });
  afterAll(() => server.stop());

  async function statusFrom(from: string | undefined): Promise<number> {
    return (await ask(server, '/posts', from === undefined ? {} : { from })).status;
  }

  it('makes no other client of one', async () => {
    for (const from of same) expect(await statusFrom(from)).toBe(200);
    for (const from of same) expect(await statusFrom(from)).toBe(429);
    expect(await statusFrom(other ?? newAddress())).toBe(other === undefined ? 429 : 200);
  });
});
