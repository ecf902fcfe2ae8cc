import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Pool, PoolClient, QueryConfig, QueryResultRow } from 'pg';
import { InFlightWork } from '../../application/in-flight-work.js';
import type { Telling, TransactionRunnerPort } from '../../application/ports/transaction-runner.port.js';
import type { DatabaseHealthPort } from '../../application/ports/database-health.port.js';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import type { ConnectionSettings } from './connection.js';
import { onlyReadsError, reportedState, toDatabaseError } from './database-error.js';
import { DatabaseEpoch } from './epoch/database-epoch.js';
import { InterruptedCommits } from './interrupted-commits.js';
import { connectTo, type Lane, laneSizes, openPool } from './lanes.js';
import { ASK_ONLY_READS } from './database-client.js';
import { Pooler } from './pooler.js';
import { LockLine } from './lock-line.js';
import { repeatPassing } from './repeat-passing.js';

/** Where Drizzle sends its statements: the pool, or one connection. */
export type Session = NodePgDatabase;

interface Transaction {
  readonly client: PoolClient;
  readonly session: Session;
  readonly tellings: Telling[];
}

interface DatabaseOptions {
  readonly lifetime?: number;
  readonly prepared?: boolean;
  readonly work?: InFlightWork;
}

/** The way to PostgreSQL: pools that outlive the server's restarts, one a lane, and transactions on them. */
export class Database implements TransactionRunnerPort, DatabaseHealthPort, OnApplicationShutdown {
  private readonly transactions = new AsyncLocalStorage<Transaction>();
  readonly epoch = new DatabaseEpoch(() => this.outsideTransaction(() => this.readEpoch()));
  /** Connections of each lane. */
  readonly sizes: Readonly<Record<Lane, number>>;
  private readonly pools: Record<Lane, Pool>;
  private readonly pooled: Record<Lane, Session>;
  private readonly lockLine: LockLine;
  private readonly interrupted: InterruptedCommits;
  /** What a shutdown waits for. */
  readonly work: InFlightWork;

  /**
   * @param poolSize connections of both lanes together
   * @param lifetime milliseconds that a connection is used for at most
   * @param prepared whether statements may be prepared under names
   * @param work what a shutdown waits for: looks at what has become of interrupted writes are part of it
   */
  constructor(
    connection: ConnectionSettings,
    poolSize: number,
    { lifetime, prepared, work = new InFlightWork() }: DatabaseOptions = {},
  ) {
    this.work = work;
    this.interrupted = new InterruptedCommits(() => this.isClosed, work);
    this.sizes = laneSizes(poolSize);
    const { general, messages } = this.sizes;
    this.lockLine = new LockLine(Math.ceil(general / 4));
    const pooler = new Pooler(connection, prepared, new Logger('Database'));
    this.pools = {
      general: openPool(connection, general, 'general', this.epoch, pooler, lifetime),
      messages: openPool(connection, messages, 'messages', this.epoch, pooler, lifetime),
    };
    this.pooled = { general: drizzle(this.pools.general), messages: drizzle(this.pools.messages) };
  }

  /** Runs queries in the transaction under way, else each on its own, and tells failures in our words. */
  query<T>(work: (session: Session) => Promise<T>, lane: Lane = 'general'): Promise<T> {
    const running = this.transactions.getStore();
    return running
      ? told(() => work(running.session), false)
      : this.repeatTransaction(() => told(() => work(this.pooled[lane]), true), lane);
  }

  /** A statement that is built and prepared once, for the hot paths; in a transaction it runs on its connection. */
  prepare<T>(
    build: (session: Session) => { execute(values: Record<string, unknown>): Promise<T> },
    lane: Lane = 'general',
  ): (values: Record<string, unknown>) => Promise<T> {
    const home = this.pooled[lane];
    const pooled = build(home);
    return (values) =>
      this.query((session) => (session === home ? pooled : build(session)).execute(values), lane);
  }

  /** A statement in SQL, prepared under its name; runs where `query` would. */
  async execute<Row extends QueryResultRow>(statement: QueryConfig, lane: Lane = 'general'): Promise<Row[]> {
    const running = this.transactions.getStore();
    const { rows } = await (running
      ? told(() => running.client.query<Row>(statement), false)
      : this.repeatTransaction(() => told(() => this.pools[lane].query<Row>(statement), true), lane));
    return rows;
  }

