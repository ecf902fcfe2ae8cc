import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { callApi } from '../support/api.js';
import { TestDatabase } from '../support/test-database.js';
import { DEMO_CONVERSATION, logIn, send, signUp } from './demo.js';
import { postmasterGone } from './postmaster.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { urlOf } from './test-postgres.js';
import { waitUntil } from './wait-until.js';

afterAll(cleanUp);

const STEPS = [
  'Opening the database',
  'Migrating the database',
  'Adding the demo data',
  'Loading the application',
];
/** Milliseconds; one that does not hear goes on for ever. */
const AT_ONCE = 10_000;
const SECRET = 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA-fault-tests';
const isRoot = process.getuid?.() === 0;
/** Root may write anywhere, unless this right is taken away. */
const withoutRights = isRoot ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : [];
/** Makes the program process 1 of a namespace of its own, as in a container. */
const asFirst = [
  'unshare',
  ...(isRoot ? [] : ['--user', '--map-root-user']),
  '--pid',
  '--fork',
  '--kill-child',
];

/** Waits for a line of the log. */
const said = (server: ServerProcess, text: string) =>
  server.until(() => (server.stdout.includes(text) ? text : undefined));

/** Milliseconds until the server has ended, and its status. */
async function endOf(server: ServerProcess, signal: () => unknown) {
  const begun = performance.now();
  signal();
  const { code } = await server.exited;
  return { code, milliseconds: performance.now() - begun };
}

it.concurrent('a server that is told to stop ends at once wherever its start is, and the next one goes on from there', async () => {
  const DATA_DIR = join(temporaryFolder(), 'data');
  for (const step of STEPS) {
    const server = await ServerProcess.spawn({ DATA_DIR });
    await said(server, step);
    const { code, milliseconds } = await endOf(server, () => server.child.kill('SIGTERM'));
    expect([step, code]).toEqual([step, 0]);
    expect(milliseconds).toBeLessThan(AT_ONCE);
    if (existsSync(join(DATA_DIR, 'postgres'))) await postmasterGone(DATA_DIR);
  }
  const last = await ServerProcess.start({ DATA_DIR });
  const sent = await send(last.url, await logIn(last.url), DEMO_CONVERSATION, { content: 'still here' });
  expect(sent.status).toBe(201);
  expect((await last.stop()).code).toBe(0);
});

it.concurrent.each(['while it starts', 'when it serves'])(
  'the first process of a container hears SIGTERM %s',
  async (when) => {
    const database = await TestDatabase.create();
    const variables = { DATABASE_URL: urlOf(database.connection) };
    const server = await ServerProcess.spawn(variables, { prefix: asFirst });
    await said(server, when === 'when it serves' ? 'Causerie listens on' : 'Loading the application');
    const { pid = 0 } = server.child;
    const [first = ''] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
    const { code, milliseconds } = await endOf(server, () => process.kill(Number(first), 'SIGTERM'));
    expect(code).toBe(0);
    expect(milliseconds).toBeLessThan(AT_ONCE);
    await database.drop();
  },
);

it.concurrent('a server that may write nowhere serves all but uploads, says so in one line, and finds out when it may', async () => {
  const database = await TestDatabase.create();
  const cwd = temporaryFolder();
  chmodSync(cwd, 0o500);
  const UPLOAD_DIR = join(cwd, 'uploads');
  const variables = { DATABASE_URL: urlOf(database.connection), UPLOAD_DIR, JWT_ACCESS_SECRET: SECRET };
  const server = await ServerProcess.start(variables, { cwd, prefix: withoutRights });
  const warnings = server.log.filter(({ level }) => level > 30).map(({ msg }) => msg);
  expect(warnings).toEqual([
    `UPLOAD_DIR ${join(UPLOAD_DIR, 'avatars')} cannot be written to (EACCES): avatars are refused with 503 until it can.`,
  ]);
  const { token } = await signUp(server.url);
  expect(await upload(server.url, token)).toBe('503 UNAVAILABLE');
  chmodSync(cwd, 0o700);
  expect(await upload(server.url, token)).toBe('200 undefined');
  // It may also be something else, such as a mount that is gone.
  execFileSync('rm', ['-r', UPLOAD_DIR]);
  writeFileSync(UPLOAD_DIR, 'no folder');
  expect(await upload(server.url, token)).toBe('503 UNAVAILABLE');
  await server.stop();
  await database.drop();
});

it.concurrent('a user whom the system has no name for starts all of it, database included', async () => {
  const folder = temporaryFolder();
  const DATA_DIR = join(folder, 'data');
  if (isRoot) {
    chmodSync(folder, 0o755);
    mkdirSync(DATA_DIR);
    execFileSync('chown', ['12345:12345', DATA_DIR]);
  }
  const prefix = isRoot ? ['setpriv', '--reuid=12345', '--regid=12345', '--clear-groups'] : [];
  const server = await ServerProcess.start({ DATA_DIR }, { cwd: folder, prefix });
  expect((await callApi(server.url, 'GET', '/health/ready')).status).toBe(200);
  expect(
    (await send(server.url, await logIn(server.url), DEMO_CONVERSATION, { content: 'nameless' })).status,
  ).toBe(201);
  await server.stop();
  await waitUntil(
    'the end of its PostgreSQL',
    async () => !existsSync(join(DATA_DIR, 'postgres/postmaster.pid')),
  );
});

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** The status and the code of the answer. */
async function upload(url: string, token: string): Promise<string> {
  const body = new FormData();
  body.set('avatar', new Blob([Buffer.from(PIXEL, 'base64')], { type: 'image/png' }), 'pixel.png');
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/users/me/avatar`, { method: 'POST', headers, body });
  const { code } = (await answer.json()) as { code?: string };
  return `${answer.status} ${code}`;
}
