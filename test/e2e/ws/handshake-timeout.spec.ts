import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { RawPolling } from './raw-polling.js';
import { RawWebSocket } from './raw-websocket.js';

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

test('a connection that joins no namespace is closed after 10 s, whatever its transport', async () => {
  const openedAt = performance.now();
  const [websocket, polling] = await Promise.all([
    RawWebSocket.open(server.url),
    RawPolling.open(server.url),
  ]);
  const seconds = await Promise.all(
    [websocket.closed, polling.untilClosed()].map(async (end) => {
      await end;
      return (performance.now() - openedAt) / 1_000;
    }),
  );
  for (const after of seconds) {
    expect(after).toBeGreaterThan(9.5);
    expect(after).toBeLessThan(12);
  }
});
