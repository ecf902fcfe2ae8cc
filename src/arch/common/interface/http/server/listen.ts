import { type AddressInfo, createServer, isIP, type Server, type Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { guardListener } from '../../../application/guard-listener.js';
import { EVERY_ADDRESS, listenAddresses } from './listen-addresses.js';
import { TcpConnections } from './tcp-connections.js';

/**
 * Listens on the addresses of a host. Fastify would answer the second loopback address from another HTTP server that
 * Socket.IO knows nothing of; here both feed the same one.
 * @param host as `listenAddresses` takes it
 * @returns the port, which is a free one when 0 was asked for
 */
export async function listen(app: NestFastifyApplication, port: number, host?: string): Promise<number> {
  const fastify = app.getHttpAdapter().getInstance();
  const http = app.getHttpServer();
  const others = createServer(
    // As Node has it for HTTP.
    { allowHalfOpen: true, noDelay: true },
    guardListener(
      (socket: Socket) => http.emit('connection', socket),
      (socket) => void socket.destroy(),
    ),
  );
  const connections = app.get(TcpConnections);
  connections.watchServers(http, others);
  fastify.addHook('preClose', () => connections.closeConnections());
  await app.init();
  const [address, second] = await listenAddresses(host);
  // not app.listen(): Nest would log a failure by itself, with its own words
  await fastify.listen({ port, host: address });
  const { port: taken } = http.address() as { port: number };
  if (second !== undefined) await listenOn(others, taken, second);
  return taken;
}

/**
 * What a server that listens is to be called by.
 * @param host as it was given to `listen`
 * @returns an address, or `localhost` for those of loopback
 */
export function listeningHost(app: NestFastifyApplication, host?: string): string {
  if (host === undefined || host === 'localhost') return 'localhost';
  const { address } = app.getHttpServer().address() as AddressInfo;
  // Without IPv6 every address is another one; one of a single interface is told without it.
  return isIP(host) > 0 && host !== EVERY_ADDRESS ? host : address;
}

function listenOn(server: Server, port: number, address: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', guardListener(reject));
  server.listen(port, address, resolve);
  return promise;
}
