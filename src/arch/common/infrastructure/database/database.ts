import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool, type PoolClient, type QueryConfig, type QueryResultRow } from 'pg';
import type { TransactionRunnerPort } from '../../application/ports/transaction-runner.port.js';
import type { DatabaseHealthPort } from '../../application/ports/database-health.port.js';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import { type ConnectionSettings, poolConfig } from './connection.js';
import { toDatabaseError } from './database-error.js';

/** Where Drizzle sends its statements: the pool, or one connection. */
export type Session = NodePgDatabase;

interface Transaction {
  readonly client: PoolClient;
  readonly session: Session;
}

/** The way to PostgreSQL: a pool that outlives the server's restarts, and transactions on it. */
export class Database implements TransactionRunnerPort, DatabaseHealthPort, OnApplicationShutdown {
  private readonly logger = new Logger('Database');
  private readonly transactions = new AsyncLocalStorage<Transaction>();
  private readonly pool: Pool;
  private readonly pooled: Session;

  constructor(connection: ConnectionSettings, poolSize: number) {
    this.pool = new Pool(poolConfig(connection, poolSize));
    // Without listeners a connection that PostgreSQL ends, idle or in use, would end this process.
    this.pool.on('error', (error) => {
      // our own shutdown ends PostgreSQL while the last connections are still being closed
      if (!this.pool.ending) this.logger.warn(`Lost an idle connection: ${error.message}`);
    });
    this.pool.on('connect', (client) => client.on('error', () => undefined));
    this.pooled = drizzle(this.pool);
  }

  /** Runs queries in the transaction under way, else each on its own, and tells failures in our words. */
  async query<T>(work: (session: Session) => Promise<T>): Promise<T> {
    try {
      return await work(this.transactions.getStore()?.session ?? this.pooled);
    } catch (error) {
      throw toDatabaseError(error);
    }
  }

  /** A statement that is built and prepared once, for the hot paths; in a transaction it runs on its connection. */
  prepare<T>(
    build: (session: Session) => { execute(values: Record<string, unknown>): Promise<T> },
  ): (values: Record<string, unknown>) => Promise<T> {
    const pooled = build(this.pooled);
    return (values) =>
      this.query((session) => (session === this.pooled ? pooled : build(session)).execute(values));
  }

  /** A statement in SQL, prepared under its name; runs where `query` would. */
  async execute<Row extends QueryResultRow>(statement: QueryConfig): Promise<Row[]> {
    try {
      const { rows } = await (this.transactions.getStore()?.client ?? this.pool).query<Row>(statement);
      return rows;
    } catch (error) {
      throw toDatabaseError(error);
    }
  }

  /** No query will be answered any more. */
  get isClosed(): boolean {
    return this.pool.ending;
  }

  get inTransaction(): boolean {
    return this.transactions.getStore() !== undefined;
  }

  /** Starts work that serves many callers: it must not run in the transaction of the one who happens to start it. */
  detached<T>(work: () => T): T {
    return this.transactions.exit(work);
  }

  /** One transaction; joins the one under way when there is one. Drizzle's own loses the client when BEGIN fails. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    return this.transaction(work);
  }

  /** As `run`, for work that speaks to the connection itself. */
  async transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const running = this.transactions.getStore();
    return running ? work(running.client) : this.begin(work);
  }

  /** A transaction of its own that only reads, and sees all tables as they are at its first statement. */
  snapshot<T>(work: () => Promise<T>): Promise<T> {
    return this.begin(work, 'begin isolation level repeatable read read only');
  }

  async ping(): Promise<void> {
    await this.query(() => this.pool.query('select 1'));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  private async begin<T>(work: (client: PoolClient) => Promise<T>, start = 'begin'): Promise<T> {
    const client = await this.query(() => this.pool.connect());
    let broken = false;
    try {
      await client.query(start);
      const result = await this.transactions.run({ client, session: drizzle(client) }, () => work(client));
      // After a failed statement whose error `work` has swallowed, COMMIT answers ROLLBACK and no error.
      const { command } = await client.query('commit');
      if (command !== 'COMMIT') throw new Error('A statement of the transaction had failed.');
      return result;
    } catch (error) {
      const failure = toDatabaseError(error);
      // A connection that did not answer in time is still busy: it would not answer a rollback either.
      broken = failure instanceof UnavailableError || (await rollback(client));
      throw failure;
    } finally {
      client.release(broken);
    }
  }
}

/** Whether the connection is unfit for the pool: it could not even roll back. */
async function rollback(client: PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return false;
  } catch {
    return true;
  }
}
