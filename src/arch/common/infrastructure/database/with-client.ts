import { Client, DatabaseError } from 'pg';
import { StartupError } from '../config/startup.error.js';
import type { ConnectionSettings } from './connection.js';
import { passingState } from './passing-states.js';

const REASONS = new Map([
  ['ECONNREFUSED', 'nothing listens there (ECONNREFUSED)'],
  ['ENOTFOUND', 'there is no such host (ENOTFOUND)'],
  ['28P01', 'user or password is wrong (28P01)'],
  ['3D000', 'there is no such database (3D000)'],
]);

/** One connection for the length of `work`, for the steps of a start. */
export async function withClient<T>(
  connection: ConnectionSettings,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await connect(connection);
  try {
    return await work(client);
  } catch (error) {
    const state = error instanceof DatabaseError && passingState(error);
    if (!state) throw error;
    throw new StartupError(`DATABASE_URL cannot be used now: ${state.message} (${error.code})`);
  } finally {
    await client.end();
  }
}

/** An address that does not answer is told by name, without its value. */
async function connect(connection: ConnectionSettings): Promise<Client> {
  try {
    const client = new Client({ ...connection, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined); // a lost connection fails the next query; unheard, it would end the process
    await client.connect();
    return client;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new StartupError(`DATABASE_URL cannot be reached: ${REASONS.get(code ?? '') ?? code ?? message}.`);
  }
}
