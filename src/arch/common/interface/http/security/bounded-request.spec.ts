import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { BoundedRequest } from './bounded-request.js';

/** Whether a body of this number and size of chunks arrives completely, and in how many pieces a listener got it. */
async function send(chunks: number, bytes: number) {
  const server = createServer({ IncomingMessage: BoundedRequest });
  let pieces = 0;
  server.on('request', (request: IncomingMessage, response) => {
    request.on('data', () => (pieces += 1));
    request.on('error', () => undefined);
    request.once('end', () => response.setHeader('connection', 'close').end('whole'));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const chunk = `${bytes.toString(16)}\r\n${'x'.repeat(bytes)}\r\n`;
  client.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
  client.write(`${chunk.repeat(chunks)}0\r\n\r\n`);
  const answer = await text(client).catch(() => '');
  return { isWhole: answer.includes('whole'), pieces };
}

it.each([
  ['a thousand chunks of a byte', 1_000, 1],
  ['100 KiB in chunks of a hundred bytes', 1_024, 100],
  ['a mebibyte in chunks of 64 bytes', 16_384, 64],
])('%s are a body', async (_, chunks, bytes) => {
  const { isWhole, pieces } = await send(chunks, bytes);
  expect(isWhole).toBe(true);
  expect(pieces).toBeGreaterThanOrEqual(chunks);
});

it('100 KiB in chunks of a byte are none: the connection is cut at the next after a thousand', async () => {
  const { isWhole, pieces } = await send(102_400, 1);
  expect(isWhole).toBe(false);
  expect(pieces).toBeLessThan(1_100);
});
