import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { chatNamespace } from './server-side.js';

let server: TestServer;
let user: TestUser;

beforeAll(async () => {
  server = await TestServer.start();
  user = await server.signUp();
});
afterAll(() => server.stop());

test.each([['websocket'], ['polling', 'websocket']])(
  'a socket that came by %s keeps neither its requests nor its token',
  async (...transports) => {
    const namespace = chatNamespace(server);
    const responses: { req?: IncomingMessage }[] = [];
    namespace.server.engine.use((_request: IncomingMessage, response: object, next: () => void) => {
      if (!('statusCode' in response)) responses.push(response);
      next();
    });
    const client = await TestSocket.connect(server.url, user.token, { transports });
    if (client.client.io.engine.transport.name !== 'websocket') {
      await new Promise<void>((resolve) => client.client.io.engine.once('upgrade', () => resolve()));
    }
    await client.settle();
    const [socket] = [...namespace.sockets.values()];
    expect(socket?.conn.request).toBeNull();
    expect(JSON.stringify(socket?.handshake)).not.toContain(user.token);
    expect(responses).toHaveLength(1);
    expect(responses[0]).not.toHaveProperty('req');
    client.close();
    await new Promise((resolve) => void socket?.once('disconnect', resolve));
  },
);
