import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { form } from '../fakes/avatar-client.js';
import { PNG } from '../fakes/avatar-images.js';
import { callApi } from '../support/api.js';
import { TestSocket } from '../support/test-socket.js';
import { DEMO_CONVERSATION, history, logIn, send } from './demo.js';
import { ask, postmasterOf, runningPostmaster } from './postmaster.js';
import { refusal } from './refusal.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { Traffic } from './traffic.js';
import { waitUntil } from './wait-until.js';

afterAll(cleanUp);

const SEQUENCES = 'select last_value, is_called from post_blocks_id_seq';
const EPOCH = 'select epoch from database_epochs';
/** Whose numbers have holes, are given twice, or do not go with how far the conversation says to have come. */
const WRONG_HEADS = `select from conversation_heads c where (last_seq, rev) is distinct from (
  select (coalesce(max(m.seq), 0), greatest(coalesce(max(m.rev), 0), c.rev)) from messages m where m.conversation_id = c.id)
  or last_seq <> (select count(distinct seq) from messages m where m.conversation_id = c.id)`;

async function uploadAvatar(url: string, token: string): Promise<string> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/users/me/avatar`, { method: 'POST', body: form(PNG), headers });
  expect(answer.status).toBeLessThan(300);
  return ((await callApi(url, 'GET', '/users/me', { token })).body as { avatarUrl: string }).avatarUrl;
}

/** A data folder with the demo data whose server has ended, and a backup of it. */
async function demoBackup(): Promise<{ DATA_DIR: string; file: string }> {
  const DATA_DIR = join(temporaryFolder(), 'data');
  const file = join(temporaryFolder(), 'demo.backup');
  expect(await ServerProcess.run({ DATA_DIR }, { program: 'seed' })).toMatchObject({ status: 0 });
  const done = await ServerProcess.run({ DATA_DIR }, { program: 'backup', args: [file] });
  expect(done).toMatchObject({ status: 0, stderr: '' });
  expect(postmasterOf(DATA_DIR)).toBeUndefined();
  return { DATA_DIR, file };
}

it.concurrent('a backup beside sends has all that was acknowledged before it, whole, and serves elsewhere in another epoch', async () => {
  const DATA_DIR = join(temporaryFolder(), 'data');
  const file = join(temporaryFolder(), 'live.backup');
  const server = await ServerProcess.start({ DATA_DIR });
  const token = await logIn(server.url);
  const avatar = await uploadAvatar(server.url, token);
  const post = { title: 'Before', content: 'the backup' };
  expect((await callApi(server.url, 'POST', '/posts', { token, body: post })).status).toBe(201);
  // As if many blocks had come and gone.
  await ask(runningPostmaster(DATA_DIR).connection, "select setval('post_blocks_id_seq', 41)");
  const posts = (await callApi(server.url, 'GET', '/posts')).body.total;
  const traffic = await Traffic.start(server.url, token, DEMO_CONVERSATION);
  await traffic.goesOn(200);
  const before = new Map(traffic.acknowledged);
  expect(await ServerProcess.run({ DATA_DIR }, { program: 'backup', args: [file] })).toMatchObject({
    status: 0,
    stderr: '',
  });
  await traffic.goesOn(20);
  await traffic.stop();
  expect(traffic.failures).toEqual([]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const [{ epoch: former } = { epoch: '' }] = await ask<{ epoch: string }>(
    runningPostmaster(DATA_DIR).connection,
    EPOCH,
  );

  const elsewhere = { DATA_DIR: join(temporaryFolder(), 'data') };
  const restored = await ServerProcess.run(elsewhere, { program: 'restore', args: [file] });
  expect(restored).toMatchObject({ status: 0, stderr: '' });
  const other = await ServerProcess.start(elsewhere);
  const { connection } = runningPostmaster(elsewhere.DATA_DIR);
  const again = await logIn(other.url);
  const socket = await TestSocket.connect(other.url, again);
  const [ready] = await socket.waitFor<{ epoch: string }>('ready', 1);
  expect(ready?.epoch).not.toBe(former);
  expect(await ask(connection, EPOCH)).toEqual([{ epoch: ready?.epoch }]);
  expect(await ask(connection, WRONG_HEADS)).toEqual([]);
  expect(await ask(connection, SEQUENCES)).toEqual(
    await ask(runningPostmaster(DATA_DIR).connection, SEQUENCES),
  );
  const kept = await history(other.url, again, DEMO_CONVERSATION);
  for (const { id, seq } of before.values())
    expect(kept).toContainEqual(expect.objectContaining({ id, seq }));
  expect(kept.length).toBeLessThan(traffic.acknowledged.size + 5);

  const sent = await send(other.url, again, DEMO_CONVERSATION, { content: 'after' });
  expect(sent).toMatchObject({ status: 201, body: { seq: (kept.at(-1)?.seq ?? 0) + 1 } });
  expect((await callApi(other.url, 'POST', '/posts', { token: again, body: post })).status).toBe(201);
  expect((await callApi(other.url, 'GET', '/posts')).body.total).toBe(posts + 1);
  const picture = await fetch(new URL(avatar, other.url), { headers: { authorization: `Bearer ${again}` } });
  expect(picture.status).toBe(200);
  socket.close();
});

it.concurrent('a database that is there is replaced only with --replace, and kept; never under a server', async () => {
  const { DATA_DIR, file } = await demoBackup();
  const server = await ServerProcess.start({ DATA_DIR });
  await send(server.url, await logIn(server.url), DEMO_CONVERSATION, { content: 'after the backup' });
  const replace = { program: 'restore', args: ['--replace', file] } as const;
  expect(await refusal({ DATA_DIR }, replace)).toContain(`DATA_DIR ${DATA_DIR} is in use`);
  await server.stop();
  expect(await refusal({ DATA_DIR }, { program: 'restore', args: [file] })).toContain('add --replace');

  expect(await ServerProcess.run({ DATA_DIR }, replace)).toMatchObject({ status: 0, stderr: '' });
  expect(readdirSync(DATA_DIR).filter((name) => name.startsWith('postgres.'))).toEqual([
    expect.stringMatching(/^postgres\.before-/),
  ]);
  const { url } = await ServerProcess.start({ DATA_DIR });
  expect(await history(url, await logIn(url), DEMO_CONVERSATION)).toHaveLength(5);
});

it.concurrent('a restore that is killed leaves the database that was there, and none that starts half filled', async () => {
  const { DATA_DIR, file } = await demoBackup();
  const server = await ServerProcess.start({ DATA_DIR });
  await send(server.url, await logIn(server.url), DEMO_CONVERSATION, { content: 'after the backup' });
  await server.stop();
  const restore = await ServerProcess.spawn({ DATA_DIR }, { program: 'restore', args: ['--replace', file] });
  const beside = 'postgres.new-restored';
  await waitUntil('the database beside', () => readdirSync(DATA_DIR).includes(beside));
  await restore.stop('SIGKILL');

  const { url } = await ServerProcess.start({ DATA_DIR });
  expect(await history(url, await logIn(url), DEMO_CONVERSATION)).toHaveLength(6);
  expect(readdirSync(DATA_DIR)).not.toContain(beside);
});

it.concurrent('what is no whole backup of this version is refused in a line, and nothing is made', async () => {
  const { file } = await demoBackup();
  const folder = temporaryFolder();
  const whole = readFileSync(file);
  const first = whole.indexOf('\n') + 1;
  const damaged = Buffer.from(whole);
  const middle = Math.floor(whole.length / 2);
  damaged.writeUInt8(damaged.readUInt8(middle) ^ 1, middle);
  const changed = (from: RegExp, to: string): Buffer => {
    const text = gunzipSync(whole.subarray(first)).toString('latin1').replace(from, to);
    return Buffer.concat([whole.subarray(0, first), gzipSync(Buffer.from(text, 'latin1'))]);
  };
  const files: readonly (readonly [string, Buffer, string])[] = [
    ['cut', whole.subarray(0, -100), 'is damaged or was cut off'],
    ['short', whole.subarray(0, first + 5), 'is damaged or was cut off'],
    ['flipped', damaged, 'is damaged or was cut off'],
    ['empty', Buffer.alloc(0), 'is no backup'],
    ['foreign', gzipSync('select 1'), 'is no backup'],
    ['newer', changed(/"migrations":\[\d/, '"migrations":[9'), 'newer version'],
    ['unknown', changed(/"kind":"table"/, '"kind":"tabel"'), 'is damaged or was cut off'],
  ];
  for (const [name, bytes, words] of files) {
    const DATA_DIR = join(folder, name);
    const path = join(folder, `${name}.backup`);
    writeFileSync(path, bytes);
    expect(await refusal({ DATA_DIR }, { program: 'restore', args: [path] })).toContain(words);
    expect(readdirSync(DATA_DIR)).not.toContain('postgres');
  }
});
