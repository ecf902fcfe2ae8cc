import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { environmentOf, type Installation } from './debian-program.js';
import { freePort } from './free-port.js';
import type { RedisServer } from './redis-server.js';

/** A Redis process on a free port, without persistence. */
export class OwnRedis implements RedisServer {
  readonly url: string;
  private server: ChildProcess | undefined;
  /** Kills the process when a test worker ends early. */
  private readonly onExit = (): void => void this.server?.kill('SIGKILL');

  private constructor(
    private readonly installation: Installation,
    private readonly port: number,
  ) {
    this.url = `redis://127.0.0.1:${port}`;
    process.once('exit', this.onExit);
  }

  static async start(installation: Installation): Promise<OwnRedis> {
    const redis = new OwnRedis(installation, await freePort());
    await redis.restart();
    return redis;
  }

  async restart(): Promise<void> {
    const options = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--dir', tmpdir()];
    const server = spawn(this.installation.command, options, { env: environmentOf(this.installation) });
    this.server = server;
    let output = '';
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.stdout.on('data', (part: Buffer) => {
      output += part.toString();
      if (output.includes('Ready to accept connections')) resolve();
    });
    server.stderr.on('data', (part: Buffer) => (output += part.toString()));
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`redis-server ended: ${output}`)));
    await promise;
  }

  async kill(): Promise<void> {
    if (!this.server || this.server.exitCode !== null || this.server.signalCode !== null) return;
    const ended = once(this.server, 'exit');
    this.server.kill('SIGKILL');
    await ended;
  }

  freeze(): void {
    this.server?.kill('SIGSTOP');
  }

  thaw(): void {
    this.server?.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    process.off('exit', this.onExit);
    await this.kill();
  }
}
