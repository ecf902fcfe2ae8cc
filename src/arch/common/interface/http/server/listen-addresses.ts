import { createServer } from 'node:net';
import { guardListener } from '../../../application/guard-listener.js';

/** Of both IP versions, as far as the machine has them. */
export const EVERY_ADDRESS = '::';

/** Of machines that know no IPv6. */
const EVERY_IPV4 = '0.0.0.0';
const LOOPBACK = ['127.0.0.1', '::1'];

/**
 * Where to listen: the host that was asked for; without one, or on `localhost`, the loopback addresses that there are.
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

/** On a port that nobody else has. */
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
