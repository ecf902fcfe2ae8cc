import { cp, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import {
  chooseLaunchStrategy,
  type EmbeddedConnection,
  makeSocketFolder,
  removeSocketFolder,
  run,
  serverArguments,
  spawnPostgres,
} from 'causerie-embedded-postgres';
import { openDataDir } from '../../src/arch/common/infrastructure/database/embedded/data-dir.js';
import { findOwnBinaries } from '../../src/arch/common/infrastructure/database/embedded/own-binaries.js';
import { rounds } from './rounds.js';

export interface Standby {
  readonly connection: EmbeddedConnection;
  stop(): Promise<void>;
}

/** Copies the running PostgreSQL whose files are in `from`, and starts the copy in `to` as its hot standby. */
export async function startStandby(primary: EmbeddedConnection, from: string, to: string): Promise<Standby> {
  const dataDir = await openDataDir(to);
  await copyRunning(primary, from, dataDir.database);
  const conninfo = `host='${primary.host}' port=${primary.port} user=${primary.user}`;
  const settings = `primary_conninfo = '${conninfo.replaceAll("'", "''")}'\n`;
  await writeFile(join(dataDir.database, 'postgresql.auto.conf'), settings);
  await writeFile(join(dataDir.database, 'standby.signal'), '');
  const { uid, gid } = await stat(join(from, 'PG_VERSION'));
  await run(['chown', '-R', `${uid}:${gid}`, dataDir.database]);

  const { postgres } = await findOwnBinaries();
  const strategy = await chooseLaunchStrategy(dataDir, postgres);
  const host = await makeSocketFolder(dataDir.socket, strategy.owner);
  const command = [...strategy.prefix, postgres, ...serverArguments(dataDir.database, host)];
  const server = spawnPostgres(command, { debug: () => undefined, warn: () => undefined });
  // It reports that it is ready only when it is promoted.
  server.ready.catch(() => undefined);
  const connection = { ...primary, host };
  await answering(connection, server.ended);
  const stop = async () => {
    await server.stop();
    await removeSocketFolder(dataDir.socket);
  };
  return { connection, stop };
}

/**
 * Does what `pg_basebackup` does: the primary keeps running, and the streamed log repairs pages that were copied while
 * they changed.
 */
async function copyRunning(primary: EmbeddedConnection, from: string, to: string): Promise<void> {
  const client = new Client({ ...primary, ssl: false });
  await client.connect();
  try {
    await client.query(`select pg_backup_start('standby', true)`);
    const own = new Set(['postmaster.pid', 'postmaster.opts'].map((name) => join(from, name)));
    const segment = join(from, 'pg_wal', '0');
    await mkdir(to, { mode: 0o700 });
    await cp(from, to, { recursive: true, filter: (path) => !own.has(path) && !path.startsWith(segment) });
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    await writeFile(join(to, 'backup_label'), rows[0]?.labelfile ?? '');
  } finally {
    await client.end();
  }
}

/** Waits, a minute at most, until it accepts connections for reading. */
async function answering(connection: EmbeddedConnection, ended: Promise<string>): Promise<void> {
  const over = ended.then((how) => Promise.reject(new Error(`The standby did not start: ${how}`)));
  over.catch(() => undefined);
  for (const _ of rounds(6_000)) {
    if (await Promise.race([over, answers(connection)])) return;
  }
}

async function answers(connection: EmbeddedConnection): Promise<boolean> {
  const client = new Client({ ...connection, ssl: false });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 10));
    return false;
  }
}
