import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A program that Debian and Ubuntu have and npm does not. */
export interface DebianProgram {
  readonly name: string;
  /** The path where its package installs it. */
  readonly file: string;
  /** The option that prints its version. */
  readonly versionOption: string;
  /** The packages, including libraries that a small installation lacks. */
  readonly packages: readonly string[];
  /** Packages of another release; those that do not exist are not needed. */
  readonly optionalPackages: readonly string[];
}

/** The program is not installed, and cannot be fetched. */
export class NotInstallableError extends Error {}

/** How to start a program on this machine: a command, and the folders of its libraries. */
export interface Installation {
  readonly command: string;
  readonly libraryPath: string;
}

/**
 * Finds the program in the PATH, or else unpacks the packages of Debian or Ubuntu into a cache folder without root.
 * @throws NotInstallableError when there is no `apt-get`, or it reaches no archive
 */
export async function install(program: DebianProgram): Promise<Installation> {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin'];
  const command = folders.map((folder) => join(folder, program.name)).find((file) => existsSync(file));
  if (command !== undefined) return { command, libraryPath: '' };
  const cache = resolve(import.meta.dirname, '../../node_modules/.cache', program.name);
  if (!existsSync(cache)) {
    await unpackPackages(program, cache).catch((cause: Error) => {
      throw new NotInstallableError(cause.message.split('\n', 1)[0], { cause });
    });
  }
  const libraries = globSync(['usr/lib/*-linux-gnu*', 'lib/*-linux-gnu*'], { cwd: cache });
  const installation = {
    command: join(cache, program.file),
    libraryPath: libraries.map((name) => join(cache, name)).join(':'),
  };
  await run(installation.command, [program.versionOption], { env: environmentOf(installation) });
  return installation;
}

export function environmentOf({ libraryPath }: Installation): NodeJS.ProcessEnv {
  return { ...process.env, ...(libraryPath === '' ? {} : { LD_LIBRARY_PATH: libraryPath }) };
}

/** The folder appears complete, so that a stopped run leaves nothing unfinished. */
async function unpackPackages({ packages, optionalPackages }: DebianProgram, cache: string): Promise<void> {
  await mkdir(dirname(cache), { recursive: true });
  const draft = await mkdtemp(`${cache}-`);
  try {
    await download(draft, packages).catch(async () => {
      await run('apt-get', ['update']);
      await download(draft, packages);
    });
    for (const name of optionalPackages) await download(draft, [name]).catch(() => undefined);
    for (const file of globSync('*.deb', { cwd: draft })) {
      await run('dpkg', ['-x', join(draft, file), join(draft, 'root')]);
    }
    await rename(join(draft, 'root'), cache).catch((error: Error) => {
      // Another run was faster.
      if (!existsSync(cache)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function download(folder: string, packages: readonly string[]): Promise<void> {
  await run('apt-get', ['download', ...packages], { cwd: folder });
}
