import { Logger } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { guardListener } from '../../../application/guard-listener.js';
import type { DatabaseEpochPort } from '../../../application/ports/database-epoch.port.js';
import { UnavailableError } from '../../../domain/errors/unavailable.error.js';
import { type EpochRow, readEpoch } from './epoch.statement.js';

/** Minimum milliseconds between two requested checks: a client may send another epoch all the time. */
const SUSPECT_EVERY = 200;

/** A connection, or a pool. */
export interface Asked {
  query(statement: ReturnType<typeof readEpoch>): Promise<{ readonly rows: readonly EpochRow[] }>;
}

interface Known {
  readonly epoch: string;
  /** Bytes of the log that were on disk at the latest check; they never decrease. */
  readonly position: bigint | null;
}

/** The epoch as this node knows it: read on every new connection before its use, and periodically. */
export class DatabaseEpoch implements DatabaseEpochPort {
  private readonly logger = new Logger('Database');
  private readonly listeners: (() => void)[] = [];
  private readonly connections = new Set<PoolClient>();
  private known: Known | undefined;
  /** The epoch that is being ended, by whichever check succeeds first. */
  private ending: string | undefined;
  private checking = false;
  private checkAgain = false;

  /** @param check reads the epoch on any available connection */
  constructor(private readonly check: () => Promise<void>) {}

  get current(): string {
    if (!this.known) throw unread();
    return this.known.epoch;
  }

  onRenewal(forget: () => void): void {
    this.listeners.push(guardListener(forget));
  }

  endEpoch(): void {
    const ended = this.known?.epoch;
    if (ended === undefined || ended === this.ending) return;
    this.ending = ended;
    this.logger.warn('The database has given a number for the second time.');
    // After a failure the next check ends it.
    this.check().catch(() => undefined);
  }

  suspectOtherEpoch(): void {
    this.checkAgain = this.checking;
    if (this.checking) return;
    this.checking = true;
    const next = guardListener(() => {
      this.checking = false;
      if (this.checkAgain) this.suspectOtherEpoch();
    });
    const pause = (): void => void setTimeout(next, SUSPECT_EVERY).unref();
    this.check().then(pause, pause);
  }

  /**
   * Checks a new connection before its use.
   * @throws UnavailableError when it leads to another history than the latest
   */
  async admitConnection(connection: PoolClient & Asked): Promise<void> {
    await this.readEpoch(connection, () => {
      this.connections.add(connection);
      connection.once(
        'end',
        guardListener(() => this.connections.delete(connection)),
      );
    });
  }

  /**
   * @param onUpdated called in the same turn as the update, so that a later check sees its effects
   * @throws UnavailableError when another check has overtaken it
   */
  async readEpoch(asked: Asked, onUpdated = (): void => undefined): Promise<void> {
    const before = this.known;
    let found = await ask(asked, this.ending);
    if (before && found.epoch === before.epoch && isBehind(found, before)) {
      this.logger.warn('The log of the database is shorter than it was: its files were put back.');
      found = await ask(asked, before.epoch);
    }
    this.updateEpoch(found, before);
    onUpdated();
  }

  private updateEpoch(found: Known, before: Known | undefined): void {
    const { known } = this;
    const isNews = found.epoch !== known?.epoch;
    // The result of a later check counts.
    if (isNews && known?.epoch !== before?.epoch) throw unread();
    if (isNews || !isBehind(found, known)) this.known = found;
    if (known && isNews) this.closeOldConnections();
  }

  /** Answers on the old connections belong to another history and must not be mixed with the new one. */
  private closeOldConnections(): void {
    this.ending = undefined;
    this.logger.warn('A new epoch of the database begins: it was restored, or a standby was promoted.');
    for (const connection of this.connections) cut(connection);
    this.connections.clear();
    for (const forget of this.listeners) forget();
  }
}

/** @param ended an epoch to end, if it is still the current one */
async function ask(asked: Asked, ended?: string): Promise<Known> {
  const { rows } = await asked.query(readEpoch(ended));
  const [row] = rows;
  if (!row) throw unread();
  return { epoch: row.epoch, position: row.position === null ? null : BigInt(row.position) };
}

function isBehind({ position }: Known, known: Known): boolean {
  return position !== null && known.position !== null && position < known.position;
}

/** Closes a connection; its statement in flight fails as after a lost connection. */
function cut(client: PoolClient): void {
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } };
  connection.stream.destroy();
}

function unread(): UnavailableError {
  return new UnavailableError([
    { path: 'database', message: 'It is not known yet what the database holds.' },
  ]);
}
