import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A relay to a server that simulates a lost network: the server receives neither data nor the end of the connection.
 */
export class BlackHole {
  private readonly links = new Map<Socket, Socket>();
  private readonly swallowed: Socket[] = [];
  private lost = false;

  private constructor(
    private readonly relay: Server,
    readonly url: string,
  ) {}

  static async open(url: string): Promise<BlackHole> {
    const relay = createServer().listen(0, '127.0.0.1');
    await once(relay, 'listening');
    const hole = new BlackHole(relay, `http://127.0.0.1:${(relay.address() as AddressInfo).port}`);
    relay.on('connection', (client) => {
      if (hole.lost) client.destroy();
      else hole.link(client, connect(Number(new URL(url).port), '127.0.0.1'));
    });
    return hole;
  }

  /**
   * Disconnects the clients, which notice it at once and cannot connect until `comeBack`. Their connections to the
   * server stay open, and nothing reads from them.
   */
  loseNetwork(): void {
    this.lost = true;
    for (const [client, server] of this.links) {
      client.unpipe(server);
      server.unpipe(client);
      server.pause();
      this.swallowed.push(server);
      this.links.delete(client);
      client.destroy();
    }
  }

  /** Number of connections through the relay. */
  get connections(): number {
    return this.links.size;
  }

  comeBack(): void {
    this.lost = false;
  }

  async close(): Promise<void> {
    for (const [client, server] of this.links) {
      client.destroy();
      server.destroy();
    }
    for (const server of this.swallowed) server.destroy();
    this.relay.close();
    await once(this.relay, 'close');
  }

  private link(client: Socket, server: Socket): void {
    this.links.set(client, server);
    client.pipe(server).pipe(client);
    for (const socket of [client, server]) socket.on('error', () => undefined);
    client.on('close', () => {
      if (!this.links.delete(client)) return;
      server.destroy();
    });
    server.on('close', () => client.destroy());
  }
}
