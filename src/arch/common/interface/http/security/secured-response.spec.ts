import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { OriginPolicy } from './origin-policy.js';
import { securedResponse } from './secured-response.js';

const TOGETHER = 100;
const ROUNDS = 200;

/** A server that refuses everything at its headers, and a client's connection to it. */
async function refusal() {
  const server = createServer({ ServerResponse: securedResponse(new OriginPolicy([], 0)) });
  const answers: ServerResponse[] = [];
  server.on('request', (_request, response) => {
    answers.push(response);
    response.writeHead(404, { 'content-length': 0 }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect(port, '127.0.0.1').resume();
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  return { client, answers };
}

const request = (header = '') => `POST / HTTP/1.1\r\nhost: x\r\n${header}content-length: 2\r\n\r\n{}`;

it('a connection on which twenty thousand bodies were refused remembers none of them, and closes when asked to', async () => {
  const { client, answers } = await refusal();
  for (let round = 0; round < ROUNDS; round += 1) {
    client.write(request().repeat(TOGETHER));
    answers.length = 0;
    while (answers.length < TOGETHER) await once(client, 'data');
  }
  client.write(request('connection: close\r\n'));
  expect(await once(client, 'close')).toEqual([false]);
});
