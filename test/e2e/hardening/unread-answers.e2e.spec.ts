import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { listen } from '../../../src/arch/common/interface/http/server/listen.js';
import { CONNECTION_LIMITS } from '../../../src/arch/common/interface/http/security/connection-limits.js';
import { createApp } from '../../../src/arch/create-app.js';
import { countStatements } from '../../support/count-statements.js';
import { testConfig } from '../../support/test-config.js';
import { TestDatabase } from '../../support/test-database.js';

const LIMITS = { ...CONNECTION_LIMITS, checkInterval: 50, unreadTimeout: 1_000 };
const PAGE = 'GET /posts?limit=40 HTTP/1.1\r\nHost: x\r\n\r\n';
/**
 * The operating system buffers this much of an unread connection: at most 4 MiB at the sender and 6 at the receiver.
 */
const IN_THE_SYSTEM = 10;

let database: TestDatabase;
let app: NestFastifyApplication;
let port: number;
const sockets: Socket[] = [];

beforeAll(async () => {
  database = await TestDatabase.create();
  await database.query(
    `with ada as (
       insert into users (email, password_hash, display_name) values ('a@b.c', '', 'Ada') returning id
     )
     insert into posts (owner_id, title, content) select id, n, repeat('x', 20000) from ada, generate_series(1, 40) n`,
  );
  app = await createApp(testConfig(), database.connection, pino({ level: 'silent' }), LIMITS);
  port = await listen(app, 0);
});
afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()));
afterAll(async () => {
  await app.close();
  await database.drop();
});

/** Both sides of a new connection, the client's and the server's. */
async function connection(): Promise<{ socket: Socket; served: Socket }> {
  const accepted = once(app.getHttpServer(), 'connection');
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  sockets.push(socket);
  const [served] = (await accepted) as [Socket];
  return { socket, served };
}

it('a client that pipelines and does not read has few answers computed, and is cut long before the idle limit', async () => {
  const { socket, served } = await connection();
  socket.pause();
  const { statements } = await countStatements(database, async () => {
    socket.write(PAGE.repeat(200));
    const begun = performance.now();
    await once(served, 'close');
    expect(performance.now() - begun).toBeLessThan(LIMITS.idleTimeout / 2);
  });
  const pages = statements.filter((text) => text.includes('find_posts')).length;
  expect(pages).toBeGreaterThan(1);
  expect(pages).toBeLessThanOrEqual(IN_THE_SYSTEM + 1 + 8);
});

it('a pipeline that is read slowly but steadily is answered whole', async () => {
  const { socket } = await connection();
  const wanted = 16;
  socket.write(PAGE.repeat(wanted - 1) + PAGE.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
  let answers = 0;
  let bytes = 0;
  for await (const part of socket) {
    const text = String(part);
    bytes += text.length;
    answers += text.split('"total":40').length - 1;
    // This is some 8 MB a second.
    await delay(Math.floor(text.length / 8_000));
  }
  expect(bytes).toBeGreaterThan(wanted * 800_000);
  expect(answers).toBeGreaterThanOrEqual(wanted - 1);
});

it.each(['signup', 'login', 'refresh'])('whoever reads nothing keeps no neighbour from %s', async (entry) => {
  const { socket, served } = await connection();
  socket.pause();
  socket.write(PAGE.repeat(40));
  let before = -1;
  const stuck = () => served.writableLength > 0 && before === (before = served.bytesWritten);
  await expect.poll(stuck).toBe(true);
  expect((await fetch(`http://127.0.0.1:${port}/auth/${entry}`, { method: 'POST' })).status).toBe(400);
  expect(served.destroyed).toBe(false);
});

it('a client that has been cut may connect again', async () => {
  const { socket, served } = await connection();
  socket.pause();
  socket.write(PAGE.repeat(40));
  await once(served, 'close');
  expect((await fetch(`http://127.0.0.1:${port}/posts?limit=1`)).status).toBe(200);
});
