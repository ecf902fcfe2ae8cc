import { setTimeout as delay } from 'node:timers/promises';

import { EmbeddedPostgresError, reasonOf } from './embedded-postgres.error.ts';
import type { EmbeddedLog } from './embedded-log.ts';
import type { PostgresProcess } from './postgres-process.ts';

export interface Launcher {
  /** Removes the remains of an earlier run; rejects when that still runs. */
  prepare(): Promise<void>;
  spawn(): PostgresProcess;
}

/** Back-off between attempts: doubles from the first to the longest, and is reset once the server was ready. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;

/** Backends outlive a killed server for a moment, and PostgreSQL refuses to start beside them. */
const BACKENDS_REMAIN = 'pre-existing shared memory block';
const BACKENDS_TIMEOUT_MS = 10_000;

/** Keeps one PostgreSQL running until it is stopped. */
export class PostgresSupervisor {
  private readonly stopping = new AbortController();
  private current: PostgresProcess | undefined;
  private watching: Promise<void> | undefined;

  private readonly launcher: Launcher;
  private readonly log: EmbeddedLog;

  constructor(launcher: Launcher, log: EmbeddedLog) {
    this.launcher = launcher;
    this.log = log;
  }

  /**
   * Resolves when PostgreSQL is ready for the first time.
   * @throws EmbeddedPostgresError when it does not become ready
   */
  async start(): Promise<void> {
    const deadline = Date.now() + BACKENDS_TIMEOUT_MS;
    await this.retry((error) => reasonOf(error).includes(BACKENDS_REMAIN) && Date.now() < deadline);
    this.watching = this.watch();
  }

  /** Stops PostgreSQL in any state; no process is left when it resolves. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.current?.stop();
    await this.watching;
  }

  private async watch(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const reason = await this.current?.ended;
      if (this.stopping.signal.aborted) return;
      this.log.warn(`PostgreSQL ended unexpectedly (${reason}), starting it again`);
      await this.retry(() => true);
    }
  }

  /** Starts it until it is ready, a stop is requested, or a failure does not justify another attempt. */
  private async retry(worthwhile: (error: unknown) => boolean): Promise<void> {
    const { signal } = this.stopping;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      try {
        await this.launch();
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (!worthwhile(error)) throw error;
        this.log.warn(`${reasonOf(error)}; next attempt in ${pause} ms`);
      }
      await delay(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  private async launch(): Promise<void> {
    await this.launcher.prepare();
    if (this.stopping.signal.aborted)
      throw new EmbeddedPostgresError('server', 'PostgreSQL is being stopped');
    const launched = this.launcher.spawn();
    this.current = launched;
    try {
      await launched.ready;
    } catch (error) {
      // It may still run if it was only too slow.
      await launched.stop();
      throw error;
    }
  }
}
