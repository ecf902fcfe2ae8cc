import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { DelayedWay } from './delayed-way.js';
import { AskedFor, errorAnswer, type ReportedError } from './error-answers.js';
import type { TestDatabase } from './test-database.js';

/** When the connection is cut: before the statement reaches the database, or when its answer arrives. */
type Moment = 'before' | 'after';

interface Cut {
  readonly statement: string;
  readonly moment: Moment;
  /** Occurs earlier in the same transaction; of an empty text, any statement. */
  readonly within: string;
}

/** A relay to PostgreSQL that can be broken at a given statement, and closed for some time. */
export class DatabaseProxy {
  private readonly links = new Set<Socket>();
  private cut: (Cut & { readonly done: () => void }) | undefined;
  private closed = false;
  private stalled = false;
  private resets = false;
  private reported: ReportedError | null = null;
  private refusal: ReportedError | null = null;
  /** Latency in milliseconds, in each direction. */
  latency = 0;

  private constructor(
    private readonly server: Server,
    private target: TestDatabase['connection'],
    readonly connection: TestDatabase['connection'],
  ) {}

  static async open({ connection }: Pick<TestDatabase, 'connection'>): Promise<DatabaseProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const proxy = new DatabaseProxy(server, connection, { ...connection, host: '127.0.0.1', port });
    server.on('connection', (client) => proxy.link(client, proxy.reach()));
    return proxy;
  }

  get leadsTo(): TestDatabase['connection'] {
    return this.target;
  }

  /** Connects new connections to another server, and cuts the existing ones. */
  leadTo(target: TestDatabase['connection']): void {
    this.target = target;
    this.cutNow();
  }

  /**
   * Cuts the connection that runs the next statement whose text or name contains `statement`, and refuses new ones
   * until `reopen`. Resolves when it has cut it.
   */
  async cutAt(statement: string, moment: Moment, within = ''): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.cut = { statement, moment, within, done: resolve };
    await promise;
  }

  /** Like `cutAt`, at the COMMIT of the next transaction that runs `statement`; others commit in the background. */
  cutAtCommitOf(statement: string, moment: Moment): Promise<void> {
    return this.cutAt('commit', moment, statement);
  }

  /** Cuts all existing connections; new ones are accepted. The database may not notice it while it is busy. */
  cutNow(): void {
    for (const socket of this.links) socket.destroy();
  }

  reopen(): void {
    this.closed = false;
  }

  /** Becomes a black hole: no bytes pass, and neither side is notified, until `flow`. */
  stall(): void {
    this.stalled = true;
    for (const socket of this.links) socket.pause();
  }

  flow(): void {
    this.stalled = false;
    for (const socket of this.links) socket.resume();
  }

  /** Stops listening, until `listen`. */
  refuse(): void {
    this.server.close();
    this.cutNow();
  }

  async listen(): Promise<void> {
    this.server.listen(this.connection.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  /** Resets every connection, existing and new ones, until `stopResets`. */
  reset(): void {
    this.resets = true;
    for (const socket of this.links) if (socket.remoteFamily !== undefined) socket.resetAndDestroy();
  }

  stopResets(): void {
    this.resets = false;
  }

  /** Answers every statement with this error in the database's place; with null the database answers again. */
  answerWith(error: ReportedError | null): void {
    this.reported = error;
  }

  /** Refuses every new connection with this error in the database's place; with null the database answers again. */
  refuseWith(error: ReportedError | null): void {
    this.refusal = error;
  }

  async close(): Promise<void> {
    for (const socket of this.links) socket.destroy();
    if (!this.server.listening) return;
    this.server.close();
    await once(this.server, 'close');
  }

  private reach(): Socket {
    const { host, port } = this.target;
    return host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  }

  private link(client: Socket, database: Socket): void {
    let waitsForAnswer = false;
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      this.links.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        this.links.delete(one);
        other.destroy();
      });
    }
    if (this.closed) client.destroy();
    if (this.resets) client.resetAndDestroy();
    const there = new DelayedWay(database);
    const back = new DelayedWay(client);
    const asked = new AskedFor();
    let isConnected = false;
    let isWithin = false;
    client.on('data', (bytes: Buffer) => {
      const { reported, refusal } = this;
      if (refusal && !isConnected) {
        client.end(errorAnswer(refusal));
        return;
      }
      if (reported && isConnected) {
        for (let count = asked.in(bytes); count > 0; count -= 1) client.write(errorAnswer(reported));
        if (reported.severity === 'FATAL') client.end();
        return;
      }
      isConnected = true;
      if (mentions('begin', bytes)) isWithin = false;
      if (this.cut && mentions(this.cut.within, bytes)) isWithin = true;
      if (this.cut && isWithin && mentions(this.cut.statement, bytes)) {
        if (this.cut.moment === 'before') return this.break(client, database);
        waitsForAnswer = true;
      }
      there.send(bytes, this.latency);
    });
    database.on('data', (bytes) =>
      waitsForAnswer ? this.break(client, database) : back.send(bytes, this.latency),
    );
    if (this.stalled) this.stall();
  }

  private break(client: Socket, database: Socket): void {
    this.closed = true;
    for (const socket of this.links) socket.destroy();
    client.destroy();
    database.destroy();
    this.cut?.done();
    this.cut = undefined;
  }
}

/** Matches whole words: `commit` also occurs in `read committed`. */
function mentions(statement: string, bytes: Buffer): boolean {
  return statement === '' || new RegExp(`\\b${statement}\\b`).test(bytes.toString('latin1'));
}
