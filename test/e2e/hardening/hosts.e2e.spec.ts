import { text } from 'node:stream/consumers';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from '../../support/test-server.js';

const HEALTH = 'GET /health HTTP/1.1';
const POLL = 'GET /socket.io/?EIO=4&transport=polling HTTP/1.1';
const UPGRADE = [
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
].join('\r\n');

/** The first and the last line of the answer to a request with these hosts. */
async function ask({ url }: TestServer, request: string, ...hosts: string[]): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(`${[request, ...hosts.map((host) => `Host: ${host}`), 'Accept: */*'].join('\r\n')}\r\n\r\n`);
  socket.once('data', () => socket.end());
  const lines = (await text(socket)).split('\r\n');
  return `${lines.at(0)} ${lines.at(-1)}`;
}

describe('a development server on loopback', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ NODE_ENV: 'development', CORS_ORIGINS: 'https://app.example.com' });
  });
  afterAll(() => server.stop());

  it.each([
    [HEALTH, '200'],
    [POLL, '200'],
    [UPGRADE, '101'],
  ])('answers to its own names: %s', async (request, status) => {
    for (const host of ['localhost:3000', '127.0.0.1', '[::1]:3000', 'app.example.com']) {
      expect(await ask(server, request, host)).toContain(`HTTP/1.1 ${status} `);
    }
  });

  it('refuses a host name that another party has pointed at this machine', async () => {
    expect(await ask(server, HEALTH, 'evil.example:3000')).toMatch(
      / 400 .*"VALIDATION_FAILED".*"path":"host"/,
    );
    for (const request of [POLL, UPGRADE]) {
      expect(await ask(server, request, 'evil.example')).toMatch(/ 400 .*"VALIDATION_FAILED".*"path":"host"/);
    }
  });
});

describe.each([
  ['in tests and in production', {}],
  ['on every address', { NODE_ENV: 'development', HOST: '0.0.0.0' }],
  ['behind a proxy', { NODE_ENV: 'development', TRUST_PROXY: '1' }],
])('a server %s', (_, variables: Record<string, string>) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start(variables);
  });
  afterAll(() => server.stop());

  it('answers to any name', async () => {
    expect(await ask(server, HEALTH, 'chat.example')).toContain(' 200 ');
    expect(await ask(server, POLL, 'chat.example')).toContain(' 200 ');
  });

  it('refuses a request with two', async () => {
    expect(await ask(server, HEALTH, 'chat.example', 'chat.example')).toMatch(/ 400 .*"VALIDATION_FAILED"/);
    for (const request of [POLL, UPGRADE]) {
      expect(await ask(server, request, 'chat.example', 'evil.example')).toMatch(
        / 400 .*"VALIDATION_FAILED"/,
      );
    }
  });
});
