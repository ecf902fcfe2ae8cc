import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { startStandby, type Standby } from '../../test/support/standby-process.js';
import { Disk } from './disk.ts';
import type { Stage, StageOptions } from './stage.ts';

/** The cause of an outage. */
export interface Cause {
  readonly name: string;
  /** Fixed duration in seconds; without it the command line sets the duration. */
  readonly seconds?: number;
  /** Whether the first messages are sent after the cause has begun, so that the server has cached nothing of the conversations. */
  readonly cold?: boolean;
  /** Number of messages that are sent to each conversation at once after the cause has begun. */
  readonly burst?: number;
  readonly settings?: Pick<StageOptions, 'variables' | 'nodeOptions' | 'logFile' | 'databaseFolder'>;
  /** Prepares the cause before the measurement. */
  prepare?(stage: Stage): Promise<void>;
  begin(stage: Stage): Promise<void>;
  /** Resolves when the cause is over. */
  end(stage: Stage): Promise<void>;
  /** Sends another request during the outage. @returns a description of the answer */
  probe?(stage: Stage): Promise<string>;
  /** Called when the server and its database have ended. */
  cleanUp?(): Promise<void>;
}

/** Latency in milliseconds in each direction. */
const SLOW = 1_000;
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Factories of all causes, by the name for `--only`. */
export const CAUSES: Readonly<Record<string, () => Cause>> = {
  refused: () => ({
    name: 'refused: nothing listens',
    begin: ({ relay }) => relay.setState('refuse'),
    end: ({ relay }) => relay.setState('listen'),
  }),
  reset: () => ({
    name: 'reset: every connection, at once',
    begin: ({ relay }) => relay.setState('reset'),
    end: ({ relay }) => relay.setState('stopResets'),
  }),
  'black hole': () => ({
    name: 'black hole: packets vanish',
    begin: ({ relay }) => relay.setState('stall'),
    end: ({ relay }) => relay.setState('flow'),
  }),
  slow: () => {
    let latency = 0;
    return {
      name: `slow: ${SLOW} ms in each direction`,
      begin: async ({ relay }) => {
        ({ latency } = relay);
        await relay.setLatency(SLOW);
      },
      end: ({ relay }) => relay.setLatency(latency),
    };
  },
  'read-only': () => withStandby('read-only: the address leads to a standby, later promoted', false),
  promoted: () => withStandby('promoted standby behind a relay', true),
  pool: () => lockedBy('full pool: every statement waits', 'lock table users, conversations, messages'),
  row: () => ({
    ...lockedBy('one row locked by somebody else', "select from conversations where id = '$id' for update"),
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
        `avatar ${await conversations[0]?.sender.uploadAvatar(server.url, PIXEL)}`,
      cleanUp: async () => disk.unmount(),
    };
  },
  heap: () => ({
    name: 'heap of 128 MiB (semi-spaces 8), black hole, 26,000 waiting sends',
    settings: { nodeOptions: ['--max-old-space-size=128', '--max-semi-space-size=8'] },
    cold: true,
    burst: 9,
    begin: ({ relay }) => relay.setState('stall'),
    end: ({ relay }) => relay.setState('flow'),
  }),
};

/** A cause in which another transaction holds a lock. */
function lockedBy(name: string, statement: string): Cause {
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

async function promoteStandby(stage: Stage): Promise<void> {
  await stage.query('select pg_promote(true, 60)');
}

/** A failover without data loss: the standby has replayed everything that the primary has acknowledged. */
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
      await relay.setState('refuse');
      await waitForReplay(stage, standby);
      await relay.leadTo({ ...standby.connection, ssl: false });
      if (promotedFirst) await promoteStandby(stage);
      else await relay.setState('listen');
    },
    end: (stage) => (promotedFirst ? stage.relay.setState('listen') : promoteStandby(stage)),
    cleanUp: async () => standby?.stop(),
  };
}

/** Waits until the standby has replayed the primary's WAL, at most ten seconds. */
async function waitForReplay(stage: Stage, standby: Standby): Promise<void> {
  const [head] = await stage.query<{ lsn: string }>('select pg_current_wal_flush_lsn() as lsn');
  const client = await stage.connect({ ...standby.connection, ssl: false });
  for (let checks = 0; checks < 1_000; checks += 1) {
    const { rows } = await client.query<{ replayed: boolean }>(
      `select pg_last_wal_replay_lsn() >= '${head?.lsn}' as replayed`,
    );
    if (rows[0]?.replayed) break;
    await delay(10);
  }
  await client.end();
}
