import { afterAll, beforeAll, expect, it } from 'vitest';
import { callApi } from '../support/api.js';
import { TestDatabase } from '../support/test-database.js';
import { runInTerminal } from './run-in-terminal.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { urlOf } from './test-postgres.js';

let database: TestDatabase;
let DATABASE_URL: string;
beforeAll(async () => {
  database = await TestDatabase.create();
  DATABASE_URL = urlOf(database.connection);
});
afterAll(async () => {
  await cleanUp();
  await database.drop();
});

it('has health checks with LOG_LEVEL=debug, and misspelt variables in one line', async () => {
  const foreign = { DATABASE_PRIVATE_URL: 'postgres://canary', PORTS: '1' };
  const server = await ServerProcess.start({
    DATABASE_URL,
    LOG_LEVEL: 'debug',
    THROTTLE_WS_LIMT: 'canary',
    ...foreign,
  });
  expect((await callApi(server.url, 'GET', '/health/ready')).status).toBe(200);
  await server.stop();
  expect(server.log).toContainEqual(expect.objectContaining({ level: 20, msg: 'GET /health/ready 200' }));
  expect(server.log.filter(({ level }) => level > 30).map(({ msg }) => msg)).toEqual([
    'No such variables, they change nothing: THROTTLE_WS_LIMT (THROTTLE_WS_LIMIT?).',
  ]);
  expect(server.stdout).not.toContain('canary');
});

const JWT_ACCESS_SECRET = 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA-fault-tests';

it('has no colours in a terminal without colours', async () => {
  expect(await runInTerminal({ DATABASE_URL, NO_COLOR: '1' })).not.toContain('\x1b');
});

it('is JSON in production, in a terminal too', async () => {
  const shown = await runInTerminal({ DATABASE_URL, NODE_ENV: 'production', JWT_ACCESS_SECRET });
  const lines = shown.split(/\r?\n/).filter((line) => line.includes('listens') || line.includes('/posts'));
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
    expect.stringMatching(/^Causerie listens on http:\/\/(\[::\]|0\.0\.0\.0):\d+ \(every address/),
    'GET /posts 200',
  ]);
});
