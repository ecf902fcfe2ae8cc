import { Agent, get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { expect } from 'vitest';
import { TestSocket } from '../support/test-socket.js';
import { createConversation, history, logIn, send } from './demo.js';
import { isRunning, postmasterOf, runningPostmaster } from './postmaster.js';
import { lockConversations } from './row-lock.js';
import { type RunningServer, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';

/** The reason that the stock client reports. */
async function disconnection(socket: TestSocket): Promise<string> {
  return new Promise((resolve) => void socket.client.once('disconnect', resolve));
}

/** A kept-alive connection: a server that no longer listens accepts requests only on open ones. */
class KeptConnection {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  private constructor(private readonly url: string) {}

  static async open({ url }: RunningServer): Promise<KeptConnection> {
    const connection = new KeptConnection(url);
    await connection.ask('/health');
    return connection;
  }

  async ask(path: string, headers: Record<string, string> = {}) {
    const request = get(`${this.url}${path}`, { agent: this.agent, headers });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode, headers: response.headers, body: await json(response) };
  }

  close(): void {
    this.agent.destroy();
  }
}

/** Requests to a server that is stopping: no new work begins, and every answer says so. */
async function expectRefusals(kept: readonly KeptConnection[], token: string): Promise<void> {
  const [first, second, third] = kept;
  const answers = [
    await first?.ask('/health/ready'),
    await second?.ask('/chat/conversations', { authorization: `Bearer ${token}` }),
    await third?.ask('/socket.io/?EIO=4&transport=polling'),
  ];
  for (const answer of answers) {
    expect(answer).toMatchObject({
      status: 503,
      headers: { 'retry-after': expect.stringMatching(/^[1-9]\d*$/), connection: 'close' },
      body: { statusCode: 503, code: 'SHUTTING_DOWN' },
    });
  }
}

/** Stops a server while two messages over HTTP and two over a socket are in flight; answers what the next start has of them. */
export async function stopInFlight(
  signal: 'SIGTERM' | 'SIGINT',
): Promise<{ seq: number; content: string }[]> {
  const DATA_DIR = join(temporaryFolder(), 'data');
  const server = await ServerProcess.start({ DATA_DIR });
  const postgres = runningPostmaster(DATA_DIR);
  const token = await logIn(server.url);
  const ids = await Promise.all([1, 2, 3, 4].map(() => createConversation(server.url, token)));
  const sender = await TestSocket.connect(server.url, token);
  const second = await TestSocket.connect(server.url, token);
  const pollers = await TestSocket.connect(server.url, token, { transports: ['polling'] });
  const other = await TestSocket.connect(server.url, token);
  const kept = await Promise.all([1, 2, 3, 4].map(() => KeptConnection.open(server)));
  const otherDisconnected = disconnection(other);
  const disconnected = Promise.all([sender, second, pollers].map(disconnection));

  const locks = await Promise.all(ids.map((id) => lockConversations(postgres.connection, [id])));
  const overHttp: ReturnType<typeof send>[] = [];
  for (const [index, id] of ids.slice(0, 2).entries()) {
    overHttp.push(send(server.url, token, id, { content: 'over HTTP' }));
    await locks[index]?.waiting();
  }
  const overSocket = [sender, second].map((socket, index) =>
    socket.emit('send_message', { conversationId: ids[index + 2], content: 'over a socket' }),
  );
  await Promise.all([sender, second].map((socket) => socket.reached()));
  server.child.kill(signal);
  expect(await otherDisconnected).toBe('transport close');
  await expectRefusals(kept, token);
  await Promise.all(locks.map((lock) => lock.release()));
  const released = Date.now();

  expect((await Promise.all(overHttp)).map(({ status }) => status)).toEqual([201, 201]);
  expect((await Promise.all(overSocket)).map(({ ok }) => ok)).toEqual([true, true]);
  // A client that is between two polls finds nobody listening.
  expect(await disconnected).toEqual([
    'transport close',
    'transport close',
    expect.stringMatching(/^transport (close|error)$/),
  ]);
  expect(await server.exited).toEqual({ code: 0, signal: null });
  expect(Date.now() - released).toBeLessThan(3_000);
  expect(server.stderr).toBe('');
  const warnings = server.log.filter(({ level, context }) => level >= 40 && context !== 'Security');
  expect(warnings).toEqual([]);
  expect(isRunning(postgres.pid)).toBe(false);
  expect(postmasterOf(DATA_DIR)).toBeUndefined();
  for (const connection of kept) connection.close();

  const again = await ServerProcess.start({ DATA_DIR });
  const stored = await Promise.all(ids.map((id) => history(again.url, token, id)));
  return stored.flat().map(({ seq, content }) => ({ seq, content }));
}

export const ALL_STORED = [
  { seq: 1, content: 'over HTTP' },
  { seq: 1, content: 'over HTTP' },
  { seq: 1, content: 'over a socket' },
  { seq: 1, content: 'over a socket' },
];
