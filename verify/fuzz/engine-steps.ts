import type { Random } from '../random.ts';
import { frame, OPEN_WEBSOCKET } from './frames.ts';
import { WirePeer } from './wire-peer.ts';
import { eventName, json, namespace, oddWord, query } from './words.ts';
import type { World } from './world.ts';

const PATHS = ['/socket.io/', '/socket.io/', '/socket.io/', '/socket.io'];
/** Around the limits of a packet and of a POST. */
const SIZES = [1, 126, 65_535, 65_536, 65_537, 1_048_577];

/** A packet of engine.io, mostly one of Socket.IO within it. */
function packet(world: World, random: Random): string {
  const kind = random.integer(0, 19);
  if (kind < 5) return `40${namespace(random)},${credentials(world, random)}`;
  if (kind < 7) return `41${namespace(random)},`;
  if (kind < 14) return event(world, random);
  if (kind < 15) return `43${namespace(random)},${random.integer(0, 9)}${json(random, world.known)}`;
  if (kind < 16) return `45${random.integer(0, 3)}-${namespace(random)},["x",{"_placeholder":true,"num":0}]`;
  if (kind < 17) return random.pick(['bAAAA', 'b////', '2', '2probe', '3', '3probe', '5', '6', '0', '']);
  if (kind < 18) return 'x'.repeat(random.pick(SIZES));
  return random.pick(['1', '44/chat,{}', '46', '4', '42', '42/chat', '9', oddWord(random)]);
}

function event(world: World, random: Random): string {
  const ack = random.chance(0.5) ? random.integer(0, 999) : '';
  const payload = random.chance(0.5)
    ? `{"conversationId":${JSON.stringify(random.pick(world.known))},"content":${json(random, world.known, 0)}}`
    : json(random, world.known);
  return `42${random.chance(0.9) ? '/chat' : namespace(random)},${ack}[${JSON.stringify(eventName(random))},${payload}]`;
}

function credentials(world: World, random: Random): string {
  const good = `{"token":${JSON.stringify(random.pick(world.tokens))}}`;
  return random.chance(0.7)
    ? good
    : random.pick([json(random, world.known), '', '{"token":null}', '[]', 'null']);
}

/** Opens a session by polling, and mostly joins. */
export async function openPolling(world: World, random: Random): Promise<void> {
  const sid = await exchange(world, random, 'GET', { EIO: '4', transport: 'polling' }, '');
  if (sid === undefined) return;
  world.remember(sid);
  const join = `40/chat,${credentials(world, random)}`;
  if (random.chance(0.8))
    await exchange(world, random, 'POST', { EIO: '4', transport: 'polling', sid }, join);
}

/** A POST of a session, of some packets or of an odd size. */
export async function post(world: World, random: Random): Promise<void> {
  // A session does not live long with packets like these.
  if (random.chance(0.5)) await openPolling(world, random);
  const packets = random.chance(0.3)
    ? ['4x'.padEnd(random.pick(SIZES), 'x')]
    : Array.from({ length: random.integer(1, 5) }, () => packet(world, random));
  const parameters = { EIO: '4', transport: 'polling', sid: world.sid(random) };
  await exchange(world, random, 'POST', parameters, packets.join('\u001e'));
}

/** A poll, which is not waited for, or whatever else may be asked of a session. */
export async function poll(world: World, random: Random): Promise<void> {
  const method = random.chance(0.9) ? 'GET' : random.pick(['PUT', 'HEAD', 'DELETE', 'OPTIONS', 'PATCH']);
  await exchange(world, random, method, { EIO: '4', transport: 'polling', sid: world.sid(random) }, '', 30);
}

/** @returns the session that was opened, if one was */
async function exchange(
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
  const head = `${method} ${random.pick(PATHS)}${query(random, parameters)} HTTP/1.1\r\nHost: localhost\r\n`;
  const rest = method === 'GET' ? '' : `Content-Type: ${type}\r\nContent-Length: ${length}\r\n`;
  peer.send(`${head}${rest}\r\n${body}`);
  await peer.until(/^HTTP[^]*?\r\n\r\n/, patience ?? (length > Buffer.byteLength(body) ? 30 : undefined));
  world.done(`${head.slice(0, 200)} with ${JSON.stringify(body.slice(0, 200))}`, peer, random.chance(0.05));
  return /"sid":"([^"]+)"/.exec(peer.received)?.[1];
}

/** A websocket that joins, leaves and says what it likes, and then goes, or stays. */
export async function webSocket(world: World, random: Random): Promise<void> {
  const peer = new WirePeer(world.port);
  const sid = random.chance(0.25) ? { sid: world.sid(random) } : {};
  const asked = query(random, { EIO: '4', transport: 'websocket', ...sid });
  peer.send(`GET ${random.pick(PATHS)}${asked} HTTP/1.1\r\n${OPEN_WEBSOCKET}`);
  const opened = await peer.until(/^HTTP\/1\.1 101 [^]*?\r\n\r\n/);
  const said: string[] = [];
  if (opened && 'sid' in sid) peer.send(frame(random, '2probe'));
  if (opened && 'sid' in sid && random.chance(0.7)) peer.send(frame(random, '5'));
  for (let times = opened ? random.integer(0, 8) : 0; times > 0; times -= 1) {
    const text = packet(world, random);
    said.push(text.slice(0, 100));
    peer.send(frame(random, text));
  }
  if (random.chance(0.2)) peer.half();
  if (random.chance(0.1)) peer.stopReading();
  await peer.until(/\u0088/, random.integer(0, 40));
  world.done(`websocket ${asked.slice(0, 100)} ${JSON.stringify(said)}`, peer, random.chance(0.1));
}
