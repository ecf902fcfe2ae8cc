import { Agent, get } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { callApi } from '../support/api.js';
import { TestSocket } from '../support/test-socket.js';
import { createConversation, history, logIn, send } from './demo.js';
import { isRunning, postmasterOf, runningPostmaster } from './postmaster.js';
import { lockConversations } from './row-lock.js';
import { cleanUp, type RunningServer, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { waitUntil } from './wait-until.js';

afterAll(cleanUp);

/** The reason that the stock client gives. */
async function disconnection(socket: TestSocket): Promise<string> {
  return new Promise((resolve) => void socket.client.once('disconnect', resolve));
}

async function keepAliveConnection(server: RunningServer): Promise<Agent> {
  const agent = new Agent({ keepAlive: true });
  const [response] = await once(get(`${server.url}/health`, { agent }), 'response');
  response.resume();
  await once(response, 'end');
  expect(Object.keys(agent.freeSockets)).toHaveLength(1);
  return agent;
}

/** What is asked of a server that is finishing: nothing new is begun, and everybody is told so. */
async function expectRefusals(server: RunningServer, token: string, socket: TestSocket): Promise<void> {
  const ready = await waitUntil('draining', async () => {
    const answer = await callApi(server.url, 'GET', '/health/ready');
    return answer.status === 503 && answer;
  });
  expect(ready.body).toMatchObject({ statusCode: 503, code: 'SHUTTING_DOWN' });
  expect(ready.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  expect((await callApi(server.url, 'GET', '/health/live')).status).toBe(200);

  const refused = await callApi(server.url, 'GET', '/chat/conversations', { token });
  expect(refused).toMatchObject({ status: 503, body: { code: 'SHUTTING_DOWN' } });
  expect(refused.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  const ack = await socket.emit('leave_room', { conversationId: '00000000-0000-4000-8000-000000000000' });
  expect(ack).toMatchObject({ ok: false, error: { code: 'SHUTTING_DOWN', statusCode: 503 } });
  await expect(TestSocket.connect(server.url, token)).rejects.toMatchObject({
    data: { code: 'SHUTTING_DOWN' },
  });
}

it.concurrent.each(['SIGTERM', 'SIGINT'] as const)(
  'finishes what is under way on %s, and nothing else',
  async (signal) => {
    const DATA_DIR = join(temporaryFolder(), 'data');
    const server = await ServerProcess.start({ DATA_DIR });
    const postgres = runningPostmaster(DATA_DIR);
    const token = await logIn(server.url);
    const ids = await Promise.all([1, 2, 3, 4].map(() => createConversation(server.url, token)));
    const sender = await TestSocket.connect(server.url, token);
    const pollers = await TestSocket.connect(server.url, token, { transports: ['polling'] });
    const other = await TestSocket.connect(server.url, token);
    const agent = await keepAliveConnection(server);
    const disconnected = Promise.all([sender, pollers, other].map(disconnection));

    const lock = await lockConversations(postgres.connection, ids);
    const overHttp: ReturnType<typeof send>[] = [];
    for (const id of ids.slice(0, 2)) {
      overHttp.push(send(server.url, token, id, { content: 'over HTTP' }));
      await lock.waiting(overHttp.length);
    }
    // Both writers are waiting now, so these wait in the server; an unknown event is answered past them.
    const overSocket = [sender, pollers].map((socket, index) =>
      socket.emit('send_message', { conversationId: ids[index + 2], content: 'over a socket' }),
    );
    await Promise.all([sender, pollers].map((socket) => socket.emit('unknown', {})));
    server.child.kill(signal);
    await expectRefusals(server, token, other);
    await lock.release();
    const released = Date.now();

    expect((await Promise.all(overHttp)).map(({ status }) => status)).toEqual([201, 201]);
    expect((await Promise.all(overSocket)).map(({ ok }) => ok)).toEqual([true, true]);
    expect(await disconnected).toEqual(['transport close', 'transport close', 'transport close']);
    expect(await server.exited).toEqual({ code: 0, signal: null });
    expect(Date.now() - released).toBeLessThan(5_000);
    expect(server.stderr).toBe('');
    const warnings = server.log.filter(({ level, context }) => level >= 40 && context !== 'Security');
    expect(warnings).toEqual([]);
    expect(isRunning(postgres.pid)).toBe(false);
    expect(postmasterOf(DATA_DIR)).toBeUndefined();
    agent.destroy();

    const again = await ServerProcess.start({ DATA_DIR });
    const stored = await Promise.all(ids.map((id) => history(again.url, token, id)));
    expect(stored.flat().map(({ seq, content }) => ({ seq, content }))).toEqual([
      { seq: 1, content: 'over HTTP' },
      { seq: 1, content: 'over HTTP' },
      { seq: 1, content: 'over a socket' },
      { seq: 1, content: 'over a socket' },
    ]);
  },
);
