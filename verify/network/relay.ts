import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Where a relay leads. A host that is a folder has PostgreSQL's socket in it. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** Of a piece of what a connection's client sends: whether it is to be cut when the next piece of an answer comes. */
export type LosesAnswer = (asked: Buffer) => boolean;

/** A way over TCP to a server, on which answers get lost: what was asked has been done, and nobody is told. */
export class Relay {
  readonly port: number;
  private readonly server: Server;
  private readonly links = new Set<Socket>();

  private constructor(server: Server) {
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  /** @param losesAnswer makes one for each connection */
  static async open(target: Target, losesAnswer: () => LosesAnswer): Promise<Relay> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const relay = new Relay(server);
    server.on('connection', (client) => relay.link(client, reach(target), losesAnswer()));
    return relay;
  }

  async close(): Promise<void> {
    for (const socket of this.links) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private link(client: Socket, server: Socket, losesAnswer: LosesAnswer): void {
    let isLost = false;
    this.join(client, server, (asked) => {
      isLost ||= losesAnswer(asked);
      return true;
    });
    this.join(server, client, () => {
      if (isLost) client.destroy();
      return !isLost;
    });
  }

  private join(from: Socket, to: Socket, passes: (bytes: Buffer) => boolean): void {
    this.links.add(from);
    from.setNoDelay(true);
    from.on('error', () => undefined);
    from.on('data', (bytes: Buffer) => {
      if (!passes(bytes) || to.write(bytes)) return;
      from.pause();
      to.once('drain', () => from.resume());
    });
    from.on('end', () => to.end());
    from.on('close', () => {
      this.links.delete(from);
      to.destroySoon();
    });
  }
}

function reach({ host, port }: Target): Socket {
  return host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
}
