import type { Random } from '../random.ts';
import { WirePeer } from './wire-peer.ts';
import { oddString, randomJson, randomQuery } from './random-text.ts';
import type { World } from './world.ts';

const TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'text/plain',
  'multipart/form-data; boundary=x',
  '',
];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'];
const UPGRADES = [
  'h2c',
  'websocket',
  'WebSocket',
  'websocket2',
  'websocket, h2c',
  'TLS/1.0',
  '',
  '__proto__',
];

/** @returns random headers for a request with this body */
function randomHeaders(random: Random, world: World, body: string): string[] {
  const lines = random.chance(0.97)
    ? ['Host: localhost']
    : random.pick([[], ['Host: a', 'Host: b'], ['Host: ']]);
  const token = random.pick([...world.tokens, oddString(random)]);
  if (random.chance(0.7)) lines.push(`Authorization: ${random.chance(0.95) ? 'Bearer' : 'Basic'} ${token}`);
  if (random.chance(0.1)) lines.push(`x-request-id: ${oddString(random)}`);
  if (random.chance(0.1))
    lines.push(`Origin: ${random.pick(['http://localhost', 'null', 'x', oddString(random)])}`);
  if (random.chance(0.05)) lines.push(`X-Forwarded-For: ${oddString(random)}`);
  if (random.chance(0.05)) lines.push('Expect: 100-continue');
  if (body === '') return lines;
  lines.push(`Content-Type: ${random.chance(0.8) ? TYPES[0] : random.pick(TYPES)}`);
  lines.push(
    `Content-Length: ${Buffer.byteLength(body) + (random.chance(0.03) ? random.integer(-1, 1) : 0)}`,
  );
  return lines;
}

// A character beyond ASCII in a header or a path is sent as two bytes that HTTP does not allow. This is intended.
const requestText = (line: string, lines: readonly string[], body: string): string =>
  `${line} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`;

/** Sends a request. @param isComplete whether the body has its promised length, so that the server must answer */
async function sendRequest(world: World, text: string, isComplete: boolean): Promise<void> {
  const peer = new WirePeer(world.port);
  peer.send(text);
  const step = JSON.stringify(text.slice(0, 300));
  if (!(await peer.waitFor(/^HTTP\/1\.1 \d{3} [^]*?\r\n\r\n/)) && isComplete) world.recordUnanswered(step);
  world.recordStep(step, peer);
}

/** Requests a route of the API document, mostly with valid parts. */
export async function requestRoute(world: World, random: Random): Promise<void> {
  const [method = '', route = ''] = random.pick(world.routes).split(' ');
  const path = route.replaceAll(/\{\w+\}/g, () =>
    encodeURIComponent(random.chance(0.6) ? random.pick(world.known) : oddString(random)),
  );
  const asked = random.chance(0.95) ? method.toUpperCase() : random.pick(METHODS);
  const body = asked === 'GET' && random.chance(0.9) ? '' : randomJson(random, world.known);
  const line = `${asked} ${path}${randomQuery(random, random.chance(0.3) ? { limit: '2' } : {})}`;
  const lines = randomHeaders(random, world, body);
  const whole = body === '' || lines.includes(`Content-Length: ${Buffer.byteLength(body)}`);
  await sendRequest(world, requestText(line, lines, body), whole);
}

/** Sends a request with an unusual `Upgrade` header. */
export async function requestUpgrade(world: World, random: Random): Promise<void> {
  const path = random.pick([
    '/health',
    '/socket.io/',
    '/socket.io',
    '/users/me',
    '/nowhere',
    '//',
    '/socket.io/x',
  ]);
  const lines = [
    ...randomHeaders(random, world, ''),
    `Upgrade: ${random.pick(UPGRADES)}`,
    ...(random.chance(0.9)
      ? [`Connection: ${random.pick(['Upgrade', 'upgrade, keep-alive', 'close', 'Upgrade, HTTP2-Settings'])}`]
      : []),
    ...(random.chance(0.5)
      ? [`Sec-WebSocket-Key: ${random.pick(['dGhlIHNhbXBsZSBub25jZQ==', 'x', ''])}`]
      : []),
    ...(random.chance(0.5) ? [`Sec-WebSocket-Version: ${random.pick(['13', '8', 'x'])}`] : []),
  ];
  const asked = randomQuery(random, { EIO: '4', transport: random.pick(['websocket', 'polling']) });
  await sendRequest(world, requestText(`${random.pick(['GET', 'POST'])} ${path}${asked}`, lines, ''), true);
}

/** Sends bytes that are not HTTP. */
export async function sendGarbage(world: World, random: Random): Promise<void> {
  const bytes = Array.from({ length: random.integer(1, 200) }, () =>
    String.fromCharCode(random.integer(0, 255)),
  );
  const text = random.chance(0.5) ? bytes.join('') : `GET / HTTP/1.1\r\n${bytes.join('')}`;
  const peer = new WirePeer(world.port);
  peer.send(Buffer.from(`${text}\r\n\r\n`, 'latin1'));
  await peer.waitFor(/^HTTP/, 50);
  world.recordStep('garbage', peer);
}

/** Sends an incomplete request and leaves the connection open, or closes its own half only. */
export async function sendIncomplete(world: World, random: Random): Promise<void> {
  const peer = new WirePeer(world.port);
  const whole = requestText(
    `${random.pick(METHODS)} ${random.pick(['/health', '/api/docs-json', '/socket.io/?EIO=4&transport=polling', '/auth/login'])}`,
    randomHeaders(random, world, random.pick(['', '{"email":"x"}'])),
    random.pick(['', '{"em']),
  );
  if (random.chance(0.3)) peer.stopReading();
  for (let times = random.integer(1, 20); times > 0; times -= 1) peer.send(whole);
  peer.send(whole.slice(0, random.integer(0, whole.length)));
  if (random.chance(0.5)) peer.endOwnHalf();
  await peer.waitFor(/^HTTP/, 20);
  world.recordStep('half-open', peer, true);
}
