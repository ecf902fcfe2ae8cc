import { Logger } from '@nestjs/common';
import { forgetLibpqVariables } from 'causerie-embedded-postgres';
import type { AppConfig } from '../config/app-config.js';
import { singleHosts } from '../config/postgres-url.js';
import type { ConnectionSettings } from './connection.js';
import { attachOrStartEmbeddedPostgres } from './embedded/attach-embedded-postgres.js';
import { startEmbeddedPostgres } from './embedded/start-embedded-postgres.js';
import { HostList } from './host-list.js';

export interface OpenDatabase {
  readonly connection: ConnectionSettings;
  /** Whether this is our own PostgreSQL in DATA_DIR. */
  readonly embedded: boolean;
  /** Stops the embedded one. */
  stop(): Promise<void>;
}

/**
 * Opens the database of `DATABASE_URL`, otherwise the embedded one.
 * @param shared whether one that another process runs on the same DATA_DIR may be used
 */
export async function openDatabase(
  { env }: AppConfig,
  { shared }: { shared: boolean },
): Promise<OpenDatabase> {
  if (env.DATABASE_URL !== undefined) {
    return {
      connection: connectionOf(env.DATABASE_URL),
      embedded: false,
      stop: async () => undefined,
    };
  }
  forgetLibpqVariables();
  const start = shared ? attachOrStartEmbeddedPostgres : startEmbeddedPostgres;
  const postgres = await start({ dataDir: env.DATA_DIR, log: new Logger('PostgreSQL') });
  return {
    connection: { ...postgres.connection, ssl: false },
    embedded: true,
    stop: () => postgres.stop(),
  };
}

/** @param url `DATABASE_URL`, with one host or several */
export function connectionOf(url: string): ConnectionSettings {
  const hosts = new HostList(singleHosts(url));
  if (hosts.size === 1) return { connectionString: hosts.current };
  return {
    hosts,
    get connectionString() {
      return hosts.current;
    },
  };
}
