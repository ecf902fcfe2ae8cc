import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { environmentOf, install } from './debian-program.js';
import { waitUntil } from '../faults/wait-until.js';
import { freePort } from './free-port.js';

const SCALING = resolve(import.meta.dirname, '../../docs/scaling.md');

/** The column of HAProxy's statistics. */
const STATUS = 17;

type NodeName = 'one' | 'two';

/** A HAProxy with the configuration that docs/scaling.md shows, in front of two nodes on this machine. */
export class HaProxy {
  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly child: ChildProcess,
  ) {}

  /** @param nodes the ports of the nodes that the configuration calls `one` and `two` */
  static async start(nodes: readonly [number, number]): Promise<HaProxy> {
    const installation = await install({
      name: 'haproxy',
      file: 'usr/sbin/haproxy',
      versionOption: '-v',
      packages: ['haproxy', 'liblua5.3-0', 'libopentracing-c-wrapper0', 'libpcre2-8-0'],
      optionalPackages: ['libopentracing1', 'liblua5.4-0'],
    });
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'haproxy-'));
    const [file, control] = [join(folder, 'haproxy.cfg'), join(folder, 'control.cfg')];
    writeFileSync(file, documented(port, nodes));
    writeFileSync(control, `global\n  stats socket ${join(folder, 'admin')} level admin\n`);
    const child = spawn(installation.command, ['-db', '-f', file, '-f', control], {
      env: environmentOf(installation),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const proxy = new HaProxy(`http://127.0.0.1:${port}`, folder, child);
    const errors = child.stderr ? text(child.stderr) : '';
    const ended = once(child, 'exit').then(async () => Promise.reject(new Error(await errors)));
    await Promise.race([ended, Promise.all([proxy.untilUp('one'), proxy.untilUp('two')])]);
    ended.catch(() => undefined);
    return proxy;
  }

  /** Resolves when HAProxy gives a node its share. */
  untilUp(node: NodeName): Promise<void> {
    return this.until(node, 'UP');
  }

  /** Resolves when HAProxy has noticed that a node is gone. */
  untilDown(node: NodeName): Promise<void> {
    return this.until(node, 'DOWN');
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
    rmSync(this.folder, { recursive: true });
  }

  private async until(node: NodeName, state: 'UP' | 'DOWN'): Promise<void> {
    await waitUntil(`node ${node} is ${state}`, async () => (await this.stateOf(node)) === state, 20_000);
  }

  private async stateOf(node: NodeName): Promise<string | undefined> {
    const admin = connect(join(this.folder, 'admin'));
    admin.end('show stat\n');
    const rows = (await text(admin).catch(() => '')).split('\n').map((row) => row.split(','));
    return rows.find(([backend, server]) => backend === 'nodes' && server === node)?.[STATUS];
  }
}

/** The documented configuration, with this machine's addresses and without TLS. */
function documented(port: number, [one, two]: readonly [number, number]): string {
  const block = /```haproxy\n([^]*?)```/.exec(readFileSync(SCALING, 'utf8'))?.[1] ?? '';
  return block
    .replace(/bind .*/, `bind 127.0.0.1:${port}`)
    .replace('10.0.0.1:3000', `127.0.0.1:${one}`)
    .replace('10.0.0.2:3000', `127.0.0.1:${two}`);
}
