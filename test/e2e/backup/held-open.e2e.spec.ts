import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BackupEntry } from '../../../src/arch/common/infrastructure/backup/backup-entry.js';
import { dumpDatabase } from '../../../src/arch/common/infrastructure/backup/dump-database.js';
import { verifyBackup } from '../../../src/arch/common/infrastructure/backup/verify-backup.js';
import { writeBackup } from '../../../src/arch/common/infrastructure/backup/write-backup.js';
import { withClient } from '../../../src/arch/common/infrastructure/database/with-client.js';
import { waitUntil } from '../../faults/wait-until.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';

/**
 * The last table that is copied, so that the backup has locked all tables by then; 32 MiB, more than any buffer holds.
 */
const LAST = 'zz_large';
/** The connection of a backup, and its wait event. */
const COPYING = `select pid, wait_event, backend_xmin::text from pg_stat_activity
  where datname = current_database() and state = 'active' and query like 'copy "${LAST}"%'`;
const COUNTS = `select (select count(*)::int from users) users, (select count(*)::int from messages) messages,
  (select count(*)::int from posts) posts, (select count(*)::int from ${LAST}) "${LAST}"`;

const folder = mkdtempSync(join(tmpdir(), 'causerie-held-'));
let server: TestServer;
let ada: TestUser;
let bob: TestUser;
let conversationId: string;
let socket: TestSocket;
beforeAll(async () => {
  server = await TestServer.start({ THROTTLE_GLOBAL_LIMIT: '100000' });
  await server.database.query(`create table ${LAST} (body text);
    insert into ${LAST} select repeat('x', 16384) from generate_series(1, 2048)`);
  [ada, bob] = [await server.signUp('Ada'), await server.signUp('Bob')];
  conversationId = await server.createConversation(ada, [bob]);
  socket = await TestSocket.connect(server.url, ada.token);
  await send('before');
});
afterAll(async () => {
  socket.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});

const as = (user: TestUser, method: string, path: string, body?: object) =>
  server.call(method, path, { token: user.token, body });
const send = (content: string) =>
  as(ada, 'POST', `/chat/conversations/${conversationId}/messages`, { content });

interface Held {
  readonly file: string;
  readonly pid: number;
  /** Resolves or rejects like the backup. */
  readonly backup: Promise<number>;
  readonly release: () => void;
}

/** A backup that has read the beginning of the last table, and stops reading until it is released. */
async function heldOpen(name: string): Promise<Held> {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  async function* held(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of content) {
      yield chunk;
      await released;
    }
  }
  async function* entries(all: AsyncIterable<BackupEntry>): AsyncGenerator<BackupEntry> {
    for await (const { head, content } of all) {
      const isLast = head.kind === 'table' && head.name === LAST;
      yield { head, content: isLast ? held(content) : content };
    }
  }
  const file = join(folder, name);
  const backup = withClient(server.database.connection, (client) =>
    writeBackup(file, entries(dumpDatabase(client))),
  );
  // The waiting promise reports the error.
  backup.catch(() => undefined);
  const pid = await waitUntil('a backup that PostgreSQL waits for', async () => {
    const [copying] = await server.database.query<{ pid: number; wait_event: string }>(COPYING);
    return copying?.wait_event === 'ClientWrite' && copying.pid;
  });
  return { file, pid, backup, release };
}

it('a backup reads no faster than it writes, and blocks nothing while it is suspended', async () => {
  const [before] = await server.database.query(COUNTS);
  const { file, pid, backup, release } = await heldOpen('held.backup');
  // The weakest lock: only DROP, TRUNCATE and most forms of ALTER TABLE wait for it.
  const locks = `select distinct mode from pg_locks where pid = ${pid} and locktype = 'relation'`;
  expect(await server.database.query(locks)).toEqual([{ mode: 'AccessShareLock' }]);
  const [copying] = await server.database.query<{ backend_xmin: string | null }>(COPYING);
  expect(copying?.backend_xmin).not.toBeNull();

  expect(await send('meanwhile')).toMatchObject({ status: 201 });
  const acknowledged = await socket.emit('send_message', { conversationId, content: 'by socket' });
  expect(acknowledged).toMatchObject({ ok: true });
  const cleo = await server.signUp('Cleo');
  const members = `/chat/conversations/${conversationId}/members`;
  expect(await as(ada, 'POST', members, { userId: cleo.id })).toMatchObject({ status: 201 });
  expect(await as(bob, 'POST', '/posts', { title: 'Mean', content: 'while' })).toMatchObject({ status: 201 });
  const password = 'correct horse battery';
  expect(await as(cleo, 'DELETE', '/users/me', { password })).toMatchObject({ status: 204 });
  await server.database.query('vacuum messages');
  expect(await server.database.query(COPYING)).toMatchObject([{ pid, wait_event: 'ClientWrite' }]);

  release();
  await backup;
  const { rows } = (await verifyBackup(file)).ending;
  expect(rows).toMatchObject(before ?? {});
  expect(await server.database.query(COUNTS)).not.toEqual([before]);
});

it('a backup whose connection is lost fails with one line, and leaves no file', async () => {
  const { pid, backup, release } = await heldOpen('lost.backup');
  await server.database.query('select pg_terminate_backend($1)', [pid]);
  release();
  await expect(backup).rejects.toMatchObject({
    name: 'StartupError',
    message: expect.stringMatching(
      /^DATABASE_URL (does not answer any more|cannot be used as it is): [^\n]+\.$/,
    ),
  });
  expect(readdirSync(folder)).not.toContainEqual(expect.stringMatching(/^lost/));
});
