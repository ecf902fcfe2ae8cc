import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Pool, PoolClient, QueryConfig, QueryResultRow } from 'pg';
import { InFlightWork } from '../../application/in-flight-work.js';
import type { Publication, TransactionRunnerPort } from '../../application/ports/transaction-runner.port.js';
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
  readonly publications: Publication[];
}

interface DatabaseOptions {
  readonly lifetime?: number;
  readonly prepared?: boolean;
  readonly work?: InFlightWork;
}

/** Access to PostgreSQL: pools that survive the server's restarts, one for each lane, and transactions on them. */
export class Database implements TransactionRunnerPort, DatabaseHealthPort, OnApplicationShutdown {
  private readonly transactions = new AsyncLocalStorage<Transaction>();
  readonly epoch = new DatabaseEpoch(() => this.outsideTransaction(() => this.readEpoch()));
  /** Connections of each lane. */
  readonly sizes: Readonly<Record<Lane, number>>;
  private readonly pools: Record<Lane, Pool>;
  private readonly pooled: Record<Lane, Session>;
  private readonly lockLine: LockLine;
  private readonly interrupted: InterruptedCommits;
  /** Work that a shutdown waits for. */
  readonly work: InFlightWork;

  /**
   * @param poolSize connections of both lanes together
   * @param lifetime maximum milliseconds for which a connection is used
   * @param prepared whether statements may be prepared under names
   * @param work what a shutdown waits for; it includes the recovery of interrupted commits
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

  /** Runs queries in the current transaction, otherwise each on its own, and converts failures to our errors. */
  query<T>(work: (session: Session) => Promise<T>, lane: Lane = 'general'): Promise<T> {
    const running = this.transactions.getStore();
    return running
      ? convertErrors(() => work(running.session), false)
      : this.repeatTransaction(() => convertErrors(() => work(this.pooled[lane]), true), lane);
  }

  /**
   * Builds and prepares a statement once, for the hot paths; in a transaction it runs on the transaction's connection.
   */
  prepare<T>(
    build: (session: Session) => { execute(values: Record<string, unknown>): Promise<T> },
    lane: Lane = 'general',
  ): (values: Record<string, unknown>) => Promise<T> {
    const home = this.pooled[lane];
    const pooled = build(home);
    return (values) =>
      this.query((session) => (session === home ? pooled : build(session)).execute(values), lane);
  }

  /** Runs an SQL statement, prepared under its name, where `query` would run it. */
  async execute<Row extends QueryResultRow>(statement: QueryConfig, lane: Lane = 'general'): Promise<Row[]> {
    const running = this.transactions.getStore();
    const { rows } = await (running
      ? convertErrors(() => running.client.query<Row>(statement), false)
      : this.repeatTransaction(
          () => convertErrors(() => this.pools[lane].query<Row>(statement), true),
          lane,
        ));
    return rows;
  }

  /** Whether the pools are closed. */
  get isClosed(): boolean {
    return this.pools.general.ending;
  }

  get inTransaction(): boolean {
    return this.transactions.getStore() !== undefined;
  }

  /** Runs work that serves many callers, outside of the transaction of the caller that happens to start it. */
  outsideTransaction<T>(work: () => T): T {
    return this.transactions.exit(work);
  }

  /** Runs one transaction, or joins the current one. Drizzle's own leaks the client when BEGIN fails. */
  async runInTransaction<T>(work: () => Promise<T>): Promise<T> {
    return this.transaction(work);
  }

  afterCommit(publication: Publication): void {
    const running = this.transactions.getStore();
    if (running) running.publications.push(publication);
    else publication.publish();
  }

  /** Recovers a statement outside of a transaction whose answer was lost, as after an interrupted COMMIT. */
  recoverCommit(publication: Publication): void {
    this.outsideTransaction(() => this.interrupted.add([publication]));
  }

  /** Like `runInTransaction`, for work that needs the connection itself. */
  async transaction<T>(work: (client: PoolClient) => Promise<T>, lane: Lane = 'general'): Promise<T> {
    const running = this.transactions.getStore();
    return running
      ? work(running.client)
      : this.repeatTransaction(() => this.beginTransaction(work, lane), lane);
  }

  /** Runs a read-only transaction of its own, which sees all tables as of its first statement. */
  snapshot<T>(work: () => Promise<T>): Promise<T> {
    const start = 'begin isolation level repeatable read read only';
    return this.repeatTransaction(() => this.beginTransaction(work, 'general', start), 'general');
  }

  /** Uses the lane of the messages, so that a server that is busy with other work does not count as unavailable. */
  async pingDatabase(): Promise<void> {
    const [row] = await this.execute<{ only_reads: boolean }>({ text: ASK_ONLY_READS }, 'messages');
    if (row?.only_reads) throw onlyReadsError();
  }

  /** Reads the epoch, in the lane of the messages, whose numbers belong to it. */
  async readEpoch(): Promise<void> {
    await this.query(() => this.epoch.readEpoch(this.pools.messages));
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(Object.values(this.pools).map((pool) => pool.end()));
  }

  /**
   * Repeats the transaction after temporary errors. Locks in the lane of messages are waited for elsewhere:
   * LockedWrites, BatchedLookup.
   */
  private repeatTransaction<T>(work: () => Promise<T>, lane: Lane): Promise<T> {
    const whole = () => repeatPassing(work);
    return lane === 'general' ? this.lockLine.waitForTurn(whole) : whole();
  }

  private async beginTransaction<T>(
    work: (client: PoolClient) => Promise<T>,
    lane: Lane,
    start?: string,
  ): Promise<T> {
    const client = await convertErrors(() => connectTo(this.pools[lane]), false);
    const transaction: Transaction = { client, session: drizzle(client), publications: [] };
    let result: T;
    let committing = false;
    let broken = false;
    try {
      await client.beginTransaction(start);
      result = await this.transactions.run(transaction, () => work(client));
      committing = true;
      // When `work` has swallowed the error of a failed statement, COMMIT answers ROLLBACK without an error.
      const { command } = await client.query('commit');
      if (command !== 'COMMIT') throw new Error('A statement of the transaction had failed.');
    } catch (error) {
      const failure = toDatabaseError(error, committing);
      // A connection that did not answer in time is still busy: it would not answer a rollback either.
      const isUnfit = failure instanceof UnavailableError && reportedState(failure)?.connection !== 'keep';
      broken = isUnfit || (await rollback(client));
      if (failure instanceof UnavailableError && failure.outcome) {
        for (const publication of transaction.publications) this.recoverCommit(publication);
      }
      throw failure;
    } finally {
      client.release(broken);
    }
    for (const { publish } of transaction.publications) publish();
    return result;
  }
}

/** Converts failures to our errors. */
async function convertErrors<T>(work: () => Promise<T>, decisive: boolean): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toDatabaseError(error, decisive);
  }
}

/** Returns whether the rollback failed, so that the connection must not return to the pool. */
async function rollback(client: PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return false;
  } catch {
    return true;
  }
}
