import { StartupError } from '../config/startup.error.js';
import type { ConnectionSettings } from './connection.js';
import type { DatabaseClient } from './database-client.js';
import { SESSION_SETTINGS } from './session-settings.js';
import { withClient } from './with-client.js';

/** This version has `date_bin`, and reports whether the server accepts writes. */
const OLDEST_MAJOR = 14;

/** Facts about the server and a session of ours. */
interface Found {
  readonly version: string;
  readonly major: number;
  readonly encoding: string;
  readonly standby: boolean;
  readonly read_only: boolean;
  readonly role: string;
  readonly database: string;
  readonly schema: string | null;
  readonly search_path: string;
}

const QUERY = `
  select current_setting('server_version') as version,
    current_setting('server_version_num')::int / 10000 as major,
    current_setting('server_encoding') as encoding,
    pg_is_in_recovery() as standby,
    current_setting('transaction_read_only')::boolean as read_only,
    quote_ident(current_user) as role,
    quote_ident(current_database()) as database,
    current_schema() as schema,
    current_setting('search_path') as search_path`;

/**
 * THE check whether a database is suitable, before anything is done to it, on a connection such as those that serve
 * (ADR 36).
 * @throws StartupError with one line that names the setting and how to change it
 */
export async function requireFittingDatabase(connection: ConnectionSettings): Promise<void> {
  await withClient(connection, async (client) => {
    const { rows } = await client.query<Found>(QUERY);
    const [found] = rows;
    const problem = found && (unfit(found) ?? (await unsettled(client, found)));
    if (problem) throw new StartupError(`DATABASE_URL leads to a database that will not do: ${problem}`);
  });
}

function unfit(found: Found): string | undefined {
  const { version, major, encoding, standby, read_only, role, database, schema, search_path } = found;
  if (major < OLDEST_MAJOR) {
    return `its PostgreSQL (server_version) is ${version}, Causerie needs ${OLDEST_MAJOR} or later. Upgrade it.`;
  }
  if (encoding !== 'UTF8') {
    return (
      `its encoding (server_encoding) is ${encoding}, which cannot hold what people write. ` +
      `Make another: CREATE DATABASE … ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0.`
    );
  }
  if (standby) {
    return 'it only reads, as its server is a standby (pg_is_in_recovery). Use the address of the primary, or promote it.';
  }
  if (read_only) {
    return (
      'it only reads (default_transaction_read_only is on). Turn it off for the server, or ' +
      `ALTER DATABASE ${database} or ALTER ROLE ${role} SET default_transaction_read_only = off.`
    );
  }
  if (schema === null) {
    return (
      `the schemas of search_path (${search_path}) are not there, or closed to the role ${role}. ` +
      `CREATE SCHEMA … AUTHORIZATION ${role}, or ALTER ROLE ${role} SET search_path = ….`
    );
  }
  return undefined;
}

/** Session settings that have not taken effect, because a pooler in between did not pass them on. */
async function unsettled(client: DatabaseClient, { role }: Found): Promise<string | undefined> {
  const { rows } = await client.query<{ name: string; value: string }>(
    'select name, current_setting(name) as value from unnest($1::text[]) as name',
    [Object.keys(SESSION_SETTINGS)],
  );
  const wrong = rows.find(({ name, value }) => value !== SESSION_SETTINGS[name]);
  if (!wrong) return undefined;
  const { name, value } = wrong;
  return (
    `its ${name} is ${value} and cannot be set for a connection (a pooler in between?). ` +
    `ALTER ROLE ${role} SET ${name} = '${SESSION_SETTINGS[name]}'.`
  );
}
