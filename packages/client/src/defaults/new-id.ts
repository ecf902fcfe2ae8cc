import { environment } from './environment.ts';

/** Pages without TLS, and React Native, have no `randomUUID`. */
export function newId(): string {
  const { crypto } = environment();
  if (crypto?.randomUUID) return crypto.randomUUID();
  if (!crypto) throw new TypeError('Pass newId: there is no crypto here.');
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
