import { readFileSync } from 'node:fs';
import { OwnServer } from '../own-server.ts';
import type { ServerState } from './report-state.ts';

const REPORTER = new URL('report-state.ts', import.meta.url).href;
/** The level of an error in the log. */
const ERROR = 50;

interface LogLine {
  readonly level: number;
  readonly msg: string;
}

/** A server without limits that reports its memory and connections, and whose log can be read. */
export class FuzzedServer {
  private readonly server: OwnServer;

  private constructor(server: OwnServer) {
    this.server = server;
  }

  static async start(): Promise<FuzzedServer> {
    return new FuzzedServer(await OwnServer.start(undefined, ['--expose-gc', `--import=${REPORTER}`]));
  }

  get url(): string {
    return this.server.url;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  get isRunning(): boolean {
    return this.server.exit === undefined;
  }

  /** @returns undefined when the process has ended */
  readState(): Promise<ServerState | undefined> {
    return this.server.requestReport<ServerState>();
  }

  /** @returns the error lines of the log */
  readErrors(): string[] {
    return readFileSync(this.server.logFile, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{') && (JSON.parse(line) as LogLine).level >= ERROR);
  }

  /** Stops the server. @returns how the process ended, and whether it had to be stopped */
  async stop(): Promise<string> {
    const before = this.server.exit;
    await this.server.stop();
    return before ?? `stopped: ${this.server.exit}`;
  }

  remove(): Promise<void> {
    return this.server.remove();
  }
}
