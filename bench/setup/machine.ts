import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { dirname, join } from 'node:path';

/** The machine and the versions that the figures were measured with. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly bound: boolean;
  readonly memoryGiB: number;
  readonly system: string;
  readonly commit: string;
  readonly node: string;
  readonly postgresql: string;
  readonly packages: Record<string, string>;
  readonly poolSize: number;
  /** Median milliseconds of a durable write of 8 KiB in the database's folder; undefined for an existing PostgreSQL. */
  readonly fdatasync: number | undefined;
}

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const PACKAGES = ['socket.io', 'pg', 'fastify', 'ws', '@nestjs/core', 'drizzle-orm'];

export async function describeMachine(
  databaseUrl: string,
  rest: Pick<Machine, 'cores' | 'bound' | 'poolSize' | 'fdatasync'>,
): Promise<Machine> {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
    commit: readCommit(),
    node: process.version,
    postgresql: await readServerVersion(databaseUrl),
    packages: Object.fromEntries(PACKAGES.map((name) => [name, readVersion(name)])),
    ...rest,
  };
}

/** @returns the short hash, with `+changes` when the working tree differs from the commit */
function readCommit(): string {
  try {
    const changed = git('status', '--porcelain', '--', 'src', 'package.json', 'pnpm-lock.yaml') !== '';
    return `${git('rev-parse', '--short', 'HEAD')}${changed ? '+changes' : ''}`;
  } catch {
    return 'unknown';
  }
}

const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

function readVersion(name: string): string {
  const require = createRequire(import.meta.url);
  const folder = require.resolve.paths(name)?.map((path) => join(path, name, 'package.json')) ?? [];
  for (const path of folder) {
    try {
      return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
    } catch {
      continue;
    }
  }
  return 'unknown';
}

async function readServerVersion(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  await client.end();
  return rows[0]?.server_version ?? 'unknown';
}
