import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Node's compile cache, so that later starts are faster. */
export const COMPILE_CACHE = fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url));
const PROGRAM = fileURLToPath(new URL('../dist/main.js', import.meta.url));
/** Milliseconds after which a server that does not answer the readiness probe counts as not ready. */
const READY_LIMIT = 5_000;
/** Environment variables of a server without limits. */
export const UNLIMITED = Object.fromEntries(
  [
    ...['GLOBAL', 'AUTH', 'REFRESH', 'UPLOAD', 'MEMBERS', 'INVITE', 'REACTIONS', 'FILES', 'WS'].map(
      (name) => `THROTTLE_${name}_LIMIT`,
    ),
    'QUOTA_MESSAGES_DAY',
    'QUOTA_BYTES_DAY',
    'LIMIT_CONVERSATIONS_HOUR',
    'LIMIT_ADDED_MEMBERS_HOUR',
  ].map((name) => [name, '1000000000']),
);

/** The built server on its embedded PostgreSQL, in a temporary folder, on a free port. */
export class OwnServer {
  readonly url: string;
  readonly folder: string;
  private readonly port: number;
  private child: ChildProcess | undefined;
  private stopped = false;
  readonly logFile: string;

  private readonly variables: Readonly<Record<string, string>>;
  private readonly nodeOptions: readonly string[];

  private constructor(
    port: number,
    variables: Readonly<Record<string, string>>,
    nodeOptions: readonly string[],
    logFile?: string,
  ) {
    this.nodeOptions = nodeOptions;
    this.port = port;
    this.variables = variables;
    this.url = `http://127.0.0.1:${port}`;
    this.folder = mkdtempSync(join(tmpdir(), 'causerie-verify-'));
    this.logFile = logFile ?? join(this.folder, 'server.log');
  }

  /**
   * Starts a server, and resolves when it is ready.
   * @param variables environment variables, besides the port, the data folder and the log level; by default no limits
   * @param nodeOptions Node's own arguments
   * @param logFile the log's path; by default in the server's folder
   * @throws Error with the end of the log when the process ends before it is ready
   */
  static async start(
    variables: Readonly<Record<string, string>> = UNLIMITED,
    nodeOptions: readonly string[] = [],
    logFile?: string,
  ): Promise<OwnServer> {
    const server = new OwnServer(await freePort(), variables, nodeOptions, logFile);
    try {
      await server.run();
    } catch (error) {
      await server.stop();
      // The folder can be removed, because the error contains the end of the log.
      await server.remove();
      throw error;
    }
    return server;
  }

  /**
   * Starts the process on the existing data, and waits until it is ready or ends. There is no time limit, because a start
   * may take long on a busy machine.
   */
  async run(): Promise<void> {
    if (this.stopped) throw new Error('the server is stopped');
    const { PATH = '', HOME = '' } = process.env;
    const log = openSync(this.logFile, 'a');
    const settings = {
      PORT: String(this.port),
      DATA_DIR: join(this.folder, 'data'),
      LOG_LEVEL: 'warn',
      ...this.variables,
    };
    const child = spawn(process.execPath, [...this.nodeOptions, PROGRAM], {
      cwd: this.folder,
      env: { PATH, HOME, TMPDIR: tmpdir(), NODE_COMPILE_CACHE: COMPILE_CACHE, ...settings },
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    child.channel?.unref();
    this.child = child;
    while (!(await this.isReady())) {
      if (this.exit !== undefined)
        throw new Error(
          `the server ended before it was ready: ${this.exit}\n${readFileSync(this.logFile, 'utf8').slice(-2000)}`,
        );
      await delay(50);
    }
  }

  /** The exit status or the signal with which the process has ended; undefined while it runs. */
  get exit(): string | undefined {
    const how = this.child?.exitCode ?? this.child?.signalCode ?? undefined;
    return how === undefined ? undefined : String(how);
  }

  /** Sends a message to the module that was loaded before the program. @returns its answer; undefined when the process ends */
  async requestReport<T>(): Promise<T | undefined> {
    const { child } = this;
    if (!child?.connected) return undefined;
    const { promise, resolve } = Promise.withResolvers<T | undefined>();
    const silent = (): void => resolve(undefined);
    child.once('message', resolve);
    child.once('exit', silent);
    child.send('?', (error) => error && silent());
    const answer = await promise;
    child.off('message', resolve);
    child.off('exit', silent);
    return answer;
  }

  /** Kills the process, without a graceful shutdown. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Kills PostgreSQL only; the server starts it again. */
  killDatabase(): void {
    const file = join(this.folder, 'data/postgres/postmaster.pid');
    process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGKILL');
  }

  async isReady(): Promise<boolean> {
    try {
      const response = await fetch(`${this.url}/health/ready`, {
        signal: AbortSignal.timeout(READY_LIMIT),
      });
      // An unread body would keep the connection open until it is garbage-collected.
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }

  /** Stops the server gracefully. It cannot be started again. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.end('SIGTERM');
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
