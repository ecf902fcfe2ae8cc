import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { DelayedWay } from './delayed-way.js';

/** The method and the target of a request, at the beginning of what a client sends. */
const REQUEST_LINE = /^(GET|POST|PUT|PATCH|DELETE) (\S+) HTTP\/1\.1\r\n/;
const WEBSOCKET = /^GET \S+[?&]transport=websocket/;

interface Link {
  readonly client: Socket;
  readonly server: Socket;
}

/** A relay between clients and a server that breaks connections in all the ways in which networks do. */
export class FaultProxy {
  private readonly links = new Set<Link>();
  private swallows: 'all' | 'answers' | 'nothing' = 'nothing';
  private blocksWebSockets = false;
  private refusesConnections = false;
  private bytesUntilCut = Infinity;
  /** Milliseconds that bytes take in each direction. */
  latency = 0;
  /** The requests that have passed, as `GET /path?query`; that of a WebSocket's upgrade included. */
  readonly requests: string[] = [];

  private constructor(
    private readonly relay: Server,
    private target: string,
    readonly url: string,
  ) {}

  /** @param target address of the server, `http://host:port` */
  static async open(target: string): Promise<FaultProxy> {
    const relay = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(relay, 'listening');
    const { port } = relay.address() as AddressInfo;
    const proxy = new FaultProxy(relay, target, `http://127.0.0.1:${port}`);
    relay.on('connection', (client) => proxy.link(client));
    return proxy;
  }

  get connections(): number {
    return this.links.size;
  }

  /** Leads new connections to another server. */
  leadTo(target: string): void {
    this.target = target;
  }

  /** Resets every connection; new ones are accepted. */
  cut(): void {
    for (const { client, server } of this.links) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  /** Cuts, and resets new connections at once, until `admit`. */
  refuse(): void {
    this.refusesConnections = true;
    this.cut();
  }

  admit(): void {
    this.refusesConnections = false;
  }

  /** Passes no bytes on, and tells neither side, until `flow`: a half-open connection. What was swallowed is lost with its connection. */
  swallow(): void {
    this.swallows = 'all';
  }

  /** The same for what the server answers and emits: it receives what the clients send. */
  swallowAnswers(): void {
    this.swallows = 'answers';
  }

  /** Resets every connection that asks for a WebSocket from now on, as some proxies do. */
  blockWebSockets(): void {
    this.blocksWebSockets = true;
  }

  /** Ends the connections whose bytes were swallowed, because these are missing in them, and passes bytes on again. */
  flow(): void {
    if (this.swallows !== 'nothing') this.cut();
    this.swallows = 'nothing';
  }

  /** Ends the direction to the clients, and reads on what they send. */
  halfClose(): void {
    for (const { client } of this.links) client.end();
  }

  /** Cuts when so many bytes more have been answered. */
  cutAfter(bytes: number): void {
    this.bytesUntilCut = bytes;
  }

  async close(): Promise<void> {
    this.cut();
    this.relay.close();
    await once(this.relay, 'close');
  }

  private link(client: Socket): void {
    if (this.refusesConnections) {
      client.on('error', () => undefined);
      client.resetAndDestroy();
      return;
    }
    const server = connect({ port: Number(new URL(this.target).port), host: '127.0.0.1' });
    const link = { client, server };
    this.links.add(link);
    this.relayBytes(client, server, ['all'], (bytes) => {
      if (this.blocksWebSockets && WEBSOCKET.test(bytes.toString('latin1'))) client.resetAndDestroy();
      return this.noteRequest(bytes);
    });
    this.relayBytes(server, client, ['all', 'answers'], (bytes) => this.upToCut(bytes));
    for (const socket of [client, server]) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.links.delete(link);
        client.destroy();
        server.destroy();
      });
    }
  }

  private relayBytes(
    from: Socket,
    to: Socket,
    swallowing: readonly string[],
    admit: (bytes: Buffer) => Buffer,
  ): void {
    const way = new DelayedWay(to);
    from.on('data', (bytes: Buffer) => {
      if (!swallowing.includes(this.swallows)) way.send(admit(bytes), this.latency);
    });
    from.on('end', () => {
      if (!swallowing.includes(this.swallows)) to.end();
    });
  }

  private noteRequest(bytes: Buffer): Buffer {
    const [, method, target] = REQUEST_LINE.exec(bytes.toString('latin1')) ?? [];
    if (method !== undefined && target !== undefined) this.requests.push(`${method} ${target}`);
    return bytes;
  }

  private upToCut(bytes: Buffer): Buffer {
    const admitted = bytes.subarray(0, this.bytesUntilCut);
    this.bytesUntilCut -= admitted.length;
    if (this.bytesUntilCut > 0) return admitted;
    this.bytesUntilCut = Infinity;
    // After the bytes that may still pass.
    setImmediate(() => this.cut());
    return admitted;
  }
}
