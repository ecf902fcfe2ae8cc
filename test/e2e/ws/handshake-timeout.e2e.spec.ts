import { expect } from 'vitest';
import { CONNECTION_LIMITS } from '../../../src/arch/common/interface/http/security/connection-limits.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { TestServer } from '../../support/test-server.js';
import { RawPolling } from './raw-polling.js';
import { RawWebSocket } from './raw-websocket.js';

/** Milliseconds instead of ten seconds. */
const LIMIT = 1_500;

const test = apiTest.extend('server', PER_FILE, async ({ variables }, { onCleanup }) => {
  const server = await TestServer.start(variables, undefined, { outside: LIMIT });
  onCleanup(() => server.stop());
  return server;
});

test('a connection that joins no namespace is closed when its time is over, whatever its transport', async ({
  server,
}) => {
  expect(CONNECTION_LIMITS.outside).toBe(10_000);
  const openedAt = performance.now();
  const [websocket, polling] = await Promise.all([
    RawWebSocket.open(server.url),
    RawPolling.open(server.url),
  ]);
  const times = await Promise.all(
    [websocket.closed, polling.untilClosed()].map(async (end) => {
      await end;
      return performance.now() - openedAt;
    }),
  );
  for (const after of times) {
    expect(after).toBeGreaterThan(LIMIT - 100);
    expect(after).toBeLessThan(LIMIT + 1_500);
  }
});
