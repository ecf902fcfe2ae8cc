import { createServer, type Server } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/**
 * Listens on one address, or without one on the loopback addresses of both IP versions. Fastify would
 * answer IPv6 from a second HTTP server that Socket.IO knows nothing of; here both feed the same one.
 * @returns the port, which is a free one when 0 was asked for
 */
export async function listen(app: NestFastifyApplication, port: number, host?: string): Promise<number> {
  const ipv6 = createServer((socket) => app.getHttpServer().emit('connection', socket));
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('preClose', (done) => {
      ipv6.close();
      done();
    });
  await app.listen(port, host ?? '127.0.0.1');
  const { port: taken } = app.getHttpServer().address() as { port: number };
  if (host === undefined) await listenOnIpv6(ipv6, taken);
  return taken;
}

/** A machine without IPv6 is served on IPv4 alone. */
function listenOnIpv6(server: Server, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (error: NodeJS.ErrnoException) =>
    error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT' ? resolve() : reject(error),
  );
  server.listen(port, '::1', resolve);
  return promise;
}
