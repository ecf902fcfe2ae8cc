import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setInterval as every } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { Client } from 'pg';
import { onTestFinished } from 'vitest';

import { scratchFolder } from '../../../test/support/scratch-folder.ts';
import type { EmbeddedLog } from '../src/embedded-log.ts';
import { EmbeddedPostgresError } from '../src/embedded-postgres.error.ts';
import { findPostgresBinaries } from '../src/postgres-binaries.ts';
import { readPostmasterPid } from '../src/postmaster-pid.ts';
import type { EmbeddedConnection, RunningPostgres } from '../src/running-postgres.ts';
import { isServerOf } from '../src/server-identity.ts';
import { startEmbeddedPostgres } from '../src/start-embedded-postgres.ts';

const silentLog: EmbeddedLog = { debug: () => undefined, warn: () => undefined };

/** A folder that any user may enter, removed when the test has finished. */
export function temporaryFolder(place = scratchFolder()): string {
  const folder = mkdtempSync(join(place, 'embedded-test-'));
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Of the superuser and of the database. */
const NAME = 'owner';

const start = async (folder: string, log = silentLog): Promise<RunningPostgres> =>
  startEmbeddedPostgres({ folder, name: NAME, binaries: await findPostgresBinaries(import.meta.url), log });

/** Starts in this process; stopped when the test has finished. */
export async function started(folder: string, log = silentLog): Promise<RunningPostgres> {
  const server = await start(folder, log);
  onTestFinished(() => server.stop());
  return server;
}

/** What a start in `folder` fails with. */
export async function refusal(folder: string): Promise<EmbeddedPostgresError> {
  const error: unknown = await start(folder).catch((caught: unknown) => caught);
  if (error instanceof EmbeddedPostgresError) return error;
  throw new Error('not refused', { cause: error });
}

export async function query(connection: EmbeddedConnection, sql: string): Promise<unknown[]> {
  const client = new Client({ ...connection, ssl: false });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

/** Waits until `condition` gives something; fails after `limitMs`. */
export async function eventually<T>(
  limitMs: number,
  condition: () => Promise<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  for await (const _ of every(10)) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) break;
  }
  throw new Error(`not within ${limitMs} ms: ${condition.toString()}`);
}

export async function serverPid(folder: string): Promise<number> {
  const found = await readPostmasterPid(join(folder, 'postgres'));
  if (!found) throw new Error(`no server in ${folder}`);
  return found.pid;
}

export async function serverGone(folder: string, pid: number, limitMs: number): Promise<void> {
  await eventually(limitMs, async () => !(await isServerOf(join(folder, 'postgres'), pid)));
}

/** Path, size and times of everything below the folder. */
export function snapshot(folder: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  return ['', ...paths].map((path) => {
    const { size, mtimeMs, ctimeMs, mode, uid } = statSync(join(folder, path));
    return [path, size, mtimeMs, ctimeMs, mode, uid].join(' ');
  });
}

/** A folder for the front of PATH in which the named programs always fail, as where they are refused. */
export function refusing(...programs: string[]): string {
  const folder = temporaryFolder(tmpdir());
  for (const program of programs)
    writeFileSync(join(folder, program), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  return `${folder}:${process.env['PATH'] ?? ''}`;
}

export type OwnerReport =
  | { readonly connection: EmbeddedConnection; readonly created: boolean }
  | { readonly failed: string; readonly name: string };

/** Another Node process that starts the server; killed when the test has finished. */
export interface OwnerProcess {
  readonly child: ChildProcess;
  readonly report: OwnerReport;
}

export async function ownerProcess(
  folder: string,
  { prefix = [], path = process.env['PATH'] ?? '' }: { prefix?: readonly string[]; path?: string } = {},
): Promise<OwnerProcess> {
  const script = fileURLToPath(new URL('owner-process.ts', import.meta.url));
  // the prefix finds its programs in our PATH, the owner in its own
  const command = [...prefix, 'env', `PATH=${path}`, process.execPath, script, folder];
  const child = spawn(command[0] ?? '', command.slice(1), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => endOwner(child));
  for await (const line of createInterface({ input: child.stdout })) {
    const report: unknown = JSON.parse(line);
    if (isReport(report)) return { child, report };
  }
  throw new Error('the owner process ended without a report');
}

/** Ends the owner as a crash would; nothing gets the chance to clean up. */
export async function kill(owner: OwnerProcess): Promise<void> {
  const exit = once(owner.child, 'exit');
  owner.child.kill('SIGKILL');
  await exit;
}

export function connectionOf({ report }: OwnerProcess): EmbeddedConnection {
  if ('failed' in report) throw new Error(report.failed);
  return report.connection;
}

async function endOwner(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

function isReport(value: unknown): value is OwnerReport {
  return typeof value === 'object' && value !== null && ('connection' in value || 'failed' in value);
}
