import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MemoryReport } from './report-memory.js';

/** What the kernel counts a process's time in, by default on all architectures that Node runs on: 100 a second. */
const MICROSECONDS_A_TICK = 10_000;
/** Milliseconds for a server to answer, and to end. */
const PATIENCE = 40_000;

const END_WITH_PARENT = new URL('./end-with-parent.ts', import.meta.url).href;

/** A server of its own process on a free port of the loopback address. */
export class ServerProcess {
  private constructor(
    readonly url: string,
    readonly pid: number,
    private readonly child: ChildProcess,
  ) {}

  /** @param words Node's own arguments and the program @param variables the whole environment but `PORT` and `PATH` */
  static async start(
    words: readonly string[],
    variables: Record<string, string>,
    folder: string,
  ): Promise<ServerProcess> {
    const port = await freePort();
    const child = spawn(process.execPath, ['--import', END_WITH_PARENT, ...words], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: String(port), ...variables },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    if (child.pid === undefined) throw new Error('A server could not be started.');
    const server = new ServerProcess(`http://127.0.0.1:${port}`, child.pid, child);
    await server.whenHealthy();
    return server;
  }

  /** User and system time that the process has used so far, in microseconds; undefined where there is no /proc. */
  cpuMicroseconds(): number | undefined {
    if (process.platform !== 'linux') return undefined;
    const stat = readFileSync(`/proc/${this.pid}/stat`, 'utf8');
    // proc_pid_stat(5): fields 14 and 15; the second one, in brackets, may hold blanks
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * MICROSECONDS_A_TICK;
  }

  /** After a full garbage collection; only with `report-memory` loaded. */
  async memory(): Promise<MemoryReport> {
    this.child.send('report memory');
    const [report] = (await once(this.child, 'message')) as [MemoryReport];
    return report;
  }

  async stop(): Promise<void> {
    if (this.ended) return;
    const exit = once(this.child, 'exit');
    const impatience = setTimeout(() => this.child.kill('SIGKILL'), PATIENCE);
    this.child.kill('SIGTERM');
    await exit;
    clearTimeout(impatience);
  }

  private get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private async whenHealthy(): Promise<void> {
    for (const start = performance.now(); performance.now() - start < PATIENCE; await sleep(50)) {
      if (this.ended) break;
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
