import { afterAll, beforeAll, expect, it } from 'vitest';
import { RawPolling } from '../e2e/ws/raw-polling.js';
import { UPGRADE_REQUEST } from '../e2e/ws/upgrade-request.js';
import { TestDatabase } from '../support/test-database.js';
import { signUp } from './demo.js';
import { cleanUp, type RunningServer, ServerProcess } from './server-process.js';
import {
  closePeers,
  LARGE,
  MANY,
  openConnection,
  openSilentPeer,
  secondsToStop,
  UNFINISHED,
} from './stuck-peers.js';
import { urlOf } from './test-postgres.js';

let database: TestDatabase;
beforeAll(async () => (database = await TestDatabase.create()));
afterAll(async () => {
  closePeers();
  await cleanUp();
  await database.drop();
});
const start = (): Promise<RunningServer> => ServerProcess.start({ DATABASE_URL: urlOf(database.connection) });

it('ends at once on a second signal, whatever work is in flight', async () => {
  const server = await start();
  await openConnection(server, UNFINISHED);
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  server.child.kill('SIGTERM');
  await server.until(() => server.stdout.includes('SIGTERM: finishing') || undefined);
  expect(await server.stop()).toEqual({ code: 1, signal: null });
  expect(server.stdout).not.toContain('Stopped.');
});

const h2c = (path: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n` +
  'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n';

it('ends within three seconds when no work is in flight, whatever peers do', async () => {
  const server = await start();
  const { token } = await signUp(server.url);
  // The peer does not answer its close frame, and no longer reads.
  const websocket = await openSilentPeer(server, UPGRADE_REQUEST);
  websocket.write(clientFrame(`40/chat,${JSON.stringify({ token })}`));
  await openSilentPeer(server, UPGRADE_REQUEST);
  await openSilentPeer(server, UPGRADE_REQUEST.replace('/socket.io/', '/nowhere/'));
  await openSilentPeer(server, UPGRADE_REQUEST, '::1');
  await openSilentPeer(server, h2c('/health'));
  await openSilentPeer(server, h2c('/health'), '::1');
  await openSilentPeer(server, h2c(LARGE).repeat(MANY));
  await openConnection(server);
  await openConnection(server, 'GET /health HTTP/1.1\r\nHost: loc');
  await RawPolling.join(server.url, token);
  await RawPolling.open(server.url);
  await openSilentPeer(server, 'GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\n\r\n');
  expect(await secondsToStop(server)).toBeLessThan(3);
  expect(server.stderr).toBe('');
  expect(server.log.filter(({ level, context }) => level >= 40 && context !== 'Security')).toEqual([]);
});

/** A frame as browsers send it: masked, here with zeros. */
function clientFrame(text: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(text.length);
  return Buffer.concat([Buffer.from([0x81, 0xfe]), length, Buffer.alloc(4), Buffer.from(text)]);
}
