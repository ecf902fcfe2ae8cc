import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { UNLIMITED } from '../support/test-config.js';
import { removeFolders, temporaryFolder } from './temporary-folder.js';
import { waitUntil } from './wait-until.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type Variables = Readonly<Record<string, string>>;

interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

type Program = 'main' | 'backup' | 'migrate' | 'renew-epoch' | 'restore' | 'seed' | 'upgrade-database';

interface Options {
  readonly program?: Program;
  /** Arguments of the program. */
  readonly args?: readonly string[];
  /** The working folder, where `.env` is read; a new empty one by default. */
  readonly cwd?: string;
  /** Programs in front of `node`, such as `setpriv …`. */
  readonly prefix?: readonly string[];
  /** Another checkout, whose `dist` is run. */
  readonly checkout?: string;
  /** An open file for its log, instead of `stdout`. */
  readonly log?: number;
}

let built: Promise<unknown> | undefined;
const running = new Set<ServerProcess>();

/** Builds the sources once for each test run. */
export async function programFile(program: string): Promise<string> {
  await (built ??= buildInTurn());
  return join(ROOT, 'dist', `${program}.js`);
}

/** Test workers that build at the same time wait for the first one, and find that nothing has changed. */
async function buildInTurn(): Promise<void> {
  const lock = join(inject('runFolder'), 'building');
  await waitUntil(
    'the turn to build',
    () =>
      mkdir(lock).then(
        () => true,
        () => false,
      ),
    120_000,
  );
  try {
    await promisify(execFile)(process.execPath, ['scripts/build.mjs', '--if-changed'], { cwd: ROOT });
  } finally {
    await rmdir(lock);
  }
}

/** A built program of Causerie as a process of its own, whose environment has only the given variables. */
export class ServerProcess {
  stdout = '';
  stderr = '';
  readonly exited: Promise<{ code: number | null; signal: string | null }>;
  private readonly watchers = new Set<() => void>();

  private constructor(readonly child: ChildProcess) {
    running.add(this);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => this.changed((this.stdout += text)));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => this.changed((this.stderr += text)));
    this.exited = once(child, 'close').then(([code, signal]) => {
      running.delete(this);
      this.changed();
      return { code, signal };
    });
  }

  static async spawn(variables: Variables, options: Options = {}): Promise<ServerProcess> {
    const {
      program = 'main',
      args: words = [],
      prefix = [],
      cwd = temporaryFolder(),
      checkout,
      log = 'pipe',
    } = options;
    const file = checkout ? join(checkout, `dist/${program}.js`) : await programFile(program);
    const { PATH = '', HOME = '' } = process.env;
    const [command = '', ...args] = [...prefix, process.execPath, file, ...words];
    const compiled = { NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/compiled') };
    const env = { PATH, HOME, TMPDIR: tmpdir(), PORT: '0', ...compiled, ...UNLIMITED, ...variables };
    return new ServerProcess(spawn(command, args, { cwd, env, stdio: ['ignore', log, 'pipe'] }));
  }

  /** Resolves when the server listens. */
  static async start(variables: Variables, options: Options = {}): Promise<RunningServer> {
    const server = await ServerProcess.spawn(variables, options);
    const announcedUrl = await server.until(
      () => /Causerie listens on (http:\/\/[^ "]+)/.exec(server.stdout)?.[1],
    );
    // One cannot connect to the address `::`.
    return Object.assign(server, {
      announcedUrl,
      url: announcedUrl.replace(/\/\/(\[::\]|0\.0\.0\.0):/, '//localhost:'),
    });
  }

  /** Runs a program to its end. */
  static async run(variables: Variables, options: Options = {}): Promise<Ended> {
    const program = await ServerProcess.spawn(variables, options);
    const { code: status } = await program.exited;
    return { status, stdout: program.stdout, stderr: program.stderr };
  }

  /** The log so far; throws when a line is not JSON. */
  get log(): LogLine[] {
    return this.stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as LogLine);
  }

  /** Waits until `find` returns a value for the output so far; rejects when the process ends before. */
  async until<T>(find: () => T | undefined): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const watcher = (): void => {
      const found = find();
      if (found !== undefined) resolve(found);
      else if (!running.has(this)) reject(new Error(`ended too early: ${this.stderr || this.stdout}`));
    };
    this.watchers.add(watcher);
    watcher();
    return promise.finally(() => this.watchers.delete(watcher));
  }

  /** Sends the signal, once, and waits for the end. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ code: number | null; signal: string | null }> {
    this.child.kill(signal);
    return this.exited;
  }

  private changed(_output?: string): void {
    for (const watcher of this.watchers) watcher();
  }
}

export type RunningServer = ServerProcess & { readonly url: string; readonly announcedUrl: string };

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * For `afterEach`, or for `afterAll` where tests run concurrently: ends and removes what the tests have left behind.
 */
export async function cleanUp(): Promise<void> {
  await Promise.all([...running].map((server) => server.stop('SIGKILL')));
  await removeFolders();
}
