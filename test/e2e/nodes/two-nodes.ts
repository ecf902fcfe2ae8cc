import type { RedisServer } from '../../support/redis-server.js';
import { startRedis } from '../../support/start-redis.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { type Node, startNode } from '../auth/support.js';

/** What a socket hears of a message. */
export interface Heard {
  readonly seq: number;
  readonly conversationId: string;
  readonly content: string;
}

/** Two nodes, one PostgreSQL, one Redis. */
export class TwoNodes {
  private constructor(
    readonly redis: RedisServer,
    readonly one: TestServer,
    readonly two: Node,
  ) {}

  static async start(): Promise<TwoNodes> {
    const redis = await startRedis();
    const one = await TestServer.start({ REDIS_URL: redis.url });
    return new TwoNodes(redis, one, await startNode(one));
  }

  get urls(): [string, string] {
    return [this.one.url, this.two.url];
  }

  async stop(): Promise<void> {
    await this.two.app.close();
    await this.one.stop();
    await this.redis.stop();
  }
}

/** A socket of the user's on a node, in these rooms. */
export async function joined(url: string, { token }: TestUser, ...rooms: string[]): Promise<TestSocket> {
  const socket = await TestSocket.connect(url, token);
  await Promise.all(rooms.map((conversationId) => socket.emit('join_room', { conversationId })));
  return socket;
}

/** The numbers that a socket has heard in a room, as they came. */
export const seqsOf = (socket: TestSocket, room: string): number[] =>
  socket
    .all<Heard>('new_message')
    .filter(({ conversationId }) => conversationId === room)
    .map(({ seq }) => seq);

export const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
