import { type AddressInfo, createServer, isIP, type Server, type Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { guardListener } from '../../../application/guard-listener.js';
import { EVERY_ADDRESS, listenAddresses } from './listen-addresses.js';
import { TcpConnections } from './tcp-connections.js';

/**
 * Listens on the addresses of a host. Fastify would serve the second loopback address with another HTTP server, which
 * Socket.IO does not know; here both feed the same server.
 * @param host as `listenAddresses` takes it
 * @returns the port, which the system chooses for 0
 */
export async function listen(app: NestFastifyApplication, port: number, host?: string): Promise<number> {
  const fastify = app.getHttpAdapter().getInstance();
  const http = app.getHttpServer();
  const others = createServer(
    // The options that Node uses for HTTP.
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
  // `app.listen()` is not used, because Nest would log a failure itself with a different text.
  await fastify.listen({ port, host: address });
  const { port: taken } = http.address() as { port: number };
  if (second !== undefined) await listenOn(others, taken, second);
  return taken;
}

/**
 * The host name under which a listening server can be reached.
 * @param host as it was given to `listen`
 * @returns an address, or `localhost` for loopback addresses
 */
export function listeningHost(app: NestFastifyApplication, host?: string): string {
  if (host === undefined || host === 'localhost') return 'localhost';
  const { address } = app.getHttpServer().address() as AddressInfo;
  // Without IPv6 the server has replaced `::`; Node reports a link-local address without its zone.
  return isIP(host) > 0 && host !== EVERY_ADDRESS ? host : address;
}

function listenOn(server: Server, port: number, address: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', guardListener(reject));
  server.listen(port, address, resolve);
  return promise;
}
