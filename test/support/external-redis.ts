import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Redis } from 'ioredis';
import type { RedisServer } from './redis-server.js';

/**
 * The Redis of `TEST_REDIS_URL` behind a proxy that can be stopped; each test worker uses a database number of its own.
 */
export class ExternalRedis implements RedisServer {
  readonly url: string;
  private readonly connections = new Set<Socket>();
  private frozen = false;

  private constructor(
    private readonly target: URL,
    private readonly proxy: Server,
    private readonly port: number,
  ) {
    const front = new URL(target);
    front.host = `127.0.0.1:${port}`;
    this.url = front.href;
    proxy.on('connection', (client) => this.join(client));
  }

  static async start(url: string): Promise<ExternalRedis> {
    const target = new URL(url);
    target.pathname = `/${Number(process.env['VITEST_POOL_ID'] ?? 1) % 16}`;
    const proxy = createServer().listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const redis = new ExternalRedis(target, proxy, (proxy.address() as { port: number }).port);
    await redis.empty();
    return redis;
  }

  async kill(): Promise<void> {
    if (!this.proxy.listening) return;
    const closed = once(this.proxy, 'close');
    this.proxy.close();
    for (const connection of this.connections) connection.destroy();
    await closed;
  }

  async restart(): Promise<void> {
    await this.empty();
    this.proxy.listen(this.port, '127.0.0.1');
    await once(this.proxy, 'listening');
  }

  freeze(): void {
    this.frozen = true;
    for (const connection of this.connections) connection.pause();
  }

  thaw(): void {
    this.frozen = false;
    for (const connection of this.connections) connection.resume();
  }

  async stop(): Promise<void> {
    await this.kill();
    await this.empty();
  }

  private join(client: Socket): void {
    if (this.frozen) return void this.connections.add(client.on('error', () => undefined));
    const server = connect(Number(this.target.port || 6379), this.target.hostname);
    for (const [side, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.connections.add(side);
      side.pipe(other);
      side.on('error', () => other.destroy());
      side.on('close', () => {
        this.connections.delete(side);
        other.destroy();
      });
    }
  }

  private async empty(): Promise<void> {
    const redis = new Redis(this.target.href);
    await redis.flushdb();
    redis.disconnect();
  }
}
