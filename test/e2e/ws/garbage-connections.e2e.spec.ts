import { connect } from 'node:net';
import { expect } from 'vitest';
import { rounds } from '../../support/rounds.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { Bystander } from './bystander.js';
import { RawPolling } from './raw-polling.js';
import { UPGRADE_REQUEST } from './upgrade-request.js';

const test = apiTest.extend('bystander', PER_FILE, ({ server }) => Bystander.join(server));

test.afterAll(({ bystander }) => {
  bystander.leave();
});

/** The first frame of a text, with one byte, and a continuation. */
const FRAGMENTS = [0x01, 0x00].map((kind) => [kind, 0x81, 0, 0, 0, 0, 0x34]) as [number[], number[]];

test.for([
  ['of unknown kind', [0xff, 0xff, 0xff]],
  ['of hundreds of fragments', [FRAGMENTS[0], ...Array<number[]>(300).fill(FRAGMENTS[1])].flat()],
  ['without a mask', [0x81, 0x05, 1, 2, 3, 4, 5]],
  ['with reserved bits', [0xc1, 0x80, 0, 0, 0, 0]],
  ['longer than all memory', [0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]],
  ['of bytes that are no UTF-8', [0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28]],
] as const)('a websocket frame %s ends its connection only', async ([, frame], { server, bystander }) => {
  const tcp = connect(Number(new URL(server.url).port), '127.0.0.1');
  tcp.on('error', () => undefined);
  const ended = new Promise((resolve) => void tcp.on('close', resolve));
  tcp.write(UPGRADE_REQUEST);
  await new Promise((resolve) => void tcp.once('data', resolve));
  tcp.write(Uint8Array.from(frame));
  tcp.resume();
  await ended;
  expect(await bystander.problems()).toEqual([]);
});

test('a websocket frame that arrives byte by byte ends its connection only, long before it is complete', async ({
  server,
  bystander,
}) => {
  const tcp = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1', noDelay: true });
  tcp.on('error', () => undefined);
  tcp.write(UPGRADE_REQUEST);
  await new Promise((resolve) => void tcp.once('data', resolve));
  tcp.resume();
  // The header announces 65,280 bytes, and no further byte is sent.
  tcp.write(Uint8Array.from([0x81, 0xfe, 0xff, 0, 0, 0, 0, 0]));
  let sent = 0;
  for (const _ of rounds(60_000)) {
    if (tcp.closed) break;
    tcp.write('4');
    sent += 1;
    await new Promise(setImmediate);
  }
  expect(sent).toBeLessThan(60_000);
  expect(await bystander.problems()).toEqual([]);
});

test.for(['garbage', '\u001e\u001e\u001e', '42/chat,{', '40/chat,{"token":1}\u001e4', 'b////', '1', '', '2'])(
  'a polling request of %j',
  async (body, { server, bystander }) => {
    const raw = await RawPolling.open(server.url);
    expect([200, 400]).toContain(await raw.post(body));
    expect(await bystander.problems()).toEqual([]);
  },
);

test.for(['__proto__', 'constructor', 'toString', ''])(
  'a packet that is too large ends the session that engine.io reads, beside another sid of %j',
  async (name, { server, bystander }) => {
    const raw = await RawPolling.open(server.url);
    const repeated = raw.address.replace('&sid=', `&sid=${name}&sid=`);
    const { status } = await fetch(repeated, { method: 'POST', body: 'x'.repeat(2 ** 21) });
    expect(status).toBe(413);
    expect(await bystander.problems()).toEqual([]);
    expect((await raw.poll()).status).toBe(400);
  },
);

test('two polls of one client at once', async ({ server, bystander }) => {
  const raw = await RawPolling.open(server.url);
  const statuses = (await Promise.all([raw.poll(), raw.poll()])).map(({ status }) => status);
  expect(statuses).toContain(400);
  expect(await bystander.problems()).toEqual([]);
});

test.for([
  'EIO=3',
  'EIO=4&transport=smoke',
  'EIO=4&transport=polling&sid=nobody',
  'transport=polling&sid=__proto__',
  '',
])('an engine.io request with the query %j', async (query, { server, bystander }) => {
  const response = await fetch(`${server.url}/socket.io/?${query}`);
  await response.text();
  expect(response.status).toBe(400);
  expect(await bystander.problems()).toEqual([]);
});

test.for(['PUT', 'DELETE', 'OPTIONS', 'PATCH'])('the method %s', async (method, { server, bystander }) => {
  const raw = await RawPolling.open(server.url);
  const response = await fetch(raw.address, { method });
  await response.text();
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(await bystander.problems()).toEqual([]);
});
