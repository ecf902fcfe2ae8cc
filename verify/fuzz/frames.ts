import type { Random } from '../random.ts';

const TEXT = 1;
const OPCODES = [0, 1, 2, 3, 8, 9, 10, 15];

/** The headers that open a websocket, after the request line. */
export const OPEN_WEBSOCKET =
  'Host: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';

/** @returns a frame of a client (RFC 6455, 5.2), masked with zeros; sometimes one that is not allowed */
export function encodeFrame(random: Random, text: string): Uint8Array {
  const payload = Buffer.from(text);
  const odd = random.chance(0.03);
  const first = (odd ? random.pick(OPCODES) : TEXT) | (random.chance(0.97) ? 0x80 : 0);
  const { length } = payload;
  const size =
    length < 126
      ? [0x80 | length]
      : length < 65_536
        ? [0x80 | 126, length >> 8, length & 255]
        : [0x80 | 127, 0, 0, 0, 0, length >> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255];
  return Buffer.concat([Uint8Array.from([first, ...size, 0, 0, 0, 0]), payload]);
}
