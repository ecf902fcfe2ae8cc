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

/** The bare server on an empty database, which gets its tables here. */
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
    addUsers: async () => undefined, // it knows members only
    addRooms: (rooms) => addRooms(database, rooms),
    stop: async () => {
      await server.stop();
      await database.end();
    },
  };
}

/** Socket.IO with nothing behind it: what an idle socket costs at least. */
export function startPlainSocketIo(nodeArguments: readonly string[]): Promise<ServerProcess> {
  return ServerProcess.start([...TYPESCRIPT, ...nodeArguments, program('plain')], {}, root);
}

async function addRooms(database: Pool, rooms: readonly Room[]): Promise<void> {
  await database.query('insert into conversations (id) select * from unnest($1::uuid[])', [
    rooms.map(({ id }) => id),
  ]);
  const seats = rooms.flatMap(({ id, members }) => members.map((user) => ({ room: id, user })));
  await database.query('insert into members select * from unnest($1::uuid[], $2::uuid[], $3::text[])', [
    seats.map(({ room }) => room),
    seats.map(({ user }) => user.id),
    seats.map(({ user }) => user.displayName),
  ]);
  await database.query('analyze conversations, members');
}
