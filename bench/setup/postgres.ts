import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../src/arch/common/infrastructure/database/embedded/start-embedded-postgres.js';

/** The PostgreSQL server that all contestants of a run share. */
export interface BenchPostgres {
  /** Creates an empty database. @returns its URL */
  createDatabase(name: string): Promise<string>;
  /** Data folder of an embedded server; undefined for an existing one. */
  readonly dataDir: string | undefined;
  /** Stops an embedded server; at an existing one it drops the databases that were created. */
  stop(): Promise<void>;
}

/** Uses the server at `url`, or starts an embedded one in `dataDir` with the settings of `pnpm start`, fsync included. */
export async function openPostgres(url: string | undefined, dataDir: string): Promise<BenchPostgres> {
  return url === undefined ? startEmbedded(dataDir) : useExisting(url);
}

async function startEmbedded(dataDir: string): Promise<BenchPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, log: { debug: () => {}, warn: () => {} } });
  const { host, port, user } = postgres.connection;
  // The folder of a Unix socket cannot be the host part of a URL.
  const address = (name: string) =>
    `postgres://localhost/${name}?${new URLSearchParams({ host, port: String(port), user }).toString()}`;
  return {
    dataDir,
    createDatabase: (name) => createDatabase(address('postgres'), name, address),
    stop: () => postgres.stop(),
  };
}

function useExisting(url: string): BenchPostgres {
  const created: string[] = [];
  const address = (name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  return {
    dataDir: undefined,
    createDatabase: (name) => {
      const own = `${name}_${process.pid}`;
      created.push(own);
      return createDatabase(url, own, address);
    },
    stop: () =>
      withAdministrator(url, async (client) => {
        for (const name of created) await client.query(`drop database if exists "${name}" with (force)`);
      }),
  };
}

async function createDatabase(url: string, name: string, address: (name: string) => string): Promise<string> {
  await withAdministrator(url, (client) => client.query(`create database "${name}"`));
  return address(name);
}

async function withAdministrator(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
