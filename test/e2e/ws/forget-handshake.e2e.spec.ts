import type { IncomingMessage } from 'node:http';
import { expect } from 'vitest';
import { apiTest as test } from '../../support/api-test.js';
import { chatNamespace } from './server-side.js';

test.for([['websocket'], ['polling', 'websocket']] as const)(
  'a socket that came by %s keeps neither its requests nor its token',
  async ([...transports], { server, connect, user }) => {
    const namespace = chatNamespace(server);
    const responses: { req?: IncomingMessage }[] = [];
    namespace.server.engine.use((_request: IncomingMessage, response: object, next: () => void) => {
      if (!('statusCode' in response)) responses.push(response);
      next();
    });
    const client = await connect(user, { transports });
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
