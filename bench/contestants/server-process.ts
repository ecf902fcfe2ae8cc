import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MemoryReport } from './report-memory.js';

/** The kernel's clock tick (`USER_HZ`), 100 per second on all architectures that Node runs on. */
const MICROSECONDS_A_TICK = 10_000;
/** Milliseconds that a server may take to become healthy, and to end. */
const TIMEOUT = 40_000;

const END_WITH_PARENT = new URL('./end-with-parent.ts', import.meta.url).href;

/** A server in a process of its own, on a free port of the loopback address. */
export class ServerProcess {
  private constructor(
    readonly url: string,
    readonly pid: number,
    private readonly child: ChildProcess,
  ) {}

  /**
   * Resolves when the server is healthy.
   * @param args Node's own arguments and the program
   * @param variables the whole environment except `PATH`, `HOST` and `PORT`
   * @throws Error when the server does not become healthy in time
   */
  static async start(
    args: readonly string[],
    variables: Record<string, string>,
    folder: string,
  ): Promise<ServerProcess> {
    const port = await freePort();
    const child = spawn(process.execPath, ['--import', END_WITH_PARENT, ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: String(port), ...variables },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    if (child.pid === undefined) throw new Error('A server could not be started.');
    const server = new ServerProcess(`http://127.0.0.1:${port}`, child.pid, child);
    await server.whenHealthy();
    return server;
  }

  /** User and system time that the process has used, in microseconds; undefined on a system without /proc. */
  readCpuMicroseconds(): number | undefined {
    if (process.platform !== 'linux') return undefined;
    const stat = readFileSync(`/proc/${this.pid}/stat`, 'utf8');
    // Fields 14 and 15 of proc_pid_stat(5). Field 2, in parentheses, may contain spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * MICROSECONDS_A_TICK;
  }

  /** Reads the memory usage after a full garbage collection. The server must have loaded `report-memory`. */
  async readMemory(): Promise<MemoryReport> {
    this.child.send('report memory');
    const [report] = (await once(this.child, 'message')) as [MemoryReport];
    return report;
  }

  async stop(): Promise<void> {
    if (this.hasEnded) return;
    const exit = once(this.child, 'exit');
    const killTimer = setTimeout(() => this.child.kill('SIGKILL'), TIMEOUT);
    this.child.kill('SIGTERM');
    await exit;
    clearTimeout(killTimer);
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private async whenHealthy(): Promise<void> {
    for (const start = performance.now(); performance.now() - start < TIMEOUT; await sleep(50)) {
      if (this.hasEnded) break;
      const answer = await fetch(`${this.url}/health`).catch(() => undefined);
      if (answer?.ok) return;
    }
    this.child.kill('SIGKILL');
    throw new Error('A server did not start.');
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
