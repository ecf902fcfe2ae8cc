import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { verifyBackup } from '../../src/arch/common/infrastructure/backup/verify-backup.js';
import { form } from '../fakes/avatar-client.js';
import { PNG } from '../fakes/avatar-images.js';
import { callApi } from '../support/api.js';
import { TestSocket } from '../support/test-socket.js';
import { DEMO_CONVERSATION, history, logIn, send } from './demo.js';
import { killedAtRename } from './killed-at.js';
import { ask, runningPostmaster } from './postmaster.js';
import { refusal } from './refusal.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { Traffic } from './traffic.js';
import { waitUntil } from './wait-until.js';

afterAll(cleanUp);

const SEQUENCES = 'select last_value, is_called from post_blocks_id_seq';
const EPOCH = 'select epoch from database_epochs';
/** Conversations whose numbers have holes, occur twice, or do not match their head. */
const WRONG_HEADS = `select from conversation_heads c where (last_seq, rev) is distinct from (
  select (coalesce(max(m.seq), 0), greatest(coalesce(max(m.rev), 0), c.rev)) from messages m where m.conversation_id = c.id)
  or last_seq <> (select count(distinct seq) from messages m where m.conversation_id = c.id)`;

async function uploadAvatar(url: string, token: string): Promise<string> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/users/me/avatar`, { method: 'POST', body: form(PNG), headers });
  expect(answer.status).toBeLessThan(300);
  return ((await callApi(url, 'GET', '/users/me', { token })).body as { avatarUrl: string }).avatarUrl;
}

/** The state of the spec's one server at the backup, and the messages sent afterwards. */
interface Source {
  /** Its server has ended. */
  readonly DATA_DIR: string;
  readonly file: string;
  readonly acknowledged: ReadonlyMap<string, { readonly id: string; readonly seq: number }>;
  /** Total number of its messages. */
  readonly sent: number;
  readonly avatar: string;
  readonly posts: number;
  readonly epoch: unknown;
  readonly sequences: unknown;
}

const POST = { title: 'Before', content: 'the backup' };
const AFTER = 'after the backup';
/** A limit of the process causes the same error as a full disk: 256 KiB per file. */
const FULL = ['sh', '-c', 'trap "" XFSZ; ulimit -f 512; exec "$@"', 'sh'];

let source: Source;
it('a backup during sends makes none fail, and a restore under a running server is refused', async () => {
  const folder = temporaryFolder();
  const DATA_DIR = join(folder, 'data');
  const file = join(folder, 'live.backup');
  const backup = (name: string) => ({ program: 'backup', args: [join(folder, name)] }) as const;
  const server = await ServerProcess.start({ DATA_DIR });
  const token = await logIn(server.url);
  const avatar = await uploadAvatar(server.url, token);
  expect((await callApi(server.url, 'POST', '/posts', { token, body: POST })).status).toBe(201);
  const { connection } = runningPostmaster(DATA_DIR);
  // Advances the sequence as if many blocks had been created and deleted.
  await ask(connection, "select setval('post_blocks_id_seq', 41)");
  const posts = (await callApi(server.url, 'GET', '/posts')).body.total;
  const traffic = await Traffic.start(server.url, token, DEMO_CONVERSATION);
  await traffic.goesOn(200);
  const acknowledged = new Map(traffic.acknowledged);
  expect(await ServerProcess.run({ DATA_DIR }, backup('live.backup'))).toMatchObject({
    status: 0,
    stderr: '',
  });
  await traffic.goesOn(20);
  await traffic.stop();
  expect(traffic.failures).toEqual([]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await send(server.url, token, DEMO_CONVERSATION, { content: AFTER })).status).toBe(201);

  const replace = { program: 'restore', args: ['--replace', file] } as const;
  expect(await refusal({ DATA_DIR }, replace)).toContain(`DATA_DIR ${DATA_DIR} is in use`);
  const [epoch] = await ask(connection, EPOCH);
  source = {
    DATA_DIR,
    file,
    acknowledged,
    sent: traffic.acknowledged.size + 6,
    avatar,
    posts,
    epoch,
    sequences: await ask(connection, SEQUENCES),
  };
  await server.stop();
});

/** A copy of the folder with the database. Other tests run meanwhile, which wait for moments that pass. */
async function copyOf(dataDir: string): Promise<string> {
  const copy = join(temporaryFolder(), 'data');
  await promisify(execFile)('cp', ['-a', dataDir, copy]);
  return copy;
}

const databasesIn = (dataDir: string): string[] =>
  readdirSync(dataDir)
    .filter((name) => name.startsWith('postgres') && name !== 'postgres-socket')
    .map((name) => name.replace(/before-.*/, 'before'))
    .toSorted();

/** Whether a start finds the former database, with its last message, or the restored one. */
async function contentsOf(DATA_DIR: string): Promise<'former' | 'restored'> {
  const server = await ServerProcess.start({ DATA_DIR });
  const messages = await history(server.url, await logIn(server.url), DEMO_CONVERSATION);
  await server.stop();
  const isFormer = messages.at(-1)?.content === AFTER;
  expect(messages.length).toBeGreaterThanOrEqual(source.acknowledged.size + 5);
  expect(messages.length === source.sent).toBe(isFormer);
  return isFormer ? 'former' : 'restored';
}

it.concurrent('a backup during sends contains all messages acknowledged before it, and serves elsewhere in another epoch', async () => {
  const elsewhere = { DATA_DIR: join(temporaryFolder(), 'data') };
  const restored = await ServerProcess.run(elsewhere, { program: 'restore', args: [source.file] });
  expect(restored).toMatchObject({ status: 0, stderr: '' });
  const { url } = await ServerProcess.start(elsewhere);
  const { connection } = runningPostmaster(elsewhere.DATA_DIR);
  const token = await logIn(url);
  const socket = await TestSocket.connect(url, token);
  const [ready] = await socket.waitFor<{ epoch: string }>('ready', 1);
  expect(ready).not.toMatchObject(source.epoch as object);
  expect(await ask(connection, EPOCH)).toEqual([{ epoch: ready?.epoch }]);
  expect(await ask(connection, WRONG_HEADS)).toEqual([]);
  expect(await ask(connection, SEQUENCES)).toEqual(source.sequences);
  const kept = await history(url, token, DEMO_CONVERSATION);
  for (const { id, seq } of source.acknowledged.values())
    expect(kept).toContainEqual(expect.objectContaining({ id, seq }));
  expect(kept.length).toBeLessThan(source.sent);

  const sent = await send(url, token, DEMO_CONVERSATION, { content: 'after' });
  expect(sent).toMatchObject({ status: 201, body: { seq: (kept.at(-1)?.seq ?? 0) + 1 } });
  expect((await callApi(url, 'POST', '/posts', { token, body: POST })).status).toBe(201);
  expect((await callApi(url, 'GET', '/posts')).body.total).toBe(source.posts + 1);
  const picture = await fetch(new URL(source.avatar, url), { headers: { authorization: `Bearer ${token}` } });
  expect(picture.status).toBe(200);
  socket.close();
});

it.concurrent('a restore that fails or is killed leaves the existing database, and no incomplete one that starts', async () => {
  const DATA_DIR = await copyOf(source.DATA_DIR);
  const replace = { program: 'restore', args: ['--replace', source.file] } as const;
  expect(await refusal({ DATA_DIR }, { program: 'restore', args: [source.file] })).toContain('add --replace');
  expect(await refusal({ DATA_DIR }, { ...replace, prefix: FULL })).toMatch(
    /^The database could not be created in .*(No space|too large)/,
  );
  expect(databasesIn(DATA_DIR)).toEqual(['postgres']);

  const beside = join(DATA_DIR, 'postgres.new-restored');
  const begun = async () => {
    const restore = await ServerProcess.spawn({ DATA_DIR }, replace);
    const pidFile = join(beside, 'postmaster.pid');
    const pid = await waitUntil('the PostgreSQL beside', () =>
      existsSync(pidFile) ? Number.parseInt(readFileSync(pidFile, 'utf8'), 10) : undefined,
    );
    return { restore, pid };
  };
  const failing = await begun();
  process.kill(failing.pid, 'SIGKILL');
  expect(await failing.restore.exited).toEqual({ code: 1, signal: null });
  expect(failing.restore.stderr).toMatch(/^[^\n]{10,900}\n$/);
  expect(databasesIn(DATA_DIR)).toEqual(['postgres']);

  const killed = await begun();
  await killed.restore.stop('SIGKILL');
  expect(databasesIn(DATA_DIR)).toEqual(['postgres', 'postgres.new-restored', 'postgres.new-socket']);
  expect(await contentsOf(DATA_DIR)).toBe('former');
  expect(databasesIn(DATA_DIR)).toEqual(['postgres']);
});

/** A folder whose restore was killed when the former database had been renamed and the new one had not. */
async function killedBetweenRenames(): Promise<string> {
  const DATA_DIR = await copyOf(source.DATA_DIR);
  const replace = { program: 'restore', args: ['--replace', source.file] } as const;
  const variables = { DATA_DIR, ...killedAtRename(/\/postgres$/) };
  const restore = await ServerProcess.spawn(variables, replace);
  expect(await restore.exited).toEqual({ code: null, signal: 'SIGKILL' });
  expect(databasesIn(DATA_DIR)).toEqual(['postgres.before', 'postgres.restored']);
  return DATA_DIR;
}

it.concurrent('a restore that is killed between its two renames is completed by the next command', async () => {
  const DATA_DIR = await killedBetweenRenames();
  const other = await copyOf(DATA_DIR);
  const file = join(temporaryFolder(), 'next.backup');
  const backup = await ServerProcess.run({ DATA_DIR: other }, { program: 'backup', args: [file] });
  expect(backup).toMatchObject({ status: 0, stderr: '' });
  expect(backup.stdout).toContain('was interrupted when its database was complete');
  expect((await verifyBackup(file)).ending).toEqual((await verifyBackup(source.file)).ending);
  const upgrade = await ServerProcess.run(
    { DATA_DIR: await copyOf(DATA_DIR) },
    { program: 'upgrade-database' },
  );
  expect(upgrade).toMatchObject({ status: 0, stdout: expect.stringContaining('already'), stderr: '' });
  const again = { program: 'restore', args: [source.file] } as const;
  expect(await refusal({ DATA_DIR }, again)).toContain('add --replace');
});

it.concurrent('a restore that is killed between its two renames is completed by the next start, and the replaced database can be put back', async () => {
  const DATA_DIR = await killedBetweenRenames();
  expect(await contentsOf(DATA_DIR)).toBe('restored');
  expect(databasesIn(DATA_DIR)).toEqual(['postgres', 'postgres.before']);
  // The replaced database is complete, and can be put back.
  const former = readdirSync(DATA_DIR).find((name) => name.startsWith('postgres.before-')) ?? '';
  rmSync(join(DATA_DIR, 'postgres'), { recursive: true });
  expect(await refusal({ DATA_DIR })).toContain(`has no database, but ${former}`);
  renameSync(join(DATA_DIR, former), join(DATA_DIR, 'postgres'));
  expect(await contentsOf(DATA_DIR)).toBe('former');
});

it.concurrent('an existing database is replaced with --replace, and kept', async () => {
  const DATA_DIR = await copyOf(source.DATA_DIR);
  const replace = { program: 'restore', args: ['--replace', source.file] } as const;
  expect(await ServerProcess.run({ DATA_DIR }, replace)).toMatchObject({ status: 0, stderr: '' });
  expect(databasesIn(DATA_DIR)).toEqual(['postgres', 'postgres.before']);
  expect(await contentsOf(DATA_DIR)).toBe('restored');
});

it.concurrent('a file that is not a complete backup of this version is refused in one line, and nothing is created', async () => {
  const whole = readFileSync(source.file);
  const first = whole.indexOf('\n') + 1;
  const newer = gunzipSync(whole.subarray(first))
    .toString('latin1')
    .replace(/"migrations":\[\d/, '"migrations":[9');
  const files: readonly (readonly [string, Buffer, string])[] = [
    ['cut', whole.subarray(0, -100), 'is damaged or was cut off'],
    [
      'newer',
      Buffer.concat([whole.subarray(0, first), gzipSync(Buffer.from(newer, 'latin1'))]),
      'newer version',
    ],
  ];
  for (const [name, bytes, words] of files) {
    const folder = temporaryFolder();
    const path = join(folder, `${name}.backup`);
    writeFileSync(path, bytes);
    expect(await refusal({ DATA_DIR: folder }, { program: 'restore', args: [path] })).toContain(words);
    expect(databasesIn(folder)).toEqual([]);
  }
});
