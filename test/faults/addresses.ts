import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';

const all = Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
  (addresses ?? []).map(({ address, internal, scopeid }) => ({
    address: scopeid ? `${address}%${name}` : address,
    internal,
  })),
);

/** 127.0.0.1, and ::1 where the machine has it. */
export const LOOPBACK = ['127.0.0.1', '::1'].filter((host) => all.some(({ address }) => address === host));

/**
 * Addresses where nothing may listen unless it is configured: the machine's other addresses, and another loopback
 * address.
 */
export const OTHERS = [
  ...all.filter(({ internal }) => !internal).map(({ address }) => address),
  ...(process.platform === 'linux' ? ['127.0.0.2'] : []),
];

export const urlAt = (host: string, port: string | number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

export async function isOpen(host: string, port: string | number): Promise<boolean> {
  const socket = connect({ host, port: Number(port) });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
