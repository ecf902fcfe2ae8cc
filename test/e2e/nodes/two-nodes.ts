import { userRoom } from '../../../src/arch/common/domain/rooms.js';
import { SocketIoRoomEmitter } from '../../../src/arch/common/interface/ws/rooms/socket-io-room-emitter.js';
import type { RedisServer } from '../../support/redis-server.js';
import { startRedis } from '../../support/start-redis.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { type Node, startNode } from '../auth/support.js';

/** The fields of a message that a socket receives. */
export interface Heard {
  readonly seq: number;
  readonly conversationId: string;
  readonly content: string;
}

/** A socket on each node that receives an event of each node after earlier ones. */
interface Watcher {
  readonly room: string;
  readonly sockets: readonly TestSocket[];
  /** Events so far. */
  fences: number;
}

/** Two nodes with one PostgreSQL and one Redis. */
export class TwoNodes {
  private watcher: Promise<Watcher> | undefined;

  private constructor(
    readonly redis: RedisServer,
    readonly one: TestServer,
    readonly two: Node,
  ) {}

  /** @param variables of both nodes' environment */
  static async start(variables: Record<string, string> = {}): Promise<TwoNodes> {
    const redis = await startRedis();
    const one = await TestServer.start({ ...variables, REDIS_URL: redis.url });
    return new TwoNodes(redis, one, await startNode(one));
  }

  get urls(): [string, string] {
    return [this.one.url, this.two.url];
  }

  /** Resolves when both nodes have emitted what either has told the other until now: Redis keeps the order. */
  async receiveAll(): Promise<void> {
    const watcher = await (this.watcher ??= this.watch());
    watcher.fences += this.urls.length;
    for (const { app } of [this.one, this.two])
      app.get(SocketIoRoomEmitter).emitToRoom('/chat', watcher.room, 'fence', {});
    await Promise.all(watcher.sockets.map((socket) => socket.waitFor('fence', watcher.fences)));
  }

  async stop(): Promise<void> {
    for (const socket of (await this.watcher)?.sockets ?? []) socket.close();
    await this.two.app.close();
    await this.one.stop();
    await this.redis.stop();
  }

  private async watch(): Promise<Watcher> {
    const user = await this.one.signUp('Watcher');
    const sockets = await Promise.all(this.urls.map((url) => joined(url, user)));
    return { room: userRoom(user.id), sockets, fences: 0 };
  }
}

/** Connects a socket of the user to a node, and joins these rooms. */
export async function joined(url: string, { token }: TestUser, ...rooms: string[]): Promise<TestSocket> {
  const socket = await TestSocket.connect(url, token);
  await Promise.all(rooms.map((conversationId) => socket.emit('join_room', { conversationId })));
  return socket;
}

/** The numbers that a socket has received in a room, in the order of their arrival. */
export const seqsOf = (socket: TestSocket, room: string): number[] =>
  socket
    .all<Heard>('new_message')
    .filter(({ conversationId }) => conversationId === room)
    .map(({ seq }) => seq);

export const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
