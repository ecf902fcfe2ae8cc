import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseProxy } from './database-proxy.js';
import { environmentOf, install } from './debian-program.js';
import { freePort } from './free-port.js';
import type { TestDatabase } from './test-database.js';

const OPERATIONS = resolve(import.meta.dirname, '../../docs/operations.md');

/** Debian's PgBouncer with the configuration from docs/operations.md, in front of a test's database. */
export class PgBouncer {
  /** Kills the process when a test worker ends early. */
  private readonly onExit = (): void => void this.child.kill('SIGKILL');

  private constructor(
    readonly connection: TestDatabase['connection'],
    /** The relay between it and PostgreSQL. */
    readonly way: DatabaseProxy,
    private readonly folder: string,
    private readonly child: ChildProcess,
  ) {
    process.once('exit', this.onExit);
  }

  /** @param settings lines of its configuration to replace or add */
  static async start(
    database: Pick<TestDatabase, 'connection'>,
    settings: Readonly<Record<string, string>>,
  ): Promise<PgBouncer> {
    const installation = await install({
      name: 'pgbouncer',
      file: 'usr/sbin/pgbouncer',
      versionOption: '--version',
      packages: ['pgbouncer'],
      optionalPackages: ['libevent-2.1-7', 'libevent-2.1-7t64', 'libc-ares2', 'libcares2'],
    }).catch((error: Error) => {
      throw new Error(`These tests need a PgBouncer: install pgbouncer. (${error.message})`, {
        cause: error,
      });
    });
    const way = await DatabaseProxy.open(database);
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'pgbouncer-'));
    chmodSync(folder, 0o755);
    const [file, users] = [join(folder, 'pgbouncer.ini'), join(folder, 'userlist.txt')];
    writeFileSync(users, `"${database.connection.user}" ""\n`);
    writeFileSync(
      file,
      documented(way.connection, {
        listen_port: String(port),
        auth_type: 'trust',
        auth_file: users,
        ...settings,
      }),
    );
    // PgBouncer does not run as root.
    const owner = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
    const child = spawn(installation.command, [...owner, file], {
      env: environmentOf(installation),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const bouncer = new PgBouncer({ ...way.connection, port }, way, folder, child);
    await bouncer.untilUp();
    return bouncer;
  }

  async stop(): Promise<void> {
    process.off('exit', this.onExit);
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
    await this.way.close();
    rmSync(this.folder, { recursive: true });
  }

  private async untilUp(): Promise<void> {
    let log = '';
    const { promise, resolve: up, reject } = Promise.withResolvers<void>();
    this.child.stderr?.on('data', (part: Buffer) => {
      log += part.toString();
      if (log.includes('process up')) up();
    });
    this.child.once('error', reject);
    this.child.once('exit', () => reject(new Error(`pgbouncer ended: ${log}`)));
    await promise;
  }
}

/** The documented configuration, with the addresses of a test. */
function documented(
  { host, port, database }: TestDatabase['connection'],
  settings: Readonly<Record<string, string>>,
): string {
  let text = /```ini\n(\[databases\][^]*?)```/.exec(readFileSync(OPERATIONS, 'utf8'))?.[1] ?? '';
  text = text.replace(/^causerie = .*$/m, `${database} = host=${host} port=${port}`);
  for (const [name, value] of Object.entries(settings)) {
    const line = `${name} = ${value}`;
    const documentedLine = new RegExp(`^${name} = .*$`, 'm');
    text = documentedLine.test(text) ? text.replace(documentedLine, line) : `${text}${line}\n`;
  }
  return text;
}
