import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { startStandby, type Standby } from '../../test/support/standby-process.js';
import { Disk } from './disk.ts';
import type { Stage, StageOptions } from './stage.ts';

/** What is wrong for a while. */
export interface Cause {
  readonly name: string;
  /** How long, when the outage itself says so. */
  readonly seconds?: number;
  /** The conversations' first messages come when it has begun: the server has nothing of them in memory. */
  readonly cold?: boolean;
  /** So many messages to each conversation at once when it has begun. */
  readonly burst?: number;
  readonly settings?: Pick<StageOptions, 'variables' | 'nodeOptions' | 'logFile' | 'databaseFolder'>;
  /** What takes its time, before anything is measured. */
  prepare?(stage: Stage): Promise<void>;
  begin(stage: Stage): Promise<void>;
  /** Resolves when the cause is over. */
  end(stage: Stage): Promise<void>;
  /** Something else that clients do. Answers what they got. */
  probe?(stage: Stage): Promise<string>;
  /** When the server and its database have gone. */
  cleanUp?(): Promise<void>;
}

/** Milliseconds in each direction. */
const SLOW = 1_000;
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Each made anew for each run. */
export const CAUSES: Readonly<Record<string, () => Cause>> = {
  refused: () => ({
    name: 'refused: nothing listens',
    begin: ({ relay }) => relay.make('refuse'),
    end: ({ relay }) => relay.make('listen'),
  }),
  reset: () => ({
    name: 'reset: every connection, at once',
    begin: ({ relay }) => relay.make('reset'),
    end: ({ relay }) => relay.make('stopResets'),
  }),
  'black hole': () => ({
    name: 'black hole: packets vanish',
    begin: ({ relay }) => relay.make('stall'),
    end: ({ relay }) => relay.make('flow'),
  }),
  slow: () => {
    let latency = 0;
    return {
      name: `slow: ${SLOW} ms in each direction`,
      begin: async ({ relay }) => {
        ({ latency } = relay);
        await relay.delay(SLOW);
      },
      end: ({ relay }) => relay.delay(latency),
    };
  },
  'read-only': () => withStandby('read-only: the address leads to a standby, later promoted', false),
  promoted: () => withStandby('promoted standby behind a relay', true),
  pool: () => locked('full pool: every statement waits', 'lock table users, conversations, messages'),
  row: () => ({
    ...locked('one row locked by somebody else', "select from conversations where id = '$id' for update"),
    seconds: 60,
  }),
  'database disk': () => {
    const disk = Disk.mount(384);
    return {
      name: 'full disk under the database',
      settings: { databaseFolder: disk.folder },
      begin: async () => disk.fill(),
      end: async () => disk.empty(),
      cleanUp: async () => disk.unmount(),
    };
  },
  'log disk': () => {
    const disk = Disk.mount(8);
    return {
      name: 'full disk under the log',
      settings: { logFile: `${disk.folder}/server.log`, variables: { LOG_LEVEL: 'info' } },
      begin: async () => disk.fill(),
      end: async () => disk.empty(),
      cleanUp: async () => disk.unmount(),
    };
  },
  'upload disk': () => {
    const disk = Disk.mount(8);
    return {
      name: 'full disk under the uploads',
      settings: { variables: { UPLOAD_DIR: `${disk.folder}/uploads` } },
      begin: async () => disk.fill(),
      end: async () => disk.empty(),
      probe: async ({ conversations, server }) =>
        `avatar ${await conversations[0]?.sender.upload(server.url, PIXEL)}`,
      cleanUp: async () => disk.unmount(),
    };
  },
  heap: () => ({
    name: 'heap of 128 MiB (semi-spaces 8), black hole, 26,000 waiting sends',
    settings: { nodeOptions: ['--max-old-space-size=128', '--max-semi-space-size=8'] },
    cold: true,
    burst: 9,
    begin: ({ relay }) => relay.make('stall'),
    end: ({ relay }) => relay.make('flow'),
  }),
};

/** Somebody else's transaction that locks something. */
function locked(name: string, statement: string): Cause {
  let other: Client | undefined;
  return {
    name,
    begin: async (stage) => {
      other = await stage.connect();
      await other.query('begin');
      await other.query(statement.replace('$id', stage.conversations[0]?.id ?? ''));
    },
    end: async () => {
      await other?.query('rollback');
      await other?.end();
    },
  };
}

async function promote(stage: Stage): Promise<void> {
  await stage.query('select pg_promote(true, 60)');
}

/** Nothing is lost on the way: what the primary has acknowledged has come to the standby before it is promoted. */
function withStandby(name: string, promotedFirst: boolean): Cause {
  let standby: Standby | undefined;
  return {
    name,
    prepare: async ({ postgres, standbyFolder, databaseFolder }) => {
      standby = await startStandby(postgres.connection, `${databaseFolder}/primary/postgres`, standbyFolder);
    },
    begin: async (stage) => {
      const { relay } = stage;
      if (!standby) throw new Error('There is no standby.');
      await relay.make('refuse');
      await followed(stage, standby);
      await relay.leadTo({ ...standby.connection, ssl: false });
      if (promotedFirst) await promote(stage);
      else await relay.make('listen');
    },
    end: (stage) => (promotedFirst ? stage.relay.make('listen') : promote(stage)),
    cleanUp: async () => standby?.stop(),
  };
}

async function followed(stage: Stage, standby: Standby): Promise<void> {
  const [head] = await stage.query<{ lsn: string }>('select pg_current_wal_flush_lsn() as lsn');
  const there = await stage.connect({ ...standby.connection, ssl: false });
  for (let looks = 0; looks < 1_000; looks += 1) {
    const { rows } = await there.query<{ so: boolean }>(
      `select pg_last_wal_replay_lsn() >= '${head?.lsn}' as so`,
    );
    if (rows[0]?.so) break;
    await delay(10);
  }
  await there.end();
}
