import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiAnswer, callApi } from '../support/api.js';
import { TestDatabase } from '../support/test-database.js';
import { signUp } from './demo.js';
import { lockConversations } from './row-lock.js';
import { runInTerminal } from './run-in-terminal.js';
import { cleanUp, type RunningServer, ServerProcess } from './server-process.js';
import { urlOf } from './test-postgres.js';

let database: TestDatabase;
let server: RunningServer;
beforeAll(async () => {
  database = await TestDatabase.create();
  server = await ServerProcess.start({ DATABASE_URL: urlOf(database.connection) });
});
afterAll(async () => {
  await cleanUp();
  await database.drop();
});

it('has one line of JSON for each request except health checks: method, path, status and request id', async () => {
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
  const linesOf = ({ headers }: ApiAnswer): string[] => {
    const id = headers.get('x-request-id');
    return server.log.filter(({ requestId }) => requestId === id).map(({ msg }) => msg);
  };
  // A line of the supervisor's request would come before that of the last one.
  const last = await callApi(server.url, 'GET', '/posts');
  await server.until(
    () => [...answers.slice(1), last].every((answer) => linesOf(answer).length > 0) || undefined,
  );
  expect(answers.map(linesOf)).toEqual([
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

it('has a request whose caller has disconnected, too', async () => {
  const { token, conversationId } = await signUp(server.url);
  const requestId = 'hung-up';
  const caller = new AbortController();
  const lock = await lockConversations(database.connection, [conversationId]);
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
  await lock.waiting();
  caller.abort();
  await expect(sent).rejects.toThrow('abort');
  await lock.release();
  await server.until(() => server.log.find((line) => line['requestId'] === requestId));
});

it('is readable in a terminal: a banner, and a line for each request in the colour of its status', async () => {
  const shown = await runInTerminal({ DATABASE_URL: urlOf(database.connection) });
  expect(shown).toContain('\x1b[32m200\x1b[39m');
  // oxlint-disable-next-line no-control-regex -- colours
  const lines = shown.replaceAll(/\x1b\[\d*m/g, '').split(/\r?\n/);
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}Causerie \d+\.\d+\.\d+ is ready/));
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}Address +http:\/\/localhost:\d+ \(/));
  expect(lines).toContainEqual(expect.stringMatching(/^\d\d:\d\d:\d\d GET {4}\/posts 200 \d+ ms$/));
  expect(lines.filter((line) => line.startsWith('{'))).toEqual([]);
});
