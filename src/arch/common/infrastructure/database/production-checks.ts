import { verify } from '@node-rs/argon2';
import type { Client } from 'pg';
import { StartupError } from '../config/startup.error.js';
import type { ConnectionSettings } from './connection.js';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../../domain/demo-data.js';
import { withClient } from './with-client.js';

/**
 * Checks that acknowledged data is on disk. It uses a connection like those of the pool: the role and the database may
 * have their own settings.
 * @throws StartupError that names the disabled setting
 */
export async function requireDurableDatabase(connection: ConnectionSettings): Promise<void> {
  const names = await withClient(connection, unsafeSettings);
  if (names.length === 0) return;
  throw new StartupError(
    `The PostgreSQL of DATABASE_URL has ${names.join(', ')} off: a crash may lose or damage what was acknowledged. ` +
      'Turn it on, or set ALLOW_UNSAFE_DATABASE=true.',
  );
}

async function unsafeSettings(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select name from pg_settings
     where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off' order by name`,
  );
  return rows.map(({ name }) => name);
}

/**
 * Demo accounts are open to every reader of our README, until their password is changed. Requires the tables.
 * @throws StartupError that names them
 */
export async function refuseDemoAccounts(connection: ConnectionSettings): Promise<void> {
  const emails = await withClient(connection, openDemoAccounts);
  if (emails.length === 0) return;
  throw new StartupError(
    `The database of DATABASE_URL has demo accounts with the demo password (${emails.join(', ')}). ` +
      'Use a database without them, or start in development, log in, and delete them or change their passwords.',
  );
}

async function openDemoAccounts(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ email: string; hash: string }>(
    `select email, credentials.password_hash as hash from users join credentials on user_id = id
     where deleted_at is null and (id = any($1) or email = any($2)) order by email`,
    [DEMO_ACCOUNTS.map(({ id }) => id), DEMO_ACCOUNTS.map(({ email }) => email)],
  );
  const open = await Promise.all(rows.map(({ hash }) => verify(hash, DEMO_PASSWORD).catch(() => false)));
  return rows.filter((_, index) => open[index]).map(({ email }) => email);
}
