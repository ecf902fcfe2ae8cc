import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callApi } from '../support/api.js';
import { freePort } from '../support/free-port.js';
import { TestDatabase } from '../support/test-database.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { urlOf } from './test-postgres.js';
import { waitUntil } from './wait-until.js';

/** Requests with so long a URL that each has a log line of so many bytes, and more of them than may wait. */
const LONG = `/${'x'.repeat(12_000)}`;
const MANY = 450;
/** Seconds. */
const STOPS_WITHIN = 10;
const MIB = 1_048_576;

let database: TestDatabase;
const files: number[] = [];
beforeAll(async () => (database = await TestDatabase.create()));
afterAll(async () => {
  await cleanUp();
  for (const file of files) closeSync(file);
  await database.drop();
});

function open(path: string, flags: string | number): number {
  const file = openSync(path, flags);
  files.push(file);
  return file;
}

async function start(log: number, prefix: readonly string[] = []) {
  const port = await freePort();
  const variables = { DATABASE_URL: urlOf(database.connection), PORT: String(port), HOST: '127.0.0.1' };
  const server = await ServerProcess.spawn(variables, { log, prefix });
  const url = `http://127.0.0.1:${port}`;
  const isReady = () =>
    callApi(url, 'GET', '/health/ready').then(
      ({ status }) => status === 200,
      () => false,
    );
  await waitUntil('a server that serves', isReady, 90_000);
  return { server, url };
}

/** More lines than the log may keep waiting. */
async function ask(url: string): Promise<void> {
  for (let asked = 0; asked < MANY; asked += 50) {
    const answers = await Promise.all(Array.from({ length: 50 }, () => callApi(url, 'GET', LONG)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
  }
}

async function secondsToStop(server: ServerProcess): Promise<number> {
  const begun = performance.now();
  expect(await server.stop()).toEqual({ code: 0, signal: null });
  expect(server.stderr).toBe('');
  return (performance.now() - begun) / 1_000;
}

/** A pipe that the server writes to, and its other end, which is not read by itself. */
function pipe() {
  const path = join(temporaryFolder(), 'log');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return { reader, writer: open(path, 'w') };
}

const DROPPED = /There was no room in the log; lines dropped: (\d+)/;

it.skipIf(process.platform !== 'linux')('serves and stops with a full disk under its log', async () => {
  const { server, url } = await start(open('/dev/full', 'w'));
  await ask(url);
  expect(await secondsToStop(server)).toBeLessThan(STOPS_WITHIN);
});

it('serves when nobody reads the pipe of its log, reports the number of dropped lines when it is read again, and serves and stops when the reader has ended', async () => {
  const { reader, writer } = pipe();
  const { server, url } = await start(writer);
  await ask(url);
  expect(await memory(server)).toBeLessThan(400 * MIB);
  let text = '';
  const pipeEnd = new Socket({ fd: reader, readable: true, writable: false });
  pipeEnd.on('data', (part) => (text += part.toString()));
  const dropped = await waitUntil('the number of lost lines', () => DROPPED.exec(text)?.[1]);
  const lines = text.split('\n').filter(Boolean);
  expect(lines.filter((line) => line.includes(LONG)).length + Number(dropped)).toBe(MANY);
  pipeEnd.destroy();
  await ask(url);
  expect(await secondsToStop(server)).toBeLessThan(STOPS_WITHIN);
});

it('stops when nobody reads the pipe of its log', async () => {
  const { reader, writer } = pipe();
  files.push(reader);
  const { server, url } = await start(writer);
  await ask(url);
  expect(await secondsToStop(server)).toBeLessThan(STOPS_WITHIN);
});

// A file that may not grow causes the same error as a full disk; the limit is one of the process.
it('reports the number of dropped lines when there is room again', async () => {
  const path = join(temporaryFolder(), 'log');
  writeFileSync(path, ' '.repeat(8 * MIB - 16_384));
  const limited = ['sh', '-c', 'trap "" XFSZ; ulimit -f 16384; exec "$@"', 'sh'];
  const { server, url } = await start(open(path, 'a'), limited);
  await ask(url);
  truncateSync(path, 0);
  const dropped = await waitUntil(
    'the number of lost lines',
    () => DROPPED.exec(readFileSync(path, 'utf8'))?.[1],
  );
  expect(Number(dropped)).toBeGreaterThan(0);
  await callApi(url, 'GET', '/afterwards');
  expect(await secondsToStop(server)).toBeLessThan(STOPS_WITHIN);
  const lines = readFileSync(path, 'utf8').split('\n').slice(1, -1);
  expect(lines.map((line) => JSON.parse(line).msg)).toContain('GET /afterwards 404');
  expect(lines.at(-1)).toContain('Stopped.');
});

async function memory({ child }: ServerProcess): Promise<number> {
  return 1_024 * Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' }));
}
