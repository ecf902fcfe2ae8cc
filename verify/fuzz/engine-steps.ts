import type { Random } from '../random.ts';
import { encodeFrame, OPEN_WEBSOCKET } from './frames.ts';
import { WirePeer } from './wire-peer.ts';
import { oddString, randomEventName, randomJson, randomNamespace, randomQuery } from './random-text.ts';
import type { World } from './world.ts';

const PATHS = ['/socket.io/', '/socket.io/', '/socket.io/', '/socket.io'];
/** Sizes around the limits of a packet and of a POST. */
const SIZES = [1, 126, 65_535, 65_536, 65_537, 1_048_577];

/** @returns an engine.io packet, mostly with a Socket.IO packet in it */
function randomPacket(world: World, random: Random): string {
  const kind = random.integer(0, 19);
  if (kind < 5) return `40${randomNamespace(random)},${randomCredentials(world, random)}`;
  if (kind < 7) return `41${randomNamespace(random)},`;
  if (kind < 14) return randomEvent(world, random);
  if (kind < 15)
    return `43${randomNamespace(random)},${random.integer(0, 9)}${randomJson(random, world.known)}`;
  if (kind < 16)
    return `45${random.integer(0, 3)}-${randomNamespace(random)},["x",{"_placeholder":true,"num":0}]`;
  if (kind < 17) return random.pick(['bAAAA', 'b////', '2', '2probe', '3', '3probe', '5', '6', '0', '']);
  if (kind < 18) return 'x'.repeat(random.pick(SIZES));
  return random.pick(['1', '44/chat,{}', '46', '4', '42', '42/chat', '9', oddString(random)]);
}

function randomEvent(world: World, random: Random): string {
  const ack = random.chance(0.5) ? random.integer(0, 999) : '';
  const payload = random.chance(0.5)
    ? `{"conversationId":${JSON.stringify(random.pick(world.known))},"content":${randomJson(random, world.known, 0)}}`
    : randomJson(random, world.known);
  return `42${random.chance(0.9) ? '/chat' : randomNamespace(random)},${ack}[${JSON.stringify(randomEventName(random))},${payload}]`;
}

function randomCredentials(world: World, random: Random): string {
  const good = `{"token":${JSON.stringify(random.pick(world.tokens))}}`;
  return random.chance(0.7)
    ? good
    : random.pick([randomJson(random, world.known), '', '{"token":null}', '[]', 'null']);
}

/** Opens a session by polling, and mostly connects to the namespace. */
export async function openPolling(world: World, random: Random): Promise<void> {
  const sid = await exchangePackets(world, random, 'GET', { EIO: '4', transport: 'polling' }, '');
  if (sid === undefined) return;
  world.rememberSession(sid);
  const join = `40/chat,${randomCredentials(world, random)}`;
  if (random.chance(0.8))
    await exchangePackets(world, random, 'POST', { EIO: '4', transport: 'polling', sid }, join);
}

/** Sends a POST of a session, with some packets or with an unusual size. */
export async function postPackets(world: World, random: Random): Promise<void> {
  // Packets like these end a session soon.
  if (random.chance(0.5)) await openPolling(world, random);
  const packets = random.chance(0.3)
    ? ['4x'.padEnd(random.pick(SIZES), 'x')]
    : Array.from({ length: random.integer(1, 5) }, () => randomPacket(world, random));
  const parameters = { EIO: '4', transport: 'polling', sid: world.pickSession(random) };
  await exchangePackets(world, random, 'POST', parameters, packets.join('\u001e'));
}

/** Sends a poll without waiting for its answer, or another request of a session. */
export async function pollSession(world: World, random: Random): Promise<void> {
  const method = random.chance(0.9) ? 'GET' : random.pick(['PUT', 'HEAD', 'DELETE', 'OPTIONS', 'PATCH']);
  await exchangePackets(
    world,
    random,
    method,
    { EIO: '4', transport: 'polling', sid: world.pickSession(random) },
    '',
    30,
  );
}

/** Sends a request of a session. @returns the id of a session that was opened; undefined without one */
async function exchangePackets(
  world: World,
  random: Random,
  method: string,
  parameters: Record<string, string>,
  body: string,
  patience?: number,
): Promise<string | undefined> {
  const peer = new WirePeer(world.port);
  const length = Buffer.byteLength(body) + (random.chance(0.02) ? 1 : 0);
  const type = random.pick([
    'text/plain;charset=UTF-8',
    'text/plain',
    'application/octet-stream',
    'application/json',
  ]);
  const head = `${method} ${random.pick(PATHS)}${randomQuery(random, parameters)} HTTP/1.1\r\nHost: localhost\r\n`;
  const rest = method === 'GET' ? '' : `Content-Type: ${type}\r\nContent-Length: ${length}\r\n`;
  peer.send(`${head}${rest}\r\n${body}`);
  await peer.waitFor(/^HTTP[^]*?\r\n\r\n/, patience ?? (length > Buffer.byteLength(body) ? 30 : undefined));
  world.recordStep(
    `${head.slice(0, 200)} with ${JSON.stringify(body.slice(0, 200))}`,
    peer,
    random.chance(0.05),
  );
  return /"sid":"([^"]+)"/.exec(peer.received)?.[1];
}

/** Opens a websocket, sends random packets, and then closes it or leaves it open. */
export async function openWebSocket(world: World, random: Random): Promise<void> {
  const peer = new WirePeer(world.port);
  const sid = random.chance(0.25) ? { sid: world.pickSession(random) } : {};
  const asked = randomQuery(random, { EIO: '4', transport: 'websocket', ...sid });
  peer.send(`GET ${random.pick(PATHS)}${asked} HTTP/1.1\r\n${OPEN_WEBSOCKET}`);
  const opened = await peer.waitFor(/^HTTP\/1\.1 101 [^]*?\r\n\r\n/);
  const sent: string[] = [];
  if (opened && 'sid' in sid) peer.send(encodeFrame(random, '2probe'));
  if (opened && 'sid' in sid && random.chance(0.7)) peer.send(encodeFrame(random, '5'));
  for (let times = opened ? random.integer(0, 8) : 0; times > 0; times -= 1) {
    const text = randomPacket(world, random);
    sent.push(text.slice(0, 100));
    peer.send(encodeFrame(random, text));
  }
  if (random.chance(0.2)) peer.endOwnHalf();
  if (random.chance(0.1)) peer.stopReading();
  await peer.waitFor(/\u0088/, random.integer(0, 40));
  world.recordStep(`websocket ${asked.slice(0, 100)} ${JSON.stringify(sent)}`, peer, random.chance(0.1));
}
