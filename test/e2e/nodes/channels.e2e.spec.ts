import { Redis } from 'ioredis';
import { io } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { NodeSeal } from '../../../src/arch/common/infrastructure/redis/node-seal.js';
import { callApi } from '../../support/api.js';
import { testConfig } from '../../support/test-config.js';
import type { TestUser } from '../../support/test-server.js';
import type { TestSocket } from '../../support/test-socket.js';
import { startNode } from '../auth/support.js';
import { refusedConnection } from '../ws/refused-connection.js';
import { joined, TwoNodes, upTo } from './two-nodes.js';

let nodes: TwoNodes;
let ada: TestUser;
let room: string;
let stranger: Redis;
/** A socket on the second node. */
let socket: TestSocket;
let prefix: string;
/** The client with which a node would publish. */
let node: NodeSeal;

beforeAll(async () => {
  nodes = await TwoNodes.start();
  ada = await nodes.one.signUp('Ada');
  node = new NodeSeal(nodes.one.config);
});
beforeEach(async () => {
  room = await nodes.one.createConversation(ada);
  stranger = new Redis(nodes.redis.url);
  prefix = `causerie:nodes:${stranger.options.db ?? 0}`;
  socket = await joined(nodes.two.url, ada, room);
});
afterEach(() => {
  socket.close();
  stranger.disconnect();
});
afterAll(() => nodes.stop());

const say = async (content: string) =>
  callApi(nodes.one.url, 'POST', `/chat/conversations/${room}/messages`, {
    token: ada.token,
    body: { content },
  });

/** Publishes a message in a node's form. */
const word = (data: unknown, more: object = {}) => JSON.stringify({ uid: 'x', type: 6, data, ...more });

it('messages of a stranger end no session and are not delivered', async () => {
  const everybody = { rooms: [], except: [] };
  const messages = [
    '',
    'no json',
    '{',
    'null',
    '{}',
    '{"type":0,"rooms":5}',
    '\u00c1',
    JSON.stringify({ uid: 'x', type: 4, opts: everybody, close: true }),
    JSON.stringify({ uid: 'x', type: 3, opts: everybody, rooms: [room] }),
    word('room'),
    word(['connection', {}]),
    word(['room']),
    word(['room', 5, 'planted', {}]),
    word(['room', room, 'planted', 'text']),
    word(['room', room, 'planted', null]),
    word(['room', room, 'planted', {}, 5]),
    word(['room', room, 'planted', {}], { requestId: 'y' }),
    // A client would treat it as an event of its own connection.
    word(['room', room, 'connect', {}]),
  ];
  for (const kind of ['-request#/chat#', '-response#/chat#', '#/chat#']) {
    const channel = `${prefix}${kind}`;
    for (const message of [...messages, word(['room', room, 'planted', {}])]) {
      await stranger.publish(channel, message);
    }
    // Messages of a node of another version are not accepted either.
    for (const message of messages) await stranger.publish(channel, node.sealMessage(channel, message));
  }
  await say('after them');
  await socket.waitFor('new_message', 1);
  expect(socket.all('planted')).toEqual([]);
});

it('a message is accepted once, in its channel, and from a node with the same secret', async () => {
  const channel = `${prefix}-request#/chat#`;
  const stray = new NodeSeal(testConfig());
  const planted = word(['room', room, 'planted', {}]);
  const taken = node.sealMessage(channel, word(['room', room, 'taken', {}]));
  const messages = [
    planted,
    stray.sealMessage(channel, planted),
    node.sealMessage(`${prefix}-response#/chat#`, planted),
    taken.replace('"taken"', '"planted"'),
    taken,
    taken,
    taken,
  ];
  for (const message of messages) await stranger.publish(channel, message);
  await say('after them');
  await socket.waitFor('new_message', 1);
  expect(socket.all('taken')).toEqual([{}]);
  expect(socket.all('planted')).toEqual([]);
});

it('a namespace that a client requests needs no channel of Redis', async () => {
  const monitor = await stranger.monitor();
  const { promise: fenced, resolve } = Promise.withResolvers<void>();
  const commands: string[] = [];
  monitor.on('monitor', (_time: string, args: string[]) => {
    if (args.includes('fence')) resolve();
    else commands.push(args.join(' '));
  });
  const refused = upTo(20).map((n) => refusedConnection(`${nodes.one.url}/unknown-${room}-${n}`, {}));
  for (const { data } of await Promise.all(refused)) expect(data).toMatchObject({ code: 'ROUTE_NOT_FOUND' });
  await say('seen by the monitor');
  await socket.waitFor('new_message', 1);
  await stranger.publish('fence', '');
  await fenced;
  monitor.disconnect();
  expect(commands.some((command) => command.includes('seen by the monitor'))).toBe(true);
  expect(commands.filter((command) => command.includes(`unknown-${room}`))).toEqual([]);
});

it('only an event for a room costs a message; joining, leaving and disconnecting cost none', async () => {
  const listener = stranger.duplicate();
  const words: string[] = [];
  listener.on('pmessage', (_pattern, channel: string) => words.push(channel));
  await listener.psubscribe(`${prefix}*`);
  const going = await joined(nodes.one.url, ada, room);
  await going.emit('leave_room', { conversationId: room });
  going.close();
  await say('one word');
  await socket.waitFor('new_message', 1);
  // Redis delivers to subscribers in their order; when it has answered, this node has received the message.
  await listener.ping();
  expect(words).toEqual([`${prefix}-request#/chat#`]);
  listener.disconnect();
});

it('a node that stops does not close sockets of the others', async () => {
  const third = await startNode(nodes.one);
  const gone = io(`${third.url}/chat`, { auth: { token: ada.token }, reconnection: false, forceNew: true });
  await new Promise((resolve) => void gone.once('ready', resolve));
  await third.app.close();
  await say('still here');
  await socket.waitFor('new_message', 1);
  expect(socket.client.connected).toBe(true);
  gone.disconnect();
});

it('a polling session is known to its own node only', async () => {
  const path = '/socket.io/?EIO=4&transport=polling';
  const opened = await (await fetch(`${nodes.one.url}${path}`)).text();
  const { sid } = JSON.parse(opened.slice(1)) as { sid: string };
  const packet = { method: 'POST', body: '40/nowhere,' };
  expect((await fetch(`${nodes.two.url}${path}&sid=${sid}`, packet)).status).toBe(400);
  expect((await fetch(`${nodes.one.url}${path}&sid=${sid}`, packet)).status).toBe(200);
});
