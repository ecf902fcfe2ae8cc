import { Client, type ClientConfig } from 'pg';
import { guardListener } from '../../application/guard-listener.js';
import type { UnavailableError } from '../../domain/errors/unavailable.error.js';
import { onlyReadsError, toConnectError, toDatabaseError } from './database-error.js';
import type { Pooler } from './pooler.js';
import { type Bounds, setSession, setTransaction } from './session-settings.js';
import type { HostList } from './host-list.js';

/** Whether the server is a standby, or made read-only by a setting. */
export const ASK_ONLY_READS = `select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as only_reads`;
/** Parameters that PostgreSQL reports on every connection, and again when they change (since version 14). */
const WRITE_PARAMETERS = new Set(['in_hot_standby', 'default_transaction_read_only']);

type Connected = ((error: Error) => void) | ((error: null, client: Client) => void);

/** Errors of a pooler that mixes up prepared statements: a missing one, or one of another client. */
const NAMES_MIXED_UP = new Set(['26000', '42P05']);
const BEGIN = 'begin';

/**
 * A connection to the database. It converts connection errors to ours, and knows whether its server accepts writes and
 * whether the next transaction may run in another session. Its name has no "Pool", because Drizzle takes such classes
 * for a pool and would connect it again.
 */
export class DatabaseClient extends Client {
  private readonly reported = new Map<string, boolean>();
  private processId = 0;
  /** Statements at the beginning of a transaction when the session is shared. */
  private settings: string | undefined;
  private readonly leaveHost: () => void;

  /** @param settings may have several hosts: it connects to the current one */
  constructor(settings: ClientConfig & { readonly hosts?: HostList } = {}) {
    const { hosts } = settings;
    const address = hosts?.current;
    super(address === undefined ? settings : { ...settings, connectionString: address });
    this.leaveHost = () => void (address !== undefined && hosts?.leaveHost(address));
  }

  override connect(): Promise<Client>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): unknown {
    this.connection.on(
      'parameterStatus',
      guardListener(({ parameterName: name, parameterValue: value }: Record<string, string>) => {
        if (name && WRITE_PARAMETERS.has(name)) this.reported.set(name, value === 'on');
      }),
    );
    this.connection.on(
      'backendKeyData',
      guardListener(({ processID }: { processID: number }) => (this.processId = processID)),
    );
    const done = callback as ((error: Error | null, client: Client) => void) | undefined;
    if (done) return super.connect((error: Error | null) => done(error && this.toUnavailable(error), this));
    return super.connect().catch((error: Error) => Promise.reject(this.toUnavailable(error)));
  }

  /** As the server has last reported it; undefined if it reports nothing, as old servers and poolers do. */
  get onlyReads(): boolean | undefined {
    if (!this.reported.has('in_hot_standby')) return undefined;
    return [...this.reported.values()].some(Boolean);
  }

  /**
   * Sets the session settings that we depend on, whatever those of the server, the database or the role, before the
   * connection is used.
   */
  async applySettings(bounds: Bounds, pooler: Pooler): Promise<void> {
    this.connection.on(
      'errorMessage',
      guardListener(({ code }: { code?: string }) => {
        if (code !== undefined && NAMES_MIXED_UP.has(code)) pooler.mixesUpNames();
      }),
    );
    const { rows } = await this.query<{ is_own: boolean }>(setSession(bounds, this.processId));
    if (rows[0]?.is_own) return pooler.admitConnection(this, bounds, true);
    const { keepsSessions } = await pooler.findHabits();
    if (keepsSessions) await this.query(setSession(bounds, null));
    pooler.admitConnection(this, bounds, keepsSessions);
  }

  shareConnection(bounds: Bounds): void {
    this.settings = setTransaction(bounds);
  }

  /** Takes one round trip, whether or not the session is shared. */
  async beginTransaction(start = BEGIN): Promise<void> {
    if (this.settings === undefined) await this.query(start);
    else
      await this.query(
        `${start === BEGIN ? `${BEGIN} isolation level read committed` : start}; ${this.settings}`,
      );
  }

  forgetNames(): void {
    const ask = this.query.bind(this) as (...asked: unknown[]) => unknown;
    this.query = ((first: unknown, ...rest: unknown[]) =>
      ask(withoutName(first), ...rest)) as typeof this.query;
  }

  /** @throws UnavailableError */
  async requireWritable(): Promise<void> {
    if (!(this.onlyReads ?? (await this.askOnlyReads()))) return;
    this.leaveHost();
    throw onlyReadsError();
  }

  private toUnavailable(error: Error): UnavailableError {
    this.leaveHost();
    return toConnectError(error);
  }

  private async askOnlyReads(): Promise<boolean> {
    try {
      const { rows } = await this.query<{ only_reads: boolean }>(ASK_ONLY_READS);
      return rows[0]?.only_reads ?? false;
    } catch (error) {
      throw toDatabaseError(error, false);
    }
  }
}

function withoutName(asked: unknown): unknown {
  return typeof asked === 'object' && asked !== null && 'name' in asked && !('submit' in asked)
    ? { ...asked, name: undefined }
    : asked;
}
