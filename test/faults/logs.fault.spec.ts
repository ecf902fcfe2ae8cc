import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { callApi } from '../support/api.js';
import { TestDatabase } from '../support/test-database.js';
import { signUp } from './demo.js';
import { cleanUp, programFile, type RunningServer, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { urlOf } from './test-postgres.js';
import { waitUntil } from './wait-until.js';

let database: TestDatabase;
beforeAll(async () => (database = await TestDatabase.create()));
afterAll(async () => {
  await cleanUp();
  await database.drop();
});

const start = (variables: Record<string, string> = {}): Promise<RunningServer> =>
  ServerProcess.start({ DATABASE_URL: urlOf(database.connection), ...variables });

it('is one line of JSON for each request but those of supervisors: method, path, status and request id', async () => {
  const server = await start();
  const { token, conversationId } = await signUp(server.url);
  const path = `/chat/conversations/${conversationId}/messages`;
  const answers = await Promise.all([
    callApi(server.url, 'GET', '/health/ready'),
    callApi(server.url, 'GET', `${path}?limit=5`, { token }),
    callApi(server.url, 'GET', path),
    callApi(server.url, 'POST', path, { token, body: { content: 'x' } }),
    callApi(server.url, 'POST', path, { token, body: { content: '' } }),
    callApi(server.url, 'DELETE', '/no/such/route'),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 401, 201, 400, 404]);
  await server.stop();

  const lines = answers.map(({ headers }) => {
    const id = headers.get('x-request-id');
    return server.log.filter(({ requestId }) => requestId === id).map(({ msg }) => msg);
  });
  expect(lines).toEqual([
    [],
    [`GET ${path} 200`],
    [`GET ${path} 401`],
    [`POST ${path} 201`],
    [`POST ${path} 400`],
    ['DELETE /no/such/route 404'],
  ]);
  for (const line of server.log) {
    expect(line).toMatchObject({
      level: expect.any(Number),
      time: expect.any(Number),
      msg: expect.any(String),
    });
  }
  expect(server.stderr).toBe('');
});

it('tells of what supervisors hear when it is to tell everything, and in one line what was misspelt', async () => {
  const foreign = { DATABASE_PRIVATE_URL: 'postgres://canary', PORTS: '1' };
  const server = await start({ LOG_LEVEL: 'debug', THROTTLE_WS_LIMT: 'canary', ...foreign });
  expect((await callApi(server.url, 'GET', '/health/ready')).status).toBe(200);
  await server.stop();
  expect(server.log).toContainEqual(expect.objectContaining({ level: 20, msg: 'GET /health/ready 200' }));
  expect(server.log.filter(({ level }) => level > 30).map(({ msg }) => msg)).toEqual([
    'No such variables, they change nothing: THROTTLE_WS_LIMT (THROTTLE_WS_LIMIT?).',
  ]);
  expect(server.stdout).not.toContain('canary');
});

it('tells of a request whose caller has hung up, too', async () => {
  const server = await start();
  const { token, conversationId } = await signUp(server.url);
  const requestId = 'hung-up';
  const caller = new AbortController();
  await database.query(`create or replace function slow() returns trigger language plpgsql as
    $$ begin perform pg_sleep(0.3); return new; end $$`);
  await database.query('create trigger slow before insert on messages for each row execute function slow()');
  const sent = fetch(`${server.url}/chat/conversations/${conversationId}/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'x-request-id': requestId,
    },
    body: '{"content":"x"}',
    signal: caller.signal,
  });
  const sleeping = `select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`;
  await waitUntil('the write', async () => (await database.query(sleeping)).length === 1);
  caller.abort();
  await expect(sent).rejects.toThrow('abort');
  await server.until(() => server.log.find((line) => line['requestId'] === requestId));
});

/** What a terminal shows of a server, from its start to Ctrl-C, with a request in between. */
async function inTerminal(variables: Record<string, string>): Promise<string> {
  const file = await programFile('main');
  const command = `'${process.execPath}' '${file}'`;
  const args =
    process.platform === 'darwin' ? ['/dev/null', 'sh', '-c', command] : ['-ec', command, '/dev/null'];
  const { PATH, HOME } = process.env;
  const child = spawn('script', ['-q', ...args], {
    cwd: temporaryFolder(),
    env: { PATH, HOME, PORT: '0', TERM: 'xterm', DATABASE_URL: urlOf(database.connection), ...variables },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
  const port = await waitUntil('its address', () => /http:\/\/[^\s"]+:(\d+)/.exec(shown)?.[1]);
  await callApi(`http://localhost:${port}`, 'GET', '/posts?page=1');
  await waitUntil('the request', () => shown.includes('/posts'));
  // Ctrl-C
  child.stdin.write('\x03');
  await waitUntil('the end', () => shown.includes('Stopped.'));
  return shown;
}

const JWT_ACCESS_SECRET = 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA-fault-tests';

it('is for people in a terminal: a banner, and a line for each request in the colour of its status', async () => {
  const shown = await inTerminal({});
  expect(shown).toContain('\x1b[32m200\x1b[39m');
  // oxlint-disable-next-line no-control-regex -- colours
  const lines = shown.replaceAll(/\x1b\[\d*m/g, '').split(/\r?\n/);
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}Causerie \d+\.\d+\.\d+ is ready/));
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}Address +http:\/\/localhost:\d+ \(/));
  expect(lines).toContainEqual(expect.stringMatching(/^\d\d:\d\d:\d\d GET {4}\/posts 200 \d+ ms$/));
  expect(lines.filter((line) => line.startsWith('{'))).toEqual([]);
});

it('has no colours in a terminal that wants none', async () => {
  expect(await inTerminal({ NO_COLOR: '1' })).not.toContain('\x1b');
});

it('is JSON in production, in a terminal too', async () => {
  const shown = await inTerminal({ NODE_ENV: 'production', JWT_ACCESS_SECRET });
  const lines = shown.split(/\r?\n/).filter((line) => line.includes('listens') || line.includes('/posts'));
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
    expect.stringMatching(/^Causerie listens on http:\/\/(\[::\]|0\.0\.0\.0):\d+ \(every address/),
    'GET /posts 200',
  ]);
});
