import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { BASELINE_SCHEMA } from '../baseline/schema.js';
import { root } from '../setup/machine.js';
import type { Room } from '../setup/population.js';
import type { Contestant, ServerSettings } from './contestant.js';
import { openPool } from './open-pool.js';
import { ServerProcess } from './server-process.js';

const TYPESCRIPT = ['--import', '@oxc-node/core/register'];
const program = (name: string) => fileURLToPath(new URL(`../baseline/${name}.ts`, import.meta.url));

/** Creates the tables in an empty database and starts the bare server on it. */
export async function startBaseline(
  name: string,
  databaseUrl: string,
  settings: ServerSettings,
): Promise<Contestant> {
  const database = openPool(databaseUrl);
  await database.query(BASELINE_SCHEMA);
  const server = await ServerProcess.start(
    [...TYPESCRIPT, program('server')],
    {
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: String(settings.poolSize),
      JWT_ACCESS_SECRET: settings.secret,
    },
    root,
  );
  return {
    name,
    server,
    database,
    ordered: false,
    addUsers: async () => undefined, // The baseline stores members only.
    addRooms: (rooms) => addRooms(database, rooms),
    stop: async () => {
      await server.stop();
      await database.end();
    },
  };
}

/** Starts plain Socket.IO, whose idle sockets set the lower bound for memory. */
export function startPlainSocketIo(nodeArguments: readonly string[]): Promise<ServerProcess> {
  return ServerProcess.start([...TYPESCRIPT, ...nodeArguments, program('plain')], {}, root);
}

async function addRooms(database: Pool, rooms: readonly Room[]): Promise<void> {
  await database.query('insert into conversations (id) select * from unnest($1::uuid[])', [
    rooms.map(({ id }) => id),
  ]);
  const memberships = rooms.flatMap(({ id, members }) => members.map((user) => ({ room: id, user })));
  await database.query('insert into members select * from unnest($1::uuid[], $2::uuid[], $3::text[])', [
    memberships.map(({ room }) => room),
    memberships.map(({ user }) => user.id),
    memberships.map(({ user }) => user.displayName),
  ]);
  await database.query('analyze conversations, members');
}
