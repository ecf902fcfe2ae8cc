import assert from 'node:assert/strict';
import { type EventEmitter, once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { expect, vi } from 'vitest';
import { apiTest as test } from '../../support/api-test.js';
import { chatNamespace } from './server-side.js';

/** The response to an upgrade, which engine.io's middlewares get. */
interface UpgradeResponse extends EventEmitter {
  readonly socket: Duplex;
}

test.for([['websocket'], ['polling', 'websocket']] as const)(
  'a socket that came by %s keeps neither its requests nor its token',
  async ([...transports], { server, connect, user }) => {
    const namespace = chatNamespace(server);
    const responses: UpgradeResponse[] = [];
    namespace.server.engine.use((_request: IncomingMessage, response: UpgradeResponse, next: () => void) => {
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
    const [response] = responses;
    assert(response && responses.length === 1);
    // The TCP connection tells the response, which has the request, of its end if it still knows it.
    const told = vi.fn<() => void>();
    response.on('close', told);
    client.close();
    await once(response.socket, 'close');
    expect(told).not.toHaveBeenCalled();
  },
);
