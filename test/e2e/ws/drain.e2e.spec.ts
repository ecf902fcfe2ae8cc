import { once } from 'node:events';
import { Agent, get, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InFlightWork } from '../../../src/arch/common/application/in-flight-work.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { waitUntil } from '../../faults/wait-until.js';
import { RawPolling } from './raw-polling.js';
import { RowLock } from './row-lock.js';
import { chatNamespace } from './server-side.js';

let server: TestServer;
let user: TestUser;
let conversationId: string;
let lock: RowLock;
let closing: Promise<void>;

beforeEach(async () => {
  server = await TestServer.start();
  user = await server.signUp();
  conversationId = await server.createConversation(user);
  lock = await RowLock.take(server, conversationId);
});
afterEach(async () => {
  await lock.release();
  await closing;
  await server.database.drop();
});

/** Records the events of a socket, in their order. */
function happenings({ client }: TestSocket): { readonly events: string[]; readonly gone: Promise<void> } {
  const events: string[] = [];
  const gone = new Promise<void>((resolve) => {
    client.once('disconnect', (reason) => {
      events.push(reason);
      resolve();
    });
  });
  return { events, gone };
}

/** Sends a message that cannot be stored until the lock is released; resolves when the server has received it. */
async function sendAndWait(sender: TestSocket): Promise<{ readonly answer: Promise<unknown> }> {
  const answer = sender.emit('send_message', { conversationId, content: 'late' }).catch(() => 'none');
  await sender.reached();
  return { answer };
}

describe('a server that drains', () => {
  test('closes idle sockets at once, and one with an event in flight when it has been answered', async () => {
    const [sender, idle] = [
      await TestSocket.connect(server.url, user.token),
      await TestSocket.connect(server.url, user.token),
    ];
    const [ofSender, ofIdle] = [happenings(sender), happenings(idle)];
    const { answer } = await sendAndWait(sender);
    closing = server.app.close();
    await ofIdle.gone;
    expect(ofIdle.events).toEqual(['transport close']);
    expect(ofSender.events).toEqual([]);
    await lock.release();
    expect(await answer).toMatchObject({ ok: true });
    await ofSender.gone;
    expect(ofSender.events).toEqual(['transport close']);
    await closing;
  });

  test('answers a client that polls before it is sent away', async () => {
    const poller = await RawPolling.join(server.url, user.token);
    const event = ['send_message', { conversationId, content: 'late' }];
    expect(await poller.post(`42/chat,7${JSON.stringify(event)}`)).toBe(200);
    const [socket] = [...chatNamespace(server).sockets.values()];
    const polled = poller.poll();
    const connection = socket?.conn as unknown as { transport: { writable: boolean } } | undefined;
    await waitUntil('its poll is open', () => connection?.transport.writable);
    closing = server.app.close();
    await lock.release();
    expect((await polled).packets).toContainEqual(expect.stringMatching(/^43\/chat,7\[\{"ok":true/));
  });

  test('waits two seconds for an event of a socket, and longer for what it does', async () => {
    const sender = await TestSocket.connect(server.url, user.token);
    const { events, gone } = happenings(sender);
    await sendAndWait(sender);
    const begun = performance.now();
    closing = server.app.close();
    await gone;
    const seconds = (performance.now() - begun) / 1_000;
    expect(seconds).toBeGreaterThan(1.5);
    expect(seconds).toBeLessThan(4);
    expect(events).toEqual(['transport close']);
    const work = server.app.get(InFlightWork).drainWork();
    await lock.release();
    await Promise.all([work, closing]);
    expect(await server.database.query('select content from messages')).toEqual([{ content: 'late' }]);
  });

  test('accepts no new sockets, and refuses them on open connections with an error', async () => {
    const { hostname: host, port } = new URL(server.url);
    const agents = Array.from({ length: 6 }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
    const ask = async (path: string, options: RequestOptions = {}): Promise<IncomingMessage> => {
      const agent = agents.shift();
      if (!agent) throw new Error('no agent left');
      const request = get({ host, port, path, agent, ...options });
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      agents.push(agent);
      return response;
    };
    for (let count = agents.length; count > 0; count -= 1) await json(await ask('/health'));
    const sender = await TestSocket.connect(server.url, user.token);
    await sendAndWait(sender);
    closing = server.app.close();

    const answers = [
      await ask('/health/ready'),
      await ask('/chat/conversations', { headers: { authorization: `Bearer ${user.token}` } }),
      await ask('/socket.io/?EIO=4&transport=polling'),
      await ask('/socket.io/?EIO=4&transport=polling&sid='),
      await ask('/socket.io/?EIO=4&transport=websocket', {
        headers: {
          connection: 'upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
        },
      }),
    ];
    for (const answer of answers) {
      expect(await json(answer)).toMatchObject({
        statusCode: 503,
        code: 'SHUTTING_DOWN',
        requestId: answer.headers['x-request-id'],
      });
      expect(answer.statusCode).toBe(503);
      expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
      expect(answer.headers.connection).toBe('close');
    }
    expect((await ask('/health/live')).statusCode).toBe(200);
    const [refused] = await once(connect(Number(port), host), 'error');
    expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
    await lock.release();
    await closing;
    for (const agent of agents) agent.destroy();
  });
});
