import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The server is in `redis-tools`; the others are libraries that a small installation lacks. */
const PACKAGES = ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1', 'libatomic1'];
/** Of Ubuntu's build, which shares what Debian's brings along. */
const OPTIONAL_PACKAGES = ['liblua5.1-0', 'lua-bitop', 'lua-cjson', 'libhiredis0.14', 'libhiredis1.1.0'];
const CACHE = resolve(import.meta.dirname, '../../node_modules/.cache/redis');

/** How to start a Redis on this machine: a command, and the folders of its libraries. */
export interface RedisInstallation {
  readonly command: string;
  readonly libraryPath: string;
}

/** `redis-server` of the PATH, else Debian's or Ubuntu's packages, unpacked into a cache folder without root. */
export async function installRedis(): Promise<RedisInstallation> {
  const onPath = (process.env['PATH'] ?? '').split(':').map((folder) => join(folder, 'redis-server'));
  const command = onPath.find((file) => existsSync(file));
  if (command !== undefined) return { command, libraryPath: '' };
  try {
    if (!existsSync(CACHE)) await unpackPackages();
    const installation = inFolder(CACHE);
    await run(installation.command, ['--version'], { env: environmentOf(installation) });
    return installation;
  } catch (error) {
    throw new Error(
      `These tests need a Redis: install redis-server, or set TEST_REDIS_URL. (${(error as Error).message})`,
      { cause: error },
    );
  }
}

export function environmentOf({ libraryPath }: RedisInstallation): NodeJS.ProcessEnv {
  return { ...process.env, ...(libraryPath === '' ? {} : { LD_LIBRARY_PATH: libraryPath }) };
}

function inFolder(folder: string): RedisInstallation {
  const libraries = globSync('usr/lib/*-linux-gnu*', { cwd: folder }).map((name) => join(folder, name));
  return { command: join(folder, 'usr/bin/redis-server'), libraryPath: libraries.join(':') };
}

/** The folder appears whole, so that a run that was stopped leaves nothing half done. */
async function unpackPackages(): Promise<void> {
  await mkdir(dirname(CACHE), { recursive: true });
  const draft = await mkdtemp(`${CACHE}-`);
  try {
    await download(draft, PACKAGES).catch(async () => {
      await run('apt-get', ['update']);
      await download(draft, PACKAGES);
    });
    for (const name of OPTIONAL_PACKAGES) await download(draft, [name]).catch(() => undefined);
    for (const file of globSync('*.deb', { cwd: draft })) {
      await run('dpkg', ['-x', join(draft, file), join(draft, 'root')]);
    }
    await rename(join(draft, 'root'), CACHE).catch((error: Error) => {
      // Another run was faster.
      if (!existsSync(CACHE)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function download(folder: string, packages: readonly string[]): Promise<void> {
  await run('apt-get', ['download', ...packages], { cwd: folder });
}