  /** No query will be answered any more. */
  get isClosed(): boolean {
    return this.pools.general.ending;
  }

  get inTransaction(): boolean {
    return this.transactions.getStore() !== undefined;
  }

  /** Starts work that serves many callers: it must not run in the transaction of the one who happens to start it. */
  outsideTransaction<T>(work: () => T): T {
    return this.transactions.exit(work);
  }

  /** One transaction; joins the one under way when there is one. Drizzle's own loses the client when BEGIN fails. */
  async runInTransaction<T>(work: () => Promise<T>): Promise<T> {
    return this.transaction(work);
  }

  afterCommit(telling: Telling): void {
    const running = this.transactions.getStore();
    if (running) running.tellings.push(telling);
    else telling.tell();
  }

  /** For what was done outside of a transaction, when its answer was lost: as after an interrupted COMMIT. */
  recoverCommit(telling: Telling): void {
    this.outsideTransaction(() => this.interrupted.add([telling]));
  }

  /** As `run`, for work that speaks to the connection itself. */
  async transaction<T>(work: (client: PoolClient) => Promise<T>, lane: Lane = 'general'): Promise<T> {
    const running = this.transactions.getStore();
    return running
      ? work(running.client)
      : this.repeatTransaction(() => this.beginTransaction(work, lane), lane);
  }

  /** A transaction of its own that only reads, and sees all tables as they are at its first statement. */
  snapshot<T>(work: () => Promise<T>): Promise<T> {
    const start = 'begin isolation level repeatable read read only';
    return this.repeatTransaction(() => this.beginTransaction(work, 'general', start), 'general');
  }

  /** In the lane of the messages: a server that is busy with other things is no server that is away. */
  async pingDatabase(): Promise<void> {
    const [row] = await this.execute<{ only_reads: boolean }>({ text: ASK_ONLY_READS }, 'messages');
    if (row?.only_reads) throw onlyReadsError();
  }

  /** Looks which history the database tells, in the lane of the messages: they are what it numbers. */
  async readEpoch(): Promise<void> {
    await this.query(() => this.epoch.readEpoch(this.pools.messages));
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(Object.values(this.pools).map((pool) => pool.end()));
  }

  /** What passes is repeated. Who sends messages waits for locks by himself: LockedWrites, BatchedLookup. */
  private repeatTransaction<T>(work: () => Promise<T>, lane: Lane): Promise<T> {
    const whole = () => repeatPassing(work);
    return lane === 'general' ? this.lockLine.waitForTurn(whole) : whole();
  }

  private async beginTransaction<T>(
    work: (client: PoolClient) => Promise<T>,
    lane: Lane,
    start?: string,
  ): Promise<T> {
    const client = await told(() => connectTo(this.pools[lane]), false);
    const transaction: Transaction = { client, session: drizzle(client), tellings: [] };
    let result: T;
    let committing = false;
    let broken = false;
    try {
      await client.beginTransaction(start);
      result = await this.transactions.run(transaction, () => work(client));
      committing = true;
      // After a failed statement whose error `work` has swallowed, COMMIT answers ROLLBACK and no error.
      const { command } = await client.query('commit');
      if (command !== 'COMMIT') throw new Error('A statement of the transaction had failed.');
    } catch (error) {
      const failure = toDatabaseError(error, committing);
      // A connection that did not answer in time is still busy: it would not answer a rollback either.
      const isUnfit = failure instanceof UnavailableError && reportedState(failure)?.connection !== 'keep';
      broken = isUnfit || (await rollback(client));
      if (failure instanceof UnavailableError && failure.outcome) {
        for (const telling of transaction.tellings) this.recoverCommit(telling);
      }
      throw failure;
    } finally {
      client.release(broken);
    }
    for (const { tell } of transaction.tellings) tell();
    return result;
  }
}

/** Tells failures in our words. */
async function told<T>(work: () => Promise<T>, decisive: boolean): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toDatabaseError(error, decisive);
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
