import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'socket.io';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Database } from '../../../src/arch/common/infrastructure/database/database.js';
import { SocketIoRoomEmitter } from '../../../src/arch/common/interface/ws/rooms/socket-io-room-emitter.js';
import { TestServer } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { Bystander } from './bystander.js';
import { RawPolling } from './raw-polling.js';
import { chatNamespace, disconnected } from './server-side.js';
import { UPGRADE_REQUEST } from './upgrade-request.js';

let server: TestServer;
let bystander: Bystander;

beforeAll(async () => {
  server = await TestServer.start();
  bystander = await Bystander.join(server);
});
afterAll(async () => {
  bystander.leave();
  await server.stop();
});

/** Makes the next use of the property throw; then it is restored. */
function plant<T extends object>(owner: T, property: keyof T & string): void {
  const before = Object.getOwnPropertyDescriptor(owner, property);
  const fail = (): never => {
    Reflect.deleteProperty(owner, property);
    if (before) Object.defineProperty(owner, property, before);
    throw new Error('planted');
  };
  Object.defineProperty(owner, property, { configurable: true, get: fail, set: fail });
}

const poisoned = (property: string): object => {
  const owner = { [property]: undefined };
  plant(owner, property);
  return owner;
};

/** The members of the server's side that the planted listeners use, without their types. */
const internals = ({ conn }: Socket) =>
  conn as unknown as NodeJS.EventEmitter & {
    readyState: string;
    transport: { res: object; closeTimeout: number; socket: { _socket: import('node:net').Socket } };
  };

function streamOf(socket: Socket) {
  const { _socket: stream } = internals(socket).transport.socket;
  return stream;
}

/** Makes the next listener of the event throw. */
function plantListener(emitter: NodeJS.EventEmitter, event: string): void {
  const on = emitter.on.bind(emitter);
  emitter.on = (name, listener) => {
    if (name === event) throw new Error('planted');
    return on(name, listener);
  };
}

const engine = () => chatNamespace(server).server.engine as unknown as NodeJS.EventEmitter;

interface WithPing {
  io: { engine: { transport: { ws: { ping(): void } } } };
}

type Live = [string, 'websocket' | 'polling', (serverSide: Socket, client: TestSocket) => void];

const LIVE: Live[] = [
  [
    'the ping of a websocket',
    'websocket',
    (socket, { client }) => {
      plant(streamOf(socket), 'writableLength');
      (client as unknown as WithPing).io.engine.transport.ws.ping();
    },
  ],
  [
    'a packet to a websocket',
    'websocket',
    (socket) => {
      plant(streamOf(socket), 'writableCorked');
      socket.emit('anything');
    },
  ],
  [
    'the end of a turn',
    'websocket',
    (socket) => {
      plant(streamOf(socket), 'uncork');
      socket.emit('anything');
    },
  ],
  [
    'an event for a room',
    'websocket',
    (socket) => {
      plant(internals(socket), 'readyState');
      server.app.get(SocketIoRoomEmitter).emitToRoom('/chat', socket.id, 'anything', {});
    },
  ],
  [
    'a received event',
    'websocket',
    (socket, { client }) => {
      plant(socket, 'emit');
      client.emit('no such event');
    },
  ],
  [
    'the end of a socket',
    'websocket',
    (socket) => {
      plant(socket, 'rooms');
      socket.disconnect();
    },
  ],
  [
    'a packet for a poll',
    'polling',
    (socket) => void internals(socket).emit('packetCreate', poisoned('data')),
  ],
  [
    'the answer to a poll',
    'polling',
    (socket) => {
      plant(internals(socket).transport, 'res');
      internals(socket).emit('flush');
    },
  ],
  [
    'the upgrade of a connection',
    'polling',
    (socket) => {
      plant(internals(socket), 'off');
      internals(socket).emit('upgrade');
    },
  ],
];

