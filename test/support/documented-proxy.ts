import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { waitUntil } from '../faults/wait-until.js';
import { type DebianProgram, environmentOf, install } from './debian-program.js';
import { freePort } from './free-port.js';

const SCALING = resolve(import.meta.dirname, '../../docs/scaling.md');

/** One of Debian's proxies with the configuration from docs/scaling.md, and how to run it. */
interface Recipe {
  readonly program: DebianProgram;
  /** Replaces every address on which the documented configuration listens. */
  listen(block: string, port: number): string;
  /** Adds the lines that a complete configuration file needs. */
  whole(block: string, folder: string): string;
  readonly args: (file: string, folder: string) => readonly string[];
}

const RECIPES = {
  nginx: {
    program: {
      name: 'nginx',
      file: 'usr/sbin/nginx',
      versionOption: '-v',
      packages: ['nginx', 'libpcre2-8-0'],
      optionalPackages: ['libssl3', 'zlib1g', 'libcrypt1'],
    },
    listen: (block, port) => block.replace('listen 443 ssl;', `listen 127.0.0.1:${port};`),
    whole: (block, folder) => {
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
      const paths = temporary.map((name) => `${name}_temp_path ${join(folder, name)};`);
      return `daemon off;\nmaster_process off;\npid ${join(folder, 'pid')};\nevents {}\nhttp {\naccess_log off;\n${paths.join('\n')}\n${block}\n}\n`;
    },
    args: (file, folder) => ['-p', folder, '-e', 'stderr', '-c', file],
  },
  haproxy: {
    program: {
      name: 'haproxy',
      file: 'usr/sbin/haproxy',
      versionOption: '-v',
      packages: ['haproxy', 'liblua5.3-0', 'libopentracing-c-wrapper0', 'libpcre2-8-0'],
      optionalPackages: ['libopentracing1', 'liblua5.4-0'],
    },
    listen: (block, port) => block.replace(/bind .*/, `bind 127.0.0.1:${port}`),
    whole: (block, folder) => `${block}\nglobal\n  stats socket ${join(folder, 'admin')} level admin\n`,
    args: (file) => ['-db', '-f', file],
  },
  caddy: {
    program: {
      name: 'caddy',
      file: 'usr/bin/caddy',
      versionOption: 'version',
      packages: ['caddy'],
      optionalPackages: [],
    },
    listen: (block, port) => block.replace('chat.example.com', `http://127.0.0.1:${port}`),
    whole: (block) => `{\n  admin off\n}\n${block}`,
    args: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
  },
} satisfies Record<string, Recipe>;

export type ProxyName = keyof typeof RECIPES;

/** The documented configuration, line by line, except for this machine's addresses and TLS. */
export class DocumentedProxy {
  private constructor(
    readonly url: string,
    /** The folder of its files. */
    readonly folder: string,
    private readonly child: ChildProcess,
  ) {}

  /**
   * Resolves when it passes requests on.
   * @param nodes the ports of the two nodes, which may be the same
   */
  static async start(name: ProxyName, nodes: readonly [number, number]): Promise<DocumentedProxy> {
    const recipe: Recipe = RECIPES[name];
    const installation = await install(recipe.program);
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), `${name}-`));
    const file = join(folder, 'config');
    writeFileSync(file, recipe.whole(recipe.listen(documented(name, nodes), port), folder));
    const child = spawn(installation.command, recipe.args(file, folder), {
      env: { ...environmentOf(installation), XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const proxy = new DocumentedProxy(`http://127.0.0.1:${port}`, folder, child);
    const errors = child.stderr ? text(child.stderr) : '';
    const ended = once(child, 'exit').then(async () => Promise.reject(new Error(await errors)));
    await Promise.race([ended, waitUntil(`${name} lets requests through`, () => proxy.answers())]);
    ended.catch(() => undefined);
    return proxy;
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
    rmSync(this.folder, { recursive: true });
  }

  private answers(): Promise<boolean> {
    return fetch(`${this.url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}

function documented(name: ProxyName, [one, two]: readonly [number, number]): string {
  const block = new RegExp(`\`\`\`${name}\n([^]*?)\`\`\``).exec(readFileSync(SCALING, 'utf8'))?.[1] ?? '';
  return block.replace('10.0.0.1:3000', `127.0.0.1:${one}`).replace('10.0.0.2:3000', `127.0.0.1:${two}`);
}
