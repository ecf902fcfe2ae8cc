import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** The address that a relay connects to. A host that is a folder contains PostgreSQL's Unix socket. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** Called with each chunk that a client sends. @returns whether the connection is cut when the next chunk of an answer arrives */
export type CutsAnswer = (chunk: Buffer) => boolean;

/** A TCP relay that cuts connections when an answer arrives: the request was processed, but the client gets no answer. */
export class Relay {
  readonly port: number;
  private readonly server: Server;
  private readonly links = new Set<Socket>();

  private constructor(server: Server) {
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  /** @param cutsAnswer called once for each connection */
  static async open(target: Target, cutsAnswer: () => CutsAnswer): Promise<Relay> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const relay = new Relay(server);
    server.on('connection', (client) => relay.linkSockets(client, connectTo(target), cutsAnswer()));
    return relay;
  }

  async close(): Promise<void> {
    for (const socket of this.links) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private linkSockets(client: Socket, server: Socket, cutsAnswer: CutsAnswer): void {
    let isCut = false;
    this.forward(client, server, (chunk) => {
      isCut ||= cutsAnswer(chunk);
      return true;
    });
    this.forward(server, client, () => {
      if (isCut) client.destroy();
      return !isCut;
    });
  }

  private forward(from: Socket, to: Socket, passes: (bytes: Buffer) => boolean): void {
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

function connectTo({ host, port }: Target): Socket {
  return host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
}