test.each(LIVE)('a throw at %s ends that connection only', async (_, transport, provoke) => {
  const client = await TestSocket.connect(server.url, bystander.user.token, { transports: [transport] });
  const serverSide = chatNamespace(server).sockets.get(String(client.client.id)) as Socket;
  const closed = new Promise((resolve) => void client.client.once('disconnect', resolve));
  provoke(serverSide, client);
  await Promise.all([closed, disconnected([serverSide])]);
  expect(serverSide.conn.readyState).toBe('closed');
  expect(await bystander.problems()).toEqual([]);
});

describe('a throw at the birth of a connection ends it only', () => {
  test('when it opens: its farewell', async () => {
    engine().prependOnceListener('connection', ({ transport }: ReturnType<typeof internals>) =>
      plant(transport, 'closeTimeout'),
    );
    const raw = await RawPolling.open(server.url);
    expect((await raw.poll()).status).toBe(400);
    expect(await bystander.problems()).toEqual([]);
  });

  test('when it opens: what waits for it', async () => {
    engine().prependOnceListener('connection', (connection: NodeJS.EventEmitter) =>
      plantListener(connection, 'packetCreate'),
    );
    const raw = await RawPolling.open(server.url);
    expect((await raw.poll()).status).toBe(400);
    expect(await bystander.problems()).toEqual([]);
  });

  test('when its first headers are written', async () => {
    engine().prependOnceListener('initial_headers', (headers: object) => Object.freeze(headers));
    await expect(RawPolling.open(server.url)).rejects.toThrow('fetch failed');
    expect(await bystander.problems()).toEqual([]);
  });

  test.each(['headers', 'createTransport'])('when it becomes a websocket: %s', async (place) => {
    if (place === 'headers') {
      engine().prependOnceListener('headers', (_headers: object, request: { socket: object }) =>
        plant(request, 'socket'),
      );
    } else {
      const own = engine() as unknown as {
        onWebSocket?(...args: [object, object, NodeJS.EventEmitter]): void;
      };
      const open = own.onWebSocket?.bind(own);
      own.onWebSocket = (request, tcp, websocket) => {
        delete own.onWebSocket;
        plantListener(websocket, 'ping');
        open?.(request, tcp, websocket);
      };
    }
    await ended(UPGRADE_REQUEST);
    expect(await bystander.problems()).toEqual([]);
  });
});

/** Sends it on a connection of its own, and resolves when the server has closed that. */
async function ended(request: string): Promise<void> {
  const tcp = connect(Number(new URL(server.url).port), '127.0.0.1');
  tcp.on('error', () => undefined);
  tcp.resume();
  tcp.write(request);
  await once(tcp, 'close');
}

test.each([
  ['what is no HTTP', 'clientError', 1, 'writable', 'garbage\r\n\r\n'],
  [
    'an upgrade that is not ours',
    'upgrade',
    1,
    'resume',
    UPGRADE_REQUEST.replace('/socket.io/', '/elsewhere/'),
  ],
])('a throw at %s ends that connection only', async (_, event, place, property, request) => {
  const http = server.app.getHttpServer() as NodeJS.EventEmitter;
  http.prependOnceListener(event, (...args: object[]) =>
    plant(args[place] as Record<string, unknown>, property),
  );
  await ended(request);
  expect(await bystander.problems()).toEqual([]);
});

test('a throw when a handshake is taken up, after our check of it, ends that connection only', async () => {
  const own = engine() as unknown as { handshake?: (...args: unknown[]) => Promise<void> };
  own.handshake = () => {
    delete own.handshake;
    throw new Error('planted');
  };
  await ended(
    UPGRADE_REQUEST.replace('transport=websocket', 'transport=polling').replace('Upgrade: websocket', 'X: x'),
  );
  expect(await bystander.problems()).toEqual([]);
});

test('an error thrown at a lost connection to the database affects no client', async () => {
  const { pools } = server.app.get<Database, { pools: Record<string, NodeJS.EventEmitter> }>(Database);
  for (const pool of Object.values(pools)) {
    pool.emit('error', poisoned('message'));
    pool.emit('connect', poisoned('on'));
  }
  expect(await bystander.problems()).toEqual([]);
});
