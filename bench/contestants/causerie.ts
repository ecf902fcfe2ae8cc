import { join } from 'node:path';
import type { Pool } from 'pg';
import { emailOf, type Room, type User } from '../setup/population.js';
import { root } from '../setup/machine.js';
import type { Contestant, ServerSettings } from './contestant.js';
import { openPool } from './open-pool.js';
import { ServerProcess } from './server-process.js';

const UNLIMITED = Object.fromEntries(
  [
    ...['GLOBAL', 'AUTH', 'REFRESH', 'UPLOAD', 'REACTIONS', 'FILES', 'WS'].map(
      (name) => `THROTTLE_${name}_LIMIT`,
    ),
    'QUOTA_MESSAGES_DAY',
    'QUOTA_BYTES_DAY',
    'LIMIT_CONVERSATIONS_HOUR',
    'LIMIT_ADDED_MEMBERS_HOUR',
  ].map((name) => [name, '1000000000']),
);

/** Starts the built server in production mode, with rate limits that are never reached. */
export async function startCauserie(databaseUrl: string, settings: ServerSettings): Promise<Contestant> {
  const server = await ServerProcess.start(
    [...(settings.nodeArguments ?? []), join(settings.checkout ?? root, 'dist/main.js')],
    {
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      DATA_DIR: settings.folder,
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: String(settings.poolSize),
      JWT_ACCESS_SECRET: settings.secret,
      ...UNLIMITED,
    },
    settings.folder,
  );
  const database = openPool(databaseUrl);
  return {
    name: settings.checkout === undefined ? 'Causerie' : 'Causerie before',
    server,
    database,
    ordered: true,
    addUsers: (users) => addUsers(database, users),
    addRooms: (rooms) => addRooms(database, rooms),
    stop: async () => {
      await server.stop();
      await database.end();
    },
  };
}

async function addUsers(database: Pool, users: readonly User[]): Promise<void> {
  await database.query(
    `insert into users (id, email, password_hash, display_name)
     select id, email, '-', display_name from unnest($1::uuid[], $2::text[], $3::text[]) as u (id, email, display_name)`,
    [
      users.map(({ id }) => id),
      users.map(({ id }) => emailOf(id)),
      users.map(({ displayName }) => displayName),
    ],
  );
}

async function addRooms(database: Pool, rooms: readonly Room[]): Promise<void> {
  await database.query(
    `insert into conversations (id, created_by, member_count)
     select * from unnest($1::uuid[], $2::uuid[], $3::int[])`,
    [
      rooms.map(({ id }) => id),
      rooms.map(({ members }) => members[0]?.id),
      rooms.map(({ members }) => members.length),
    ],
  );
  const memberships = rooms.flatMap(({ id, members }) =>
    members.map((user, seat) => ({ room: id, user, seat })),
  );
  await database.query(
    `insert into conversation_members (conversation_id, user_id, role)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[])`,
    [
      memberships.map(({ room }) => room),
      memberships.map(({ user }) => user.id),
      memberships.map(({ seat }) => (seat === 0 ? 'owner' : 'member')),
    ],
  );
  await database.query('analyze users, conversations, conversation_members');
}
