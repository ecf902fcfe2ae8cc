import { createServer } from 'node:net';
import { guardListener } from '../../../application/guard-listener.js';

/** All addresses of both IP versions, as far as the machine has them. */
export const EVERY_ADDRESS = '::';

/** For machines without IPv6. */
const EVERY_IPV4 = '0.0.0.0';
const LOOPBACK = ['127.0.0.1', '::1'];

/**
 * The addresses to listen on: the given host; without one, or for `localhost`, the available loopback addresses.
 * @param isThere whether the machine has an address
 */
export async function listenAddresses(
  host: string | undefined,
  isThere: (address: string) => Promise<boolean> = canListenOn,
): Promise<[string, ...string[]]> {
  if (host === EVERY_ADDRESS) return [(await isThere(EVERY_ADDRESS)) ? EVERY_ADDRESS : EVERY_IPV4];
  if (host !== undefined && host !== 'localhost') return [host];
  const there = await Promise.all(LOOPBACK.map(isThere));
  const [first = '127.0.0.1', ...others] = LOOPBACK.filter((_, index) => there[index]);
  return [first, ...others];
}

/** Tries an unused port of the address. */
function canListenOn(address: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once(
    'error',
    guardListener(({ code }: NodeJS.ErrnoException) =>
      resolve(code !== 'EADDRNOTAVAIL' && code !== 'EAFNOSUPPORT'),
    ),
  );
  server.listen(0, address, () => server.close(() => resolve(true)));
  return promise;
}
