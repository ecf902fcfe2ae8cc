import { readFileSync } from 'node:fs';
import { utimes, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { Database } from '../../../src/arch/common/infrastructure/database/database.js';
import { JanitorAdapter } from '../../../src/arch/common/infrastructure/janitor/janitor.adapter.js';
import { form, startWithUploads, upload } from '../../fakes/avatar-client.js';
import { PNG } from '../../fakes/avatar-images.js';
import { refusal } from '../http/support.js';
import { type Login, logIn, refresh, signUp, toLogin } from './support.js';

const DAY = 86_400;
let world: Awaited<ReturnType<typeof startWithUploads>>;
let janitor: JanitorAdapter;
let ada: Login;

beforeAll(async () => {
  world = await startWithUploads();
  janitor = world.server.app.get(JanitorAdapter);
});
beforeEach(async () => {
  await janitor.runRound();
  ada = await signUp(world.server);
});
afterAll(() => world.stop());

const query = (text: string, values: unknown[] = []) => world.server.database.query(text, values);
/** Makes all times of a session so many days older. */
async function age({ sid }: Login, days: number): Promise<void> {
  await query(
    `update sessions set created_at = created_at - $2 * interval '1 second',
       last_used_at = last_used_at - $2 * interval '1 second', ended_at = ended_at - $2 * interval '1 second'
     where id = $1`,
    [sid, days * DAY],
  );
  await query(
    `update refresh_tokens set created_at = created_at - $2 * interval '1 second',
       expires_at = expires_at - $2 * interval '1 second', rotated_at = rotated_at - $2 * interval '1 second'
     where session_id = $1`,
    [sid, days * DAY],
  );
}
const rowOf = async ({ sid }: Login) => (await query('select * from sessions where id = $1', [sid]))[0];
const tokensOf = async ({ sid }: Login) =>
  (await query('select from refresh_tokens where session_id = $1', [sid])).length;
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const clean = async () => (await janitor.runRound()).removed;

it('docs/retention.md names every sweep of the janitor, each once, and no other', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../../docs/retention.md'), 'utf8');
  const listed = [...text.matchAll(/^\|.*\| `([a-z]+\.[a-z]+)` +\|$/gm)].map(([, name]) => name);
  expect(new Set(listed)).toEqual(new Set(janitor.sweepNames));
  expect(listed).toHaveLength(janitor.sweepNames.length);
});

it('keeps rows that have not expired', async () => {
  const second = toLogin(await refresh(world.server, ada.refreshToken));
  await upload(world.server, { id: ada.id, email: ada.email, token: ada.token }, form(PNG));
  expect(await clean()).toEqual({});
  expect((await refresh(world.server, second.refreshToken)).status).toBe(200);
});

it('keeps an ended session for 30 days, and then neither it nor its tokens', async () => {
  await world.server.call('POST', '/auth/logout', { token: ada.token });
  await age(ada, 29.9);
  await clean();
  expect(await rowOf(ada)).toBeDefined();
  await age(ada, 0.2);
  expect(await clean()).toEqual({ 'tokens.ended': 1, 'sessions.ended': 1 });
  expect(await rowOf(ada)).toBeUndefined();
  expect(await tokensOf(ada)).toBe(0);
});

it('counts a session that cannot be refreshed any more as ended since then', async () => {
  await age(ada, 6.9);
  expect(await clean()).toEqual({});
  await age(ada, 0.2);
  expect(await clean()).toEqual({ 'sessions.expired': 1 });
  const row = await rowOf(ada);
  expect(Number(row?.['ended_at']) - Number(row?.['last_used_at'])).toBe(7 * DAY * 1_000);
  await age(ada, 30);
  expect(await clean()).toEqual({ 'tokens.ended': 1, 'sessions.ended': 1 });
});

it('recognises a stolen token for the lifetime of a refresh token, then deletes it; the session stays active', async () => {
  const { server } = world;
  const other = await logIn(server, ada.email);
  const last: Login[] = [];
  for (const login of [ada, other]) {
    const second = toLogin(await refresh(server, login.refreshToken));
    last.push(toLogin(await refresh(server, second.refreshToken)));
    await query(
      `update refresh_tokens set expires_at = expires_at - $2 * interval '1 second',
         rotated_at = rotated_at - $2 * interval '1 second' where session_id = $1 and rotated_at is not null`,
      [login.sid, (login === ada ? 6.9 : 7.1) * DAY],
    );
  }
  expect(await clean()).toEqual({ 'tokens.sealed': 2, 'tokens.rotated': 2 });
  expect(refusal(await refresh(server, ada.refreshToken))).toBe('401 REFRESH_TOKEN_REUSED');
  expect(refusal(await refresh(server, other.refreshToken))).toBe('401 REFRESH_TOKEN_INVALID');
  expect(await tokensOf(other)).toBe(1);
  expect((await refresh(server, last[1]?.refreshToken)).status).toBe(200);
});

it('keeps an unused successor for 24 hours', async () => {
  const second = toLogin(await refresh(world.server, ada.refreshToken));
  await age(ada, 0.99);
  expect(await clean()).toEqual({});
  await age(ada, 0.02);
  expect(await clean()).toEqual({ 'tokens.sealed': 1 });
  expect(await clean()).toEqual({});
  expect((await refresh(world.server, second.refreshToken)).status).toBe(200);
});

