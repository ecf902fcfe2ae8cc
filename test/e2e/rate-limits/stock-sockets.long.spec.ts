import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestServer } from '../../support/test-server.js';
import { closeOfSurplus, reconnectTwentyTabs, startImpatientServer } from './twenty-sockets.js';

let server: TestServer;
beforeAll(async () => {
  server = await startImpatientServer();
});
afterAll(() => server.stop());

it.concurrent.each(
  ['4.0', '4.4', '4.5'].flatMap((version) => [
    [version, 'websocket'],
    [version, 'polling'],
  ]),
)(
  'a 21st socket gets no place, no permanent refusal, and reconnects by itself (%s %s)',
  async (version, transport) => {
    const seen = await closeOfSurplus(server, version, transport);
    expect(seen).toEqual({ ready: 0, refusals: [], isActive: true });
  },
);

it('twenty tabs that lose their network without notice to the server reconnect at once, over polling', async () => {
  expect(await reconnectTwentyTabs('polling')).toEqual(Array(20).fill(true));
});
