import { Logger } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { guardListener } from '../../../application/guard-listener.js';
import type { DatabaseEpochPort } from '../../../application/ports/database-epoch.port.js';
import { UnavailableError } from '../../../domain/errors/unavailable.error.js';
import { type EpochRow, readEpoch } from './epoch.statement.js';

/** Milliseconds between two looks that are asked for: whoever speaks of another epoch may do so all the time. */
const SUSPECT_EVERY = 200;

/** A connection, or a pool of them. */
export interface Asked {
  query(statement: ReturnType<typeof readEpoch>): Promise<{ readonly rows: readonly EpochRow[] }>;
}

interface Known {
  readonly epoch: string;
  /** Bytes of log that were on disk at the latest look; they never get fewer. */
  readonly position: bigint | null;
}

/** The epoch as this node knows it: read on every new connection before that is used, and again now and then. */
export class DatabaseEpoch implements DatabaseEpochPort {
  private readonly logger = new Logger('Database');
  private readonly listeners: (() => void)[] = [];
  private readonly connections = new Set<PoolClient>();
  private known: Known | undefined;
  /** The one that is being ended: by whichever look comes through first. */
  private ending: string | undefined;
  private looking = false;
  private lookAgain = false;

  /** @param look reads it, on whatever connection there is */
  constructor(private readonly look: () => Promise<void>) {}

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
    // In vain, it is left to the next look.
    this.look().catch(() => undefined);
  }

  suspectOtherEpoch(): void {
    this.lookAgain = this.looking;
    if (this.looking) return;
    this.looking = true;
    const next = guardListener(() => {
      this.looking = false;
      if (this.lookAgain) this.suspectOtherEpoch();
    });
    const pause = (): void => void setTimeout(next, SUSPECT_EVERY).unref();
    this.look().then(pause, pause);
  }

  /** Lets a new connection into use. @throws UnavailableError when it leads to another history than the latest */
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
   * @param learned called in the same turn, so that whoever looks next finds what it does
   * @throws UnavailableError when it was overtaken by another look
   */
  async readEpoch(asked: Asked, learned = (): void => undefined): Promise<void> {
    const before = this.known;
    let found = await ask(asked, this.ending);
    if (before && found.epoch === before.epoch && isBehind(found, before)) {
      this.logger.warn('The log of the database is shorter than it was: its files were put back.');
      found = await ask(asked, before.epoch);
    }
    this.updateEpoch(found, before);
    learned();
  }

  private updateEpoch(found: Known, before: Known | undefined): void {
    const { known } = this;
    const isNews = found.epoch !== known?.epoch;
    // Whoever has looked later knows better.
    if (isNews && known?.epoch !== before?.epoch) throw unread();
    if (isNews || !isBehind(found, known)) this.known = found;
    if (known && isNews) this.closeOldConnections();
  }

  /** What the old connections still answer is of another history: nobody must take it for this one's. */
  private closeOldConnections(): void {
    this.ending = undefined;
    this.logger.warn('A new epoch of the database begins: it was restored, or a standby was promoted.');
    for (const connection of this.connections) cut(connection);
    this.connections.clear();
    for (const forget of this.listeners) forget();
  }
}

/** @param ended an epoch that is over, whatever the database says */
async function ask(asked: Asked, ended?: string): Promise<Known> {
  const { rows } = await asked.query(readEpoch(ended));
  const [row] = rows;
  if (!row) throw unread();
  return { epoch: row.epoch, position: row.position === null ? null : BigInt(row.position) };
}

function isBehind({ position }: Known, known: Known): boolean {
  return position !== null && known.position !== null && position < known.position;
}

/** A statement that is under way fails as if its connection had been lost. */
function cut(client: PoolClient): void {
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } };
  connection.stream.destroy();
}

function unread(): UnavailableError {
  return new UnavailableError([
    { path: 'database', message: 'It is not known yet what the database holds.' },
  ]);
}