it('forgets after 90 days without use from where a session was used', async () => {
  await age(ada, 89.9);
  // As with a JWT_REFRESH_EXPIRATION of a year.
  await query(`update refresh_tokens set expires_at = now() + interval '1 day' where session_id = $1`, [
    ada.sid,
  ]);
  expect(await clean()).toEqual({});
  await query(`update sessions set last_used_at = last_used_at - interval '0.2 days' where id = $1`, [
    ada.sid,
  ]);
  expect(await clean()).toEqual({ 'sessions.devices': 1 });
  expect(await rowOf(ada)).toMatchObject({ ip: null, user_agent: null, ended_at: null });
});

it('forgets at once from where the sessions of a deleted account were used, and its tokens', async () => {
  const body = { password: 'correct horse battery' };
  expect((await world.server.call('DELETE', '/users/me', { token: ada.token, body })).status).toBe(204);
  expect(await rowOf(ada)).toMatchObject({ ip: null, user_agent: null });
  expect(await tokensOf(ada)).toBe(0);
});

it('removes what a killed process has left of an upload after an hour, and nothing else', async () => {
  const { server, files, folder } = world;
  await upload(server, { id: ada.id, email: ada.email, token: ada.token }, form(PNG));
  const before = await files();
  for (const [name, minutes] of [
    ['old.part', 61],
    ['young.part', 59],
  ] as const) {
    await writeFile(join(folder, 'avatars', name), PNG);
    await utimes(join(folder, 'avatars', name), minutesAgo(minutes), minutesAgo(minutes));
  }
  await utimes(join(folder, 'avatars', before[0] ?? ''), minutesAgo(600), minutesAgo(600));
  expect(await clean()).toEqual({ 'uploads.drafts': 1 });
  expect(await files()).toEqual([...before, 'young.part'].toSorted());
});

it('keeps keys and their answers for 24 hours, and skips locked ones', async () => {
  const keep = (key: string, hours: number) =>
    query(
      `insert into idempotency_keys (user_id, route, key, body_sha256, created_at, status, body)
       values ($1, 'POST /posts', $2, '', now() - $3 * interval '1 hour', 201, '{}')`,
      [ada.id, key, hours],
    );
  for (const [key, hours] of [
    ['young', 23.9],
    ['old', 24.1],
    ['held', 25],
  ] as const)
    await keep(key, hours);
  const elsewhere = new Client(world.server.database.connection);
  await elsewhere.connect();
  await elsewhere.query('begin');
  await elsewhere.query(`select from idempotency_keys where key = 'held' for update`);
  expect(await clean()).toEqual({ 'keys.forgotten': 1 });
  await elsewhere.end();
  expect(await clean()).toEqual({ 'keys.forgotten': 1 });
  expect(await query('select key from idempotency_keys where user_id = $1', [ada.id])).toEqual([
    { key: 'young' },
  ]);
});

it('works through any number in batches, and counts them', async () => {
  await query(
    `insert into sessions (user_id, ended_at) select $1, now() - interval '31 days' from generate_series(1, 1203)`,
    [ada.id],
  );
  expect(await janitor.runRound()).toEqual({ removed: { 'sessions.ended': 1_203 }, complete: true });
});

it('a round that removes something is one line in the log, and no other is any', async () => {
  const logged = vi.spyOn(Logger.prototype, 'log');
  const lines = () => logged.mock.calls.filter(([line]) => isRound(line));
  await janitor.runRound();
  expect(lines()).toEqual([]);
  await query(`insert into sessions (user_id, ended_at) values ($1, now() - interval '31 days')`, [ada.id]);
  await janitor.runRound();
  expect(lines()).toHaveLength(1);
  logged.mockRestore();
});

const isRound = (line: unknown): boolean =>
  typeof line === 'object' && line !== null && 'msg' in line && line.msg === 'Deleted expired data';

it('does not wait for a locked row', async () => {
  const other = await logIn(world.server, ada.email);
  for (const login of [ada, other]) {
    await world.server.call('POST', '/auth/logout', { token: login.token });
    await age(login, 31);
  }
  await query('delete from refresh_tokens where session_id = $1', [ada.sid]);
  const elsewhere = new Client(world.server.database.connection);
  await elsewhere.connect();
  await elsewhere.query('begin');
  await elsewhere.query('select from sessions where id = $1 for update', [ada.sid]);
  expect(await clean()).toEqual({ 'tokens.ended': 1, 'sessions.ended': 1 });
  await elsewhere.end();
  expect(await clean()).toEqual({ 'sessions.ended': 1 });
});

it('leaves the database to the node that holds the lock, and cleans its own folder and memory', async () => {
  await world.server.call('POST', '/auth/logout', { token: ada.token });
  await age(ada, 31);
  const elsewhere = new Client(world.server.database.connection);
  await elsewhere.connect();
  await elsewhere.query('begin');
  await elsewhere.query('select pg_advisory_xact_lock(6283186)');
  await writeFile(join(world.folder, 'avatars', 'left.part'), PNG);
  await utimes(join(world.folder, 'avatars', 'left.part'), new Date(0), new Date(0));
  expect(await clean()).toEqual({ 'uploads.drafts': 1 });
  await elsewhere.end();
  expect(await clean()).toEqual({ 'tokens.ended': 1, 'sessions.ended': 1 });
});

it('continues after a sweep that fails, and does not count it as done', async () => {
  const own = new JanitorAdapter(world.server.app.get(Database));
  own.registerSweeps(
    { name: 'broken', of: 'database', batch: async () => Promise.reject(new Error('away')) },
    { name: 'whole', of: 'node', batch: async () => 3 },
  );
  expect(await own.runRound()).toEqual({ removed: { whole: 3 }, complete: false });
});
