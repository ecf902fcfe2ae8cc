import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { UPGRADE_REQUEST } from '../e2e/ws/upgrade-request.js';
import { freePort } from '../support/free-port.js';
import { STOCK_CLIENTS } from '../support/stock-clients.js';
import { TestDatabase } from '../support/test-database.js';
import { signUp } from './demo.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { urlOf } from './test-postgres.js';
import { waitUntil } from './wait-until.js';

afterAll(cleanUp);

const WAYS = [['websocket'], ['polling'], ['polling', 'websocket']];
const EACH = 5;

it('stock clients reconnect by themselves after a restart, although one peer is silent', async () => {
  const database = await TestDatabase.create();
  onTestFinished(() => database.drop());
  const settings = {
    DATABASE_URL: urlOf(database.connection),
    JWT_ACCESS_SECRET: '0f1e2d3c4b5a69788796a5b4c3d2e1f00123456789abcdef',
    PORT: String(await freePort()),
  };
  const server = await ServerProcess.start(settings);
  const silent = connect(Number(settings.PORT), '127.0.0.1').on('error', () => undefined);
  silent.write(UPGRADE_REQUEST);
  await once(silent, 'data');
  silent.pause();

  const accounts = await Promise.all(Object.keys(STOCK_CLIENTS).map(() => signUp(server.url)));
  const clients = Object.values(STOCK_CLIENTS).flatMap((io, version) =>
    WAYS.flatMap((transports) =>
      Array.from({ length: EACH }, () => {
        const auth = { token: accounts[version]?.token ?? '' };
        return io(`http://127.0.0.1:${settings.PORT}/chat`, { auth, transports, forceNew: true });
      }),
    ),
  );
  onTestFinished(() => clients.forEach((client) => client.disconnect()));
  const readies = clients.map((client) => {
    const counted = { count: 0 };
    client.on('ready', () => (counted.count += 1));
    return counted;
  });
  const countReady = (times: number): number => readies.filter(({ count }) => count >= times).length;
  await waitUntil('all connected', () => countReady(1) === 60, 25_000);

  const begun = Date.now();
  expect(await server.stop()).toEqual({ code: 0, signal: null });
  expect(Date.now() - begun).toBeLessThan(5_000);
  await ServerProcess.start(settings);
  await waitUntil('all back', () => countReady(2) === 60, 25_000).catch(() => undefined);
  expect(countReady(2)).toBe(60);
  expect(clients.filter(({ connected }) => connected)).toHaveLength(60);
}, 120_000);
