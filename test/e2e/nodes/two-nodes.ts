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

/** Two nodes with one PostgreSQL and one Redis. */
export class TwoNodes {
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

  async stop(): Promise<void> {
    await this.two.app.close();
    await this.one.stop();
    await this.redis.stop();
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
