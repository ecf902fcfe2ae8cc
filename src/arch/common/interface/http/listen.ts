import { createServer, type Server, type Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { guardListener } from '../../application/guard-listener.js';
import { TcpConnections } from './tcp-connections.js';

/**
 * Listens on one address, or without one (or on `localhost`) on the loopback addresses of both IP versions. Fastify would
 * answer IPv6 from a second HTTP server that Socket.IO knows nothing of; here both feed the same one.
 * @returns the port, which is a free one when 0 was asked for
 */
export async function listen(app: NestFastifyApplication, port: number, host?: string): Promise<number> {
  const fastify = app.getHttpAdapter().getInstance();
  const http = app.getHttpServer();
  const ipv6 = createServer(
    // As Node has it for HTTP.
    { allowHalfOpen: true, noDelay: true },
    guardListener(
      (socket: Socket) => http.emit('connection', socket),
      (socket) => void socket.destroy(),
    ),
  );
  const connections = app.get(TcpConnections);
  connections.watch(http, ipv6);
  fastify.addHook('preClose', () => connections.close());
  const loopback = host === undefined || host === 'localhost';
  await app.init();
  // not app.listen(): Nest would log a failure by itself, with its own words
  await fastify.listen({ port, host: loopback ? '127.0.0.1' : host });
  const { port: taken } = http.address() as { port: number };
  if (loopback) await listenOnIpv6(ipv6, taken);
  return taken;
}

/** A machine without IPv6 is served on IPv4 alone. */
function listenOnIpv6(server: Server, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const failed = guardListener((error: NodeJS.ErrnoException) =>
    error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT' ? resolve() : reject(error),
  );
  server.once('error', failed);
  server.listen(port, '::1', resolve);
  return promise;
}
