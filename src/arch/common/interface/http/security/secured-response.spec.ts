import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { OriginPolicy } from './origin-policy.js';
import { securedResponse } from './secured-response.js';

const COUNT = 20_000;
const request = (header = '') => `POST / HTTP/1.1\r\nhost: x\r\n${header}content-length: 2\r\n\r\n{}`;

it('a connection on which thousands of bodies were refused remembers none of them, and closes when asked to', async () => {
  const server = createServer({ ServerResponse: securedResponse(new OriginPolicy([], 0)) });
  // Answers at the headers: the bodies have not been read.
  server.on('request', (_request, response) => response.writeHead(404, { 'content-length': 0 }).end());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  client.write(request().repeat(COUNT) + request('connection: close\r\n'));
  const answers = await text(client);
  expect(answers.split('HTTP/1.1 404').length - 1).toBe(COUNT + 1);
});
