import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

/** Imports a module of the product by its path below `src/arch`. */
export const importSource = (path) => import(new URL(`../../src/arch/${path}.ts`, import.meta.url).href);
const { startEmbeddedPostgres } = await importSource(
  'common/infrastructure/database/embedded/start-embedded-postgres',
);
const { migrate } = await importSource('common/infrastructure/database/migrate');

export async function connect(connection) {
  const client = new Client(connection);
  // After a failure the databases are dropped, which ends their connections. The failure itself is reported elsewhere.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Opens a PostgreSQL that creates migrated databases: an embedded one, or the server at DATABASE_URL. */
export async function openServer() {
  const url = process.env.DATABASE_URL;
  const dataDir = url ? undefined : await mkdtemp(join(tmpdir(), 'causerie-sql-'));
  const embedded =
    dataDir &&
    (await startEmbeddedPostgres({
      dataDir,
      log: { debug() {}, warn: (line) => process.stderr.write(`${line}\n`) },
    }));
  const to = (database) => {
    if (embedded) return { ...embedded.connection, database };
    const target = new URL(url);
    target.pathname = `/${database}`;
    return { connectionString: target.href };
  };
  const admin = await connect(embedded ? to('postgres') : { connectionString: url });
  const created = [];
  return {
    /** @param until the number of migrations that it has; all of them if absent */
    async createDatabase({ until } = {}) {
      const name = `bench_${randomUUID().replaceAll('-', '')}`;
      await admin.query(`create database ${name}`);
      created.push(name);
      await migrate(to(name), { until });
      return { connection: to(name), client: await connect(to(name)) };
    },
    async close() {
      for (const name of created) await admin.query(`drop database ${name} with (force)`);
      await admin.end();
      await embedded?.stop();
      if (dataDir) rmSync(dataDir, { recursive: true });
    },
  };
}
