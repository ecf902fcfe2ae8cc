import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, expect, inject, it } from 'vitest';
import { TestDatabase } from '../support/test-database.js';
import { refusal } from './refusal.js';
import { cleanUp } from './server-process.js';
import { urlOf } from './test-postgres.js';

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
  await cleanUp();
  await readOnly?.drop();
});

/** A server that handles each connection as the test decides; returns its URL. */
async function databaseThat(answer: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    answer(socket);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `postgres://somebody:canary@127.0.0.1:${(server.address() as AddressInfo).port}/chat`;
}

/** A message of PostgreSQL's protocol: a type, the length including itself, the contents. */
function packet(type: string, ...parts: (string | number)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`) : Buffer.from([0, 0, 0, part]))),
  );
  const head = Buffer.from([...Buffer.from(type), 0, 0, 0, body.length + 4]);
  return Buffer.concat([head, body]);
}

function refusesPassword(socket: Socket): void {
  socket.once('data', () => {
    socket.write(packet('R', 3));
    socket.once('data', () => {
      socket.end(packet('E', 'SFATAL', 'C28P01', 'Mpassword authentication failed for user "somebody"', ''));
    });
  });
}

let readOnly: TestDatabase | undefined;
async function readOnlyDatabase(): Promise<string> {
  readOnly = await TestDatabase.create();
  const { database } = readOnly.connection;
  await readOnly.query(`alter database ${database} set default_transaction_read_only = on`);
  return urlOf(readOnly.connection);
}

const unreachable: [string, () => Promise<string> | string][] = [
  ['a closed port', () => 'postgres://somebody:canary@127.0.0.1:1/chat'],
  ['an unknown host', () => 'postgres://somebody:canary@no-such-host.invalid/chat'],
  ['a wrong password', () => databaseThat(refusesPassword)],
  ['an unknown database', () => urlOf({ ...inject('postgres'), database: 'canary' })],
  ['something that hangs up', () => databaseThat((socket) => socket.once('data', () => socket.end()))],
  ['something that says nothing', () => databaseThat(() => undefined)],
  ['no PostgreSQL', () => databaseThat((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))],
  ['a password that is not encoded', () => 'postgres://somebody:canary%zz@127.0.0.1:1/chat'],
  ['a server that only reads', readOnlyDatabase],
  [
    'a certificate that is not there',
    () => 'postgres://127.0.0.1:1/chat?sslmode=require&sslrootcert=/canary',
  ],
];

it.concurrent.each(unreachable)('reports in one line that DATABASE_URL leads to %s', async (_, url) => {
  const DATABASE_URL = await url();
  const line = await refusal({ DATABASE_URL });
  expect(line).toMatch(/^(?:Configuration: )?DATABASE_URL /);
  expect(line).not.toContain('canary');
  expect(line).not.toContain('postgres://');
});

it.concurrent.each(['migrate', 'seed'] as const)('%s reports the same', async (program) => {
  const DATABASE_URL = 'postgres://somebody:canary@127.0.0.1:1/chat';
  expect(await refusal({ DATABASE_URL }, { program })).toBe(
    'DATABASE_URL cannot be reached: nothing listens there (ECONNREFUSED).',
  );
});

it.concurrent.each([
  ['28000', 'role "reader" is not permitted to log in'],
  ['55000', 'database "chat" is not currently accepting connections'],
])("says PostgreSQL's own reason (%s), in a line", async (code, reason) => {
  const DATABASE_URL = await databaseThat((socket) => {
    socket.once('data', () => socket.end(packet('E', 'SFATAL', `C${code}`, `M${reason}`, 'Dcanary', '')));
  });
  expect(await refusal({ DATABASE_URL })).toBe(`DATABASE_URL cannot be reached: ${reason} (${code}).`);
});
