import { Client } from 'pg';
import { guardListener } from '../../application/guard-listener.js';
import { onlyReadsError, toConnectError, toDatabaseError } from './database-error.js';
import { SET_SESSION } from './session-settings.js';

/** Whether the server is a standby, or closed to writing by a setting. */
export const ASK_ONLY_READS = `select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as only_reads`;
/** What PostgreSQL says of itself on every connection, and again when it changes (since version 14). */
const SAID_OF_WRITING = new Set(['in_hot_standby', 'default_transaction_read_only']);

type Connected = ((error: Error) => void) | ((error: null, client: Client) => void);

/**
 * A connection to the database: it tells in our words why it could not be made, and knows whether its server takes writes.
 * Drizzle takes what has "Pool" in its name for a pool, and would connect it again.
 */
export class DatabaseClient extends Client {
  private readonly said = new Map<string, boolean>();

  override connect(): Promise<Client>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): unknown {
    this.connection.on(
      'parameterStatus',
      guardListener(({ parameterName: name, parameterValue: value }: Record<string, string>) => {
        if (name && SAID_OF_WRITING.has(name)) this.said.set(name, value === 'on');
      }),
    );
    const done = callback as ((error: Error | null, client: Client) => void) | undefined;
    if (done) return super.connect((error: Error | null) => done(error && toConnectError(error), this));
    return super.connect().catch((error: Error) => Promise.reject(toConnectError(error)));
  }

  /** As the server has said it last; undefined of one that says nothing, an old one or a pooler. */
  get onlyReads(): boolean | undefined {
    if (!this.said.has('in_hot_standby')) return undefined;
    return [...this.said.values()].some(Boolean);
  }

  /** Whatever the server, the database or the role has set. */
  async settle(): Promise<void> {
    await this.query(SET_SESSION);
  }

  /** @throws UnavailableError */
  async requireWritable(): Promise<void> {
    if (this.onlyReads ?? (await this.ask())) throw onlyReadsError();
  }

  private async ask(): Promise<boolean> {
    try {
      const { rows } = await this.query<{ only_reads: boolean }>(ASK_ONLY_READS);
      return rows[0]?.only_reads ?? false;
    } catch (error) {
      throw toDatabaseError(error, false);
    }
  }
}
