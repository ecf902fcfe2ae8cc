import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { freePort } from './own-server.ts';

/** The redis-server of the PATH, on a free port, without persistence. */
export class OwnRedis {
  readonly url: string;
  private readonly child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.child = child;
  }

  static async start(): Promise<OwnRedis> {
    const port = String(await freePort());
    const options = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--dir', tmpdir()];
    const child = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    child.once('error', () => reject(new Error('--nodes needs a redis-server in the PATH, or --redis')));
    child.once('exit', () => reject(new Error('redis-server does not start')));
    let output = '';
    child.stdout.on('data', (part: Buffer) => {
      output += part.toString();
      if (output.includes('Ready to accept connections')) resolve();
    });
    await promise;
    return new OwnRedis(`redis://127.0.0.1:${port}`, child);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill();
    await ended;
  }
}
