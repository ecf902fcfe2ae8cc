import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { RawPolling } from './raw-polling.js';
import { UPGRADE_REQUEST } from './upgrade-request.js';

let server: TestServer;
let user: TestUser;
const cleanUp: (() => void)[] = [];

beforeEach(async () => {
  server = await TestServer.start();
  user = await server.signUp();
});
afterEach(async () => {
  for (const step of cleanUp.splice(0)) step();
  await server.database.drop();
});

async function secondsToStop(): Promise<number> {
  const begun = performance.now();
  await server.app.close();
  return (performance.now() - begun) / 1_000;
}

test('closes the connections of clients, so that the stock client reconnects', async () => {
  const sockets = await Promise.all(
    ['websocket', 'polling'].map((transport) =>
      TestSocket.connect(server.url, user.token, { transports: [transport] }),
    ),
  );
  const reasons = sockets.map(
    ({ client }) => new Promise((resolve) => void client.once('disconnect', resolve)),
  );
  await server.app.close();
  // A client that is between two polls cannot connect any more.
  expect(await Promise.all(reasons)).toEqual([
    'transport close',
    expect.stringMatching(/^transport (close|error)$/),
  ]);
  expect(sockets.map(({ client }) => client.active)).toEqual([true, true]);
});

test('is not kept by a polling client that does not come back', async () => {
  await RawPolling.join(server.url, user.token);
  const unread = await RawPolling.open(server.url);
  await unread.post(`40/chat,${JSON.stringify({ token: user.token })}`);
  await RawPolling.open(server.url);
  expect(await secondsToStop()).toBeLessThan(3);
});

test('is not kept by a websocket that does not answer', async () => {
  const tcp = connect(Number(new URL(server.url).port), '127.0.0.1');
  cleanUp.push(() => tcp.destroy());
  tcp.on('error', () => undefined);
  tcp.write(UPGRADE_REQUEST);
  await new Promise((resolve) => void tcp.once('data', resolve));
  tcp.pause();
  expect(await secondsToStop()).toBeLessThan(3);
});
