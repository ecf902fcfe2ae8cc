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

/** A server without limits that tells what it holds, and keeps what it logs. */
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

  /** None when the process has ended. */
  state(): Promise<ServerState | undefined> {
    return this.server.requestReport<ServerState>();
  }

  /** Lines of the log that tell of an error. */
  errors(): string[] {
    return readFileSync(this.server.logFile, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{') && (JSON.parse(line) as LogLine).level >= ERROR);
  }

  /** @returns how the process ended, whether it was told to or not */
  async stop(): Promise<string> {
    const before = this.server.exit;
    await this.server.stop();
    return before ?? `told to stop: ${this.server.exit}`;
  }

  remove(): Promise<void> {
    return this.server.remove();
  }
}
