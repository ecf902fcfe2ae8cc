import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import { Client, type QueryResultRow } from 'pg';
import type { RunningPostgres } from 'causerie-embedded-postgres';
import { startEmbeddedPostgres } from '../../src/arch/common/infrastructure/database/embedded/start-embedded-postgres.js';
import { migrate } from '../../src/arch/common/infrastructure/database/migrate.js';
import { createMany } from '../../test/support/many-conversations.js';
import { LocalHttp } from '../neighbours/local-http.ts';
import { OwnServer, UNLIMITED } from '../own-server.ts';
import { Person } from './person.ts';
import { Relay } from './relay.ts';

/** Approximate number of rooms per listener; `join_all` joins at most 1,000. */
const ROOMS = 900;
const SENDERS = 30;
/** Milliseconds in which the server must stop. */
const STOP_LIMIT = 30_000;

export interface StageOptions {
  readonly conversations: number;
  /** Milliseconds between the server and its database, in each direction. */
  readonly latency: number;
  /** Environment variables of the server, besides those that remove its limits. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
  readonly logFile?: string;
  /** Folder of the database's files, for an outage of their disk. */
  readonly databaseFolder?: string;
}

export interface Conversation {
  readonly id: string;
  readonly sender: Person;
}

/** A server, its PostgreSQL, a network between them, senders with conversations, and listeners who receive them live. */
export class Stage {
  readonly conversations: Conversation[] = [];
  readonly listeners: Person[] = [];
  private readonly senders: Person[] = [];
  readonly standbyFolder: string;

  private constructor(
    readonly folder: string,
    readonly databaseFolder: string,
    readonly postgres: RunningPostgres,
    readonly relay: Relay,
    readonly server: OwnServer,
    private readonly http: LocalHttp,
  ) {
    this.standbyFolder = join(folder, 'standby');
  }

  static async open(options: StageOptions): Promise<Stage> {
    const folder = mkdtempSync(join(tmpdir(), 'causerie-outage-'));
    const databaseFolder = options.databaseFolder ?? folder;
    const log = { debug: () => undefined, warn: () => undefined };
    const postgres = await startEmbeddedPostgres({ dataDir: join(databaseFolder, 'primary'), log });
    const connection = { ...postgres.connection, ssl: false as const };
    await migrate(connection);
    const relay = await Relay.open(connection, options.latency);
    const { user, database, port } = relay.connection;
    const address = `postgres://${user}@127.0.0.1:${port}/${database}?sslmode=disable`;
    const variables = { ...UNLIMITED, DATABASE_URL: address, ...options.variables };
    const server = await OwnServer.start(variables, options.nodeOptions, options.logFile);
    const http = new LocalHttp(server.url, '127.0.0.1', 256);
    const stage = new Stage(folder, databaseFolder, postgres, relay, server, http);
    await stage.populate(options.conversations);
    return stage;
  }

  /** Runs a query on the database, without the relay. */
  async query<Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = await this.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** Connects to a database without the relay; by default to the one that the relay connects to. */
  async connect(database = this.relay.leadsTo): Promise<Client> {
    const client = new Client(database);
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  /** Stops everything and removes the files. @returns whether the server stopped in time */
  async close(): Promise<boolean> {
    for (const person of [...this.listeners, ...this.senders]) person.disconnect();
    this.http.close();
    const stopped = this.server.stop().then(() => true);
    // A server that hangs may not handle the signal.
    const stops = await Promise.race([stopped, delay(STOP_LIMIT, false, { ref: false })]);
    if (!stops) await this.server.kill();
    await this.server.remove();
    await this.relay.close();
    await this.postgres.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10 });
    return stops;
  }

  private async populate(count: number): Promise<void> {
    const few = pLimit(4);
    const signUp = (name: string): Promise<Person> =>
      few(() => Person.signUp(this.http, this.server.url, name));
    const listeners = Array.from({ length: Math.ceil(count / ROOMS) }, (_, index) =>
      signUp(`listener-${index}`),
    );
    const senders = Array.from({ length: Math.min(SENDERS, count) }, (_, index) => signUp(`sender-${index}`));
    this.listeners.push(...(await Promise.all(listeners)));
    this.senders.push(...(await Promise.all(senders)));
    for (const [index, sender] of this.senders.entries()) {
      const listener = this.listeners[index % this.listeners.length];
      const made = await createMany(this, {
        owner: sender.id,
        members: listener ? [listener.id] : [],
        // Senders have equal shares; the first ones have one more each when there is a remainder.
        count: Math.floor((count + this.senders.length - 1 - index) / this.senders.length),
        from: 0,
        step: 1,
      });
      this.conversations.push(...made.map((id) => ({ id, sender })));
    }
    await Promise.all(this.listeners.map((listener) => listener.joinAll()));
  }
}
