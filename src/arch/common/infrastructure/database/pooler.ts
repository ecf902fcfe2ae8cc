import type { Logger } from '@nestjs/common';
import { guardListener } from '../../application/guard-listener.js';
import { askPooler, type PoolerHabits } from './ask-pooler.js';
import type { ConnectionSettings } from './connection.js';
import type { Bounds } from './session-settings.js';

/** The parts of a connection that depend on a pooler. */
interface Connected {
  once(event: 'end', listener: () => void): unknown;
  /** Treats the session as shared from now on: it may change with every transaction. */
  shareConnection(bounds: Bounds): void;
  /** Stops preparing statements under names from now on. */
  forgetNames(): void;
}

/** The pooler between us and PostgreSQL, if there is one: tested once, and noticed when it shows later (ADR 38). */
export class Pooler {
  private readonly clients = new Map<Connected, Bounds>();
  private asked: Promise<PoolerHabits> | undefined;
  private named: boolean;

  /**
   * @param prepared whether statements may be prepared under names
   * @param log none for temporary connections
   */
  constructor(
    private readonly connection: ConnectionSettings,
    prepared = true,
    private readonly log?: Pick<Logger, 'log' | 'warn'>,
  ) {
    this.named = prepared;
  }

  /** @throws Error of a failed connection, or of a missing answer */
  findHabits(): Promise<PoolerHabits> {
    this.asked ??= this.learnHabits();
    return this.asked;
  }

  /** Registers a connection before its use. */
  admitConnection(client: Connected, bounds: Bounds, isSessionOurs: boolean): void {
    this.clients.set(client, bounds);
    client.once(
      'end',
      guardListener(() => this.clients.delete(client)),
    );
    if (!isSessionOurs) client.shareConnection(bounds);
    if (!this.named) client.forgetNames();
  }

  /** Handles a pooler that was not noticed, or has changed its behaviour. */
  mixesUpNames(): void {
    if (!this.named) return;
    this.named = false;
    this.log?.warn(
      'A pooler in front of PostgreSQL mixes up prepared statements: they are not used any more. ' +
        'DATABASE_PREPARED=false does without from the start; PgBouncer keeps them with max_prepared_statements.',
    );
    for (const [client, bounds] of this.clients) {
      client.shareConnection(bounds);
      client.forgetNames();
    }
  }

  private async learnHabits(): Promise<PoolerHabits> {
    try {
      const habits = await askPooler(this.connection);
      this.named &&= habits.keepsNames;
      if (!habits.keepsSessions) this.logHabits(habits);
      return habits;
    } catch (error) {
      this.asked = undefined;
      throw error;
    }
  }

  private logHabits({ unbounded, role }: PoolerHabits): void {
    this.log?.log(
      'PostgreSQL is behind a pooler in transaction mode: each transaction sets what it needs, statements are ' +
        `${this.named ? '' : 'not '}prepared.`,
    );
    if (unbounded.length === 0) return;
    const wanted = unbounded.map(({ name, value }) => `ALTER ROLE ${role} SET ${name} = '${value}';`);
    this.log?.warn(`Statements of their own wait without end behind this pooler. Set ${wanted.join(' ')}`);
  }
}
