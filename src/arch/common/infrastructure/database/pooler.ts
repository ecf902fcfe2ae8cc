import type { Logger } from '@nestjs/common';
import { guardListener } from '../../application/guard-listener.js';
import { askPooler, type PoolerHabits } from './ask-pooler.js';
import type { ConnectionSettings } from './connection.js';
import type { Bounds } from './session-settings.js';

/** A connection, as far as a pooler concerns it. */
interface Connected {
  once(event: 'end', listener: () => void): unknown;
  /** From now on the session is taken for somebody else's as soon as a transaction ends. */
  shareConnection(bounds: Bounds): void;
  /** From now on every statement is parsed anew, and no session needs to know it. */
  forgetNames(): void;
}

/** What is between us and PostgreSQL, if anything is: asked once, and by itself when it shows later (ADR 38). */
export class Pooler {
  private readonly clients = new Map<Connected, Bounds>();
  private asked: Promise<PoolerHabits> | undefined;
  private named: boolean;

  /**
   * @param prepared whether statements may be prepared under names
   * @param log none for connections that do not stay
   */
  constructor(
    private readonly connection: ConnectionSettings,
    prepared = true,
    private readonly log?: Pick<Logger, 'log' | 'warn'>,
  ) {
    this.named = prepared;
  }

  /** @throws Error of a connection that could not be made, or an answer that did not come */
  findHabits(): Promise<PoolerHabits> {
    this.asked ??= this.learnHabits();
    return this.asked;
  }

  /** A connection that is about to be used. */
  admitConnection(client: Connected, bounds: Bounds, isSessionOurs: boolean): void {
    this.clients.set(client, bounds);
    client.once(
      'end',
      guardListener(() => this.clients.delete(client)),
    );
    if (!isSessionOurs) client.shareConnection(bounds);
    if (!this.named) client.forgetNames();
  }

  /** A pooler that was not noticed, or has become another one. */
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
