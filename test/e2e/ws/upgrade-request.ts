import { connect } from 'node:net';

/** The request that opens an engine.io WebSocket on a bare TCP connection. */
export function upgradeRequest(query = '', headers: Readonly<Record<string, string>> = {}): string {
  return [
    `GET /socket.io/?EIO=4&transport=websocket${query} HTTP/1.1`,
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n');
}

export const UPGRADE_REQUEST = upgradeRequest();

/** The first bytes of the answer; the connection is cut then. */
export async function upgrade(
  url: string,
  query: string,
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  const tcp = connect(Number(new URL(url).port), '127.0.0.1');
  tcp.write(upgradeRequest(query, headers));
  const answer = await new Promise<Buffer>((resolve) => void tcp.once('data', resolve));
  tcp.destroy();
  return answer.toString();
}
